// Variables of the environment that override the configuration: CIMGATE_PARTIES_DMS_BINDING_URL sets
// parties.dms.binding.url.

import type { Problem } from './problem.ts'
import { meant } from './meant.ts'
import { PREFIX, inCapitals, references } from './references.ts'
import { below } from './shapes.ts'
import type { Shape } from './shapes.ts'
import { keysIn, merged, nodeAt, pathText, withNode, without } from './tree.ts'
import type { Path, Tree } from './tree.ts'
import { readYaml } from './yaml-text.ts'

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Used by tests of cimgate itself, and for what stands on the command line; not by its configuration. */
const OWN = [
  'CIMGATE_FAULT_AT',
  'CIMGATE_CRASH_AT',
  'CIMGATE_SILENT_MS',
  'CIMGATE_DATABASE',
  'CIMGATE_ROLE',
  'CIMGATE_DATABASE_PASSWORD',
  'CIMGATE_DATABASE_PASSWORD_FILE',
]

/** What Kubernetes and Docker set for each service, `CIMGATE_PORT_8080_TCP_ADDR`, `CIMGATE_SERVICE_HOST`. */
const SERVICE_LINK = /_(PORT(_\d+_(TCP|UDP|SCTP)(_\w+)?)?|SERVICE_(HOST|PORT(_\w+)?))$/

/**
 * Letters of a key are compared in capitals, everything else in it as `_`. A key of the schema can be set also where the
 * file does not have it; a party, a route or another entry has to be there. An empty variable counts as none.
 * @param root schema of the whole
 */
export function overridden(
  tree: Tree,
  environment: Environment,
  root: Shape,
): { readonly tree: Tree; readonly problems: readonly Problem[] } {
  const used = new Set(references(tree))
  const known = { shapes: [withoutExtends(root)], tree }
  const problems: Problem[] = []
  const overrides = overridesIn(environment)
    .filter(({ variable }) => !used.has(variable))
    .flatMap((it) => {
      const paths = pathsOf(it.name, known)
      const [path] = paths
      if (path !== undefined && paths.length === 1) return [{ ...it, path }]
      const problem = path === undefined ? unknown(it, known) : ambiguous(it, paths)
      if (problem !== undefined) problems.push(problem)
      return []
    })
  // What stands deeper is the more exact, and comes later.
  const sorted = [...overrides].sort((a, b) => a.path.length - b.path.length)
  const done = sorted.reduce((at, it) => {
    const value = valueOf(it, known.shapes)
    problems.push(...value.problems)
    return value.tree === undefined ? at : set(at, it.path, value.tree)
  }, tree)
  return { tree: done, problems }
}

interface Override {
  readonly variable: string
  /** without the prefix, in capitals */
  readonly name: string
  readonly text: string
}

function overridesIn(environment: Environment): readonly Override[] {
  return Object.entries(environment)
    .filter(([name, text = '']) => name.startsWith(PREFIX) && text !== '' && !OWN.includes(name))
    .map(([variable, text = '']) => ({
      variable,
      name: variable.slice(PREFIX.length).toUpperCase(),
      text,
    }))
    .sort((a, b) => (a.variable < b.variable ? -1 : 1))
}

interface Known {
  readonly shapes: readonly Shape[]
  readonly tree: Tree | undefined
}

function withoutExtends(root: Shape): Shape {
  const { extends: _, ...properties } = root.properties ?? {}
  return { ...root, properties }
}

/** Every path that a name can stand for. */
function pathsOf(name: string, { shapes, tree }: Known): readonly Path[] {
  return stepsAt({ shapes, tree }).flatMap((step) => {
    const own = inCapitals(step)
    if (name === own) return [[step]]
    if (!name.startsWith(`${own}_`)) return []
    const rest = name.slice(own.length + 1)
    return pathsOf(rest, stepDown({ shapes, tree }, step)).map((it) => [step, ...it])
  })
}

function stepDown({ shapes, tree }: Known, step: string | number): Known {
  return {
    shapes: below(shapes, step),
    tree: tree === undefined ? undefined : nodeAt(tree, [step]),
  }
}

/** Keys of the schema and of the file, or indices of a list in the file. */
function stepsAt({ shapes, tree }: Known): readonly (string | number)[] {
  if (tree?.kind === 'list') return tree.items.map((_, at) => at)
  const names = shapes.flatMap((it) => Object.keys(it.properties ?? {}))
  const isOpen = shapes.some((it) => typeof it.additionalProperties === 'object')
  return [...new Set([...names, ...(isOpen ? keysIn(tree) : [])])]
}

function unknown({ variable, name }: Override, known: Known): Problem | undefined {
  if (SERVICE_LINK.test(variable)) return undefined
  const near = meant(name, namesBelow(known), PREFIX)
  const mend = near === '' ? '; leave it out, or write the path of a key in capitals' : near
  return {
    severity: 'warning',
    at: { variable },
    path: '',
    message: `it overrides nothing, because it is the name of no key${mend}`,
  }
}

/** Names of everything that can be overridden, for "did you mean". */
function namesBelow(known: Known, depth = 0): readonly string[] {
  if (depth === DEEPEST) return []
  return stepsAt(known).flatMap((step) => {
    const own = inCapitals(step)
    return [own, ...namesBelow(stepDown(known, step), depth + 1).map((it) => `${own}_${it}`)]
  })
}

/** parties, dms, binding, credential, bearer, file */
const DEEPEST = 6

function ambiguous({ variable }: Override, paths: readonly Path[]): Problem {
  const list = paths.map(pathText).join(' and ')
  const message = `it is the name of ${list}; give one of them another name in the file`
  return { severity: 'error', at: { variable }, path: '', message }
}

/** A text as it is where a text can stand; else it is read as YAML. */
function valueOf(
  { variable, text, path }: Override & { readonly path: Path },
  root: readonly Shape[],
): { readonly tree?: Tree; readonly problems: readonly Problem[] } {
  const shapes = path.reduce(below, root)
  const at = { variable }
  const isText = shapes.some((it) => it.type === 'string') && !/^\s*[[{]/.test(text)
  if (!isText) {
    const read = readYaml(text, () => at)
    return { ...read, problems: read.problems.map((it) => ({ ...it, path: pathText(path) })) }
  }
  const isSecret = shapes.some((it) => it.writeOnly === true) && !/^\$\{\w+\}$/.test(text)
  return {
    // The environment is where secrets belong; the configuration knows the name only.
    tree: { kind: 'scalar', at, value: isSecret ? `\${${variable}}` : text },
    problems: [],
  }
}

function set(tree: Tree, path: Path, value: Tree): Tree {
  const old = nodeAt(tree, path)
  if (value.kind === 'scalar' && value.value === null)
    return old === undefined ? tree : without(tree, path)
  return withNode(tree, path, old === undefined ? value : merged(old, value))
}
