// What a configuration says, with the place where each thing is said: the form in which files are merged and variables
// of the environment override them. Pure; knows no YAML.

/** Where something is said: in a file, or in a variable of the environment. */
export type Place =
  | { readonly file: string; readonly line: number; readonly column: number }
  | { readonly variable: string }

/** Keys and indices from the root. */
export type Path = readonly (string | number)[]

/** One value; those of a list know their first index, also when others of the list have been taken out. */
export type Tree =
  | { readonly kind: 'map'; readonly at: Place; readonly entries: ReadonlyMap<string, Entry> }
  | { readonly kind: 'list'; readonly at: Place; readonly items: readonly Item[] }
  | { readonly kind: 'scalar'; readonly at: Place; readonly value: Scalar }

type Scalar = string | number | boolean | null

interface Entry {
  /** place of the key */
  readonly at: Place
  readonly node: Tree
}

interface Item {
  readonly index: number
  readonly node: Tree
}

/** Maps are merged key by key, everything else is replaced; null takes a key away, also one that is not there. */
export function merged(base: Tree, own: Tree): Tree {
  if (own.kind !== 'map') return own
  const entries = new Map(base.kind === 'map' ? base.entries : [])
  for (const [key, { at, node }] of own.entries) {
    const under = entries.get(key)?.node ?? mapOf(node.at)
    if (isNull(node)) entries.delete(key)
    else entries.set(key, { at, node: merged(under, node) })
  }
  return { ...own, entries }
}

/** A map without keys. */
export function mapOf(at: Place): Tree {
  return { kind: 'map', at, entries: new Map() }
}

function isNull(node: Tree): boolean {
  return node.kind === 'scalar' && node.value === null
}

/** The value without its places. */
export function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map((it) => plain(it.node))
  return Object.fromEntries([...tree.entries].map(([key, { node }]) => [key, plain(node)]))
}

/** Keys of the map at a path; none where there is no map. */
export function keysIn(tree: Tree | undefined): readonly string[] {
  return tree?.kind === 'map' ? [...tree.entries.keys()] : []
}

/** What is said at a path, counted as the tree is now. */
export function nodeAt(tree: Tree, path: Path): Tree | undefined {
  return path.reduce<Tree | undefined>((at, step) => below(at, step), tree)
}

function below(tree: Tree | undefined, step: string | number): Tree | undefined {
  if (tree?.kind === 'map') return tree.entries.get(String(step))?.node
  return tree?.kind === 'list' ? tree.items[Number(step)]?.node : undefined
}

/** Where a path is said, or the nearest thing around it; of a key, the key itself rather than its value. */
export function placeOf(tree: Tree, path: Path, of: 'key' | 'value' = 'value'): Place {
  const [step, ...rest] = path
  const node = step === undefined ? undefined : below(tree, step)
  if (step === undefined || node === undefined) return tree.at
  const key = tree.kind === 'map' ? tree.entries.get(String(step))?.at : undefined
  const isOneOfOne = node.kind === 'scalar' && typeof rest[0] === 'number'
  const isMissing = rest[0] !== undefined && below(node, rest[0]) === undefined && !isOneOfOne
  if (key !== undefined && (isMissing || (rest.length === 0 && of === 'key'))) return key
  return placeOf(node, rest, of)
}

/** The path as the file counts it, before anything was taken out; a text that stands for a list of one has no index. */
export function writtenPath(tree: Tree, path: Path): Path {
  const [step, ...rest] = path
  if (step === undefined || (tree.kind === 'scalar' && typeof step === 'number')) return []
  const node = below(tree, step)
  const index = tree.kind === 'list' ? tree.items[Number(step)]?.index : undefined
  return [index ?? step, ...(node === undefined ? rest : writtenPath(node, rest))]
}

/** The tree with another value at a path, whose maps are made where they are not there. */
export function withNode(tree: Tree, path: Path, node: Tree): Tree {
  const [step, ...rest] = path
  if (step === undefined) return node
  if (tree.kind === 'list') {
    const change = (it: Item, at: number) =>
      at === step ? { ...it, node: withNode(it.node, rest, node) } : it
    return { ...tree, items: tree.items.map(change) }
  }
  const map = tree.kind === 'map' ? tree : mapOf(node.at)
  if (map.kind !== 'map') return tree
  const { at, node: old } = map.entries.get(String(step)) ?? { at: node.at, node: mapOf(node.at) }
  const entries = new Map(map.entries).set(String(step), { at, node: withNode(old, rest, node) })
  return { ...map, entries }
}

/** The tree without what is at a path; without the nearest thing around it, where nothing is there. */
export function without(tree: Tree, path: Path): Tree {
  const [step, ...rest] = path
  const node = step === undefined ? undefined : below(tree, step)
  if (step === undefined || node === undefined) return mapOf(tree.at)
  const isInside = rest[0] !== undefined && below(node, rest[0]) !== undefined
  if (isInside) return withNode(tree, [step], without(node, rest))
  if (tree.kind === 'list') return { ...tree, items: tree.items.filter((_, at) => at !== step) }
  if (tree.kind !== 'map') return tree
  const entries = new Map(tree.entries)
  entries.delete(String(step))
  return { ...tree, entries }
}

/** `routes[2].when.verb` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, step) =>
      typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`,
    '',
  )
}
