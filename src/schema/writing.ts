// One run of the JSON-to-XML writer: where it is, what it refused so far, and how it says so.

import { writeJson } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { nearest } from './nearest.ts'

/** Why a JSON value has no XML: always the sender's, always reply code 1.8. */
export interface JsonIssue {
  readonly rule:
    | 'JSON-KEY'
    | 'JSON-NULL'
    | 'JSON-TYPE'
    | 'JSON-ARRAY'
    | 'JSON-TEXT'
    | 'JSON-EXT'
    | 'JSON-XMLNS'
    | 'LIM-FINDINGS'
  /** in the words of the XML: `/RequestMessage/Payload/DERGroups/EndDeviceGroup[2]/mRID` */
  readonly path: string
  readonly expected: string
  readonly found: string
  readonly message: string
  readonly mend: string
}

/** One run of the writer. */
export interface Writing {
  readonly issues: JsonIssue[]
  /** issues beyond the most that are kept, only counted */
  more: number
  /** names from the root down to the element being written */
  readonly path: string[]
  /** namespaces with a prefix that is declared at the root; all others become default namespaces where they begin */
  readonly prefixes: ReadonlyMap<string, string>
  /** writes what stands under a key that the type does not have: a payload root at a wildcard; undefined when the key is unknown there */
  readonly foreign: (
    writing: Writing,
    parent: string,
    holder: JsonObject,
    name: string,
    value: Json,
    defaultNs: string,
  ) => string | undefined
}

/** Issues that are kept of one run; nobody reads more, and a hostile text makes a million. */
const MOST_ISSUES = 1000

/** True when one more issue would be too many; it is counted, and its words need not be made. */
export function isFull(writing: Writing): boolean {
  if (writing.issues.length < MOST_ISSUES) return false
  writing.more += 1
  return true
}

/** All issues of a run, and behind them one that says how many are left out. */
export function issuesOf({ issues, more }: Writing): readonly JsonIssue[] {
  if (more === 0) return issues
  const rest: JsonIssue = {
    rule: 'LIM-FINDINGS',
    path: '',
    expected: `at most ${MOST_ISSUES} issues`,
    found: `${more} more`,
    message: `${more} more issues are left out.`,
    mend: 'Mend the first ones and write again.',
  }
  return [...issues, rest]
}

/**
 * Refuses a key that the type does not have, with the nearest one that it has.
 * @param keys what it has
 */
export function unknownKey(writing: Writing, name: string, keys: Iterable<string>): void {
  if (isFull(writing)) return
  const known = [...keys]
  // Converters that know no schema keep the prefixes of XML.
  const near = nearest(name.slice(name.indexOf(':') + 1), known)
  const mend =
    near === undefined
      ? `Take "${name}" out, or use one of ${known.join(', ') || 'no key at all'}.`
      : `Did you mean "${near}"?`
  refuse(
    writing,
    'JSON-KEY',
    `one of ${known.join(', ') || 'no key'}`,
    name,
    (holder) => `${holder} has no key "${name}".`,
    mend,
  )
}

/**
 * Notes an issue at the place where the writer is; nothing is written there.
 * @param expected in words, or how to make them where that costs something
 * @param problem the sentence that says what is wrong, of the element's name and of what was found as it is shown
 */
export function refuse(
  writing: Writing,
  rule: JsonIssue['rule'],
  expected: string | (() => string),
  found: Json,
  problem: (name: string, shown: string) => string,
  mend: string,
): void {
  if (isFull(writing)) return
  const shown = typeof found === 'string' ? found : writeJson(found)
  const short = shown.length > 80 ? `${shown.slice(0, 79)}…` : shown
  writing.issues.push({
    rule,
    path: `/${writing.path.join('/')}`,
    expected: typeof expected === 'string' ? expected : expected(),
    found: short,
    message: problem(nameOf(writing), typeof found === 'string' ? `"${short}"` : short),
    mend,
  })
}

/** What the writer is at: an element, an attribute without its sign, or the message. */
function nameOf({ path }: Writing): string {
  const last = path.at(-1)
  if (last === undefined) return 'The message'
  return last.startsWith('@') ? `The attribute ${last.slice(1)}` : last
}

/** Gives issues of the child at `depth` its place among its namesakes, counted from 0. */
export function placed(writing: Writing, from: number, depth: number, place: number): void {
  for (let at = from; at < writing.issues.length; at += 1) {
    const issue = writing.issues[at] as JsonIssue
    const names = issue.path.split('/')
    names[depth + 1] = `${names[depth + 1]}[${place + 1}]`
    writing.issues[at] = { ...issue, path: names.join('/') }
  }
}
