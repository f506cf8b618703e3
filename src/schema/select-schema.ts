// Which of several schemas of one root judges it under which verb: by the verbs that their paths mention.

import { requestVerbOf } from '../envelope/verbs.ts'
import type { Catalogue, CatalogueEntry } from './catalogue.ts'

/** A schema of a root, and the verbs by which its path differs from those of the others. */
interface Candidate {
  readonly entry: CatalogueEntry
  readonly verbs: ReadonlySet<string>
}

/** How entries are chosen among. */
export interface Selection {
  /** true for entries that are found by their root's name alone */
  readonly isPayload: (entry: CatalogueEntry) => boolean
  /** namespace by root, for roots that are found by their name alone; else that of the first payload */
  readonly preferred?: ReadonlyMap<string, string>
  /** The variant for a part of an object, where no file is one and there may be one. */
  readonly unconstrained?: (entry: CatalogueEntry, root: string) => CatalogueEntry | undefined
}

/** Chooses among entries, which are in order of precedence. */
export function selectorOf(
  entries: readonly CatalogueEntry[],
  { isPayload, preferred, unconstrained }: Selection,
): Catalogue['select'] {
  // By namespace and then by name: to join the two costs more than to look up twice.
  const named = new Map<string, Map<string, readonly Candidate[]>>()
  const inSpace = (ns: string) => {
    const known = named.get(ns) ?? new Map<string, readonly Candidate[]>()
    named.set(ns, known)
    return known
  }
  const unnamed = new Map<string, readonly Candidate[]>()
  const payloads = new Set(entries.filter(isPayload))
  for (const [root, all] of byRoot(entries)) {
    const namespaces = [...new Set(all.map((it) => it.targetNamespace))]
    for (const ns of namespaces)
      inSpace(ns).set(root, candidatesOf(all.filter((it) => it.targetNamespace === ns)))
    const ns = preferred?.get(root) ?? all.find((it) => payloads.has(it))?.targetNamespace
    if (ns !== undefined) unnamed.set(root, named.get(ns)?.get(root) ?? [])
  }
  return (ns, root, verb) => {
    const candidates = (ns === undefined ? unnamed.get(root) : named.get(ns)?.get(root)) ?? NONE
    const whole = choose(candidates, verb)
    if (whole === undefined || !isAboutPart(verb) || hasPartVariant(whole, candidates)) return whole
    return unconstrained?.(whole, root) ?? whole
  }
}

function byRoot(
  entries: readonly CatalogueEntry[],
): ReadonlyMap<string, readonly CatalogueEntry[]> {
  const found = new Map<string, CatalogueEntry[]>()
  for (const entry of entries)
    for (const root of new Set(entry.roots)) {
      const known = found.get(root)
      if (known === undefined) found.set(root, [entry])
      else known.push(entry)
    }
  return found
}

/** Names an object and the parts concerned, or reports that somebody did. */
function isAboutPart(verb: string | undefined): boolean {
  return verb !== undefined && CHANGES.includes(requestVerbOf(verb) ?? verb)
}

function hasPartVariant(chosen: CatalogueEntry, candidates: readonly Candidate[]): boolean {
  return (
    CHANGES.some((it) => chosen.verbs.has(it)) || candidates.some((it) => it.verbs.has('change'))
  )
}

const NONE: readonly never[] = []

function choose(
  candidates: readonly Candidate[],
  verb: string | undefined,
): CatalogueEntry | undefined {
  if (candidates.length > 1)
    for (const wanted of wishes(verb)) {
      const fits = candidates.find(({ verbs: it }) =>
        wanted === '' ? it.size === 0 : it.has(wanted),
      )
      if (fits !== undefined) return fits.entry
    }
  return candidates[0]?.entry
}

/** Verbs count in those steps of the paths in which the entries differ: `…/create/X.xsd` and `…/change/X.xsd`. */
function candidatesOf(entries: readonly CatalogueEntry[]): readonly Candidate[] {
  const ways = entries.map((it) => it.file.path.split(/[\\/]/))
  const first = ways[0] ?? []
  const apart = first.findIndex((step, at) => ways.some((it) => it[at] !== step))
  return entries.map((entry, at) => ({
    entry,
    verbs: verbsIn((ways[at] ?? []).slice(Math.max(0, apart)).join('/')),
  }))
}

/** `create`, `change`, `get` … as words of the path; names such as CreateGroup.xsd do not count. */
export function verbsIn(location: string): ReadonlySet<string> {
  const words = location.split(/[^A-Za-z]+/)
  return new Set(words.filter((it) => PATH_VERBS.includes(it)))
}

const PATH_VERBS: readonly string[] = [
  'get',
  'create',
  'change',
  'delete',
  'cancel',
  'close',
  'execute',
]

/**
 * The verb itself, for change-like verbs, and for the events that report them, the change variant; then a file that names
 * no verb, then the verb's relatives. Public sets have the services that receive such events beside the change variant.
 */
function wishes(verb: string | undefined): readonly string[] {
  if (verb === undefined) return ['', 'create']
  const requested = requestVerbOf(verb) ?? ''
  const isChange = isAboutPart(verb)
  const own = isChange ? [verb, requested, 'change'] : verb === 'reply' ? ['get'] : [verb]
  const named = own.filter((it) => it !== '')
  return [...named, '', ...[requested, 'create'].filter((it) => it !== '')]
}

const CHANGES: readonly string[] = ['change', 'delete', 'cancel', 'close']
