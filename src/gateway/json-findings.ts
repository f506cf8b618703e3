// Findings about CIM-JSON: what is no XML, together with what the schema says of the rest, each with its place in the
// JSON text.

import type { Finding } from '../envelope/finding.ts'
import { piecesIn } from '../schema/json-places.ts'
import type { Sought } from '../schema/json-places.ts'
import type { Json } from '../schema/json-text.ts'
import { ORDER, VALUE } from '../schema/shape.ts'
import type { JsonIssue } from '../schema/writing.ts'
import { inJsonWords } from './json-words.ts'

/**
 * Of what is found in a message that could only be written in part, what has nothing to do with the parts left out.
 * @param issues why they are left out
 */
export function independent(
  findings: readonly Finding[],
  issues: readonly JsonIssue[],
): readonly Finding[] {
  // Without its verb nobody knows by which variant the message is to be judged.
  if (issues.some(({ path }) => path === '' || /\/Header(\/(Verb|Noun))?$/.test(path))) return []
  return findings.filter(
    (it) =>
      it.severity === 'error' &&
      it.layer.endsWith('-xsd') &&
      !issues.some((one) => isCausedBy(it, one)),
  )
}

function isCausedBy(finding: Finding, issue: JsonIssue): boolean {
  const isKey = issue.rule === 'JSON-KEY'
  if (isKey && finding.path === issue.path)
    return finding.rule !== MISSING || issue.mend.includes(`"${finding.expected}"`)
  if (finding.path === issue.path || finding.path.startsWith(`${issue.path}/`)) return !isKey
  // What a child that is not expected here lacks before it is a child of the same parent.
  const holder = finding.rule === UNEXPECTED ? parentOf(finding.path) : finding.path
  if (!issue.path.startsWith(`${holder}/`)) return false
  const child = issue.path.slice(holder.length + 1).split(/[/[]/, 1)[0] ?? ''
  const isAny = finding.rule !== MISSING && finding.rule !== UNEXPECTED
  return isAny || finding.expected.split(/\W+/).includes(child)
}

/** the rule that a mandatory child is there */
const MISSING = 'cvc-complex-type.2.4.b'

/** the rule that a child stands where the schema has it */
const UNEXPECTED = 'cvc-complex-type.2.4.a'

/** The same findings in the words of JSON, with line and column of its text, in the order of the text. */
export function located(findings: readonly Finding[], text: string): readonly Finding[] {
  if (findings.length === 0) return findings
  const [placeOf, lineOf] = [piecesIn(text), linesIn(text)]
  return inOrder(
    findings.map((it) => {
      const worded = inJsonWords(it)
      return it.path === ''
        ? worded
        : { ...worded, ...lineOf(placeOf(soughtFor(it, it.path)).start) }
    }),
  )
}

/** The body of a request: what the client has sent, and where it stands in the message that is made of it. */
export interface JsonBody {
  readonly json: Json
  /** absent where the client has sent something else, which a dialect has translated */
  readonly text?: string
}

/** Where in the message a body stands that is a part of it. */
export interface Standing {
  /** names of elements under Payload whose content the body is */
  readonly below: readonly string[]
  /** keys of the body around that content */
  readonly around: string
}

/**
 * Findings about the message that a body stands for, told of the body: `path` is a JSON Pointer into it. What is found
 * where the body has no part is told of the body as a whole.
 * @param standing undefined where the body is the whole message, or a payload by itself
 */
export function toldOf(
  findings: readonly Finding[],
  { text }: Partial<JsonBody>,
  standing?: Standing,
): readonly Finding[] {
  if (findings.length === 0) return findings
  if (text === undefined) return findings.map(inJsonWords)
  const placeOf = piecesIn(text, standing === undefined ? undefined : 'content')
  const lineOf = linesIn(text)
  const pathOf = (path: string) => (standing === undefined ? path : pathIn(path, standing))
  return inOrder(
    findings.map((it) => {
      const told = asMissing(it, placeOf, pathOf(parentOf(it.path)))
      const { start, pointer } = placeOf(soughtFor(told, pathOf(told.path)))
      return { ...inJsonWords(told), path: pointer, ...lineOf(start) }
    }),
  )
}

/** The same where members of the body stand in several places; what else is found follows from what is found in them. */
export function toldOfMembers(
  findings: readonly Finding[],
  body: Partial<JsonBody>,
  standings: readonly Standing[],
): readonly Finding[] {
  const told = findings.flatMap((it) => {
    const own = standings.find((one) => pathIn(it.path, one) !== '')
    return own === undefined ? [] : toldOf([it], body, own)
  })
  return told.length > 0 ? told : toldOfPath(findings)
}

/** Findings about a message that stands for a request without a body: only its path can be meant. */
export function toldOfPath(findings: readonly Finding[]): readonly Finding[] {
  return findings.map((it) => ({ ...inJsonWords(it), path: '', line: 0, column: 0 }))
}

/** The path of an element in a message, or in a payload by itself, as one in the body; empty for what is around it. */
function pathIn(path: string, { below, around }: Standing): string {
  let rest = path.replace(
    /^\/\w+\/(?:Request|Payload(?:\/OperationSet\/Operation(?:\[\d+\])?)?)(?=\/|$)/,
    '',
  )
  for (const name of below) {
    const own = rest.startsWith(`/${name}`) ? rest.slice(name.length + 1) : '-'
    const place = /^(?:\[\d+\])?(?=\/|$)/.exec(own)
    if (place === null) return ''
    rest = own.slice(place[0].length)
  }
  return `${around}${rest}`
}

/** What in the text a finding is about: the value at its path, or a key of it that is one too many or lacks a value. */
function soughtFor({ rule, found, expected }: Finding, path: string): Sought {
  if (rule === 'JSON-KEY') return { path, key: found }
  if (rule === 'JSON-ARRAY') return { path, whole: true }
  if (rule === MISSING) return { path, key: expected.split(' ', 1)[0] ?? '' }
  return OF_VALUES.test(rule) ? { path, key: VALUE } : { path }
}

/** rules about the text of an element, which stands under a key of its own where there are attributes */
const OF_VALUES = /^cvc-(?:[a-zA-Z]+-valid|type\.3|elt\.5|complex-type\.2\.2)/

/**
 * In JSON nothing stands before anything: what is not expected where it is, because something is missing before it, is
 * told as what is missing, unless the sender has set the order.
 */
function asMissing(it: Finding, placeOf: ReturnType<typeof piecesIn>, parent: string): Finding {
  const [, names] = /^Add (.+) before (\S+), or move \2\.$/.exec(it.mend) ?? []
  const isOrdered = placeOf({ path: parent, key: ORDER }).pointer.endsWith(`/${ORDER}`)
  if (names === undefined || isOrdered) return it
  const path = parentOf(it.path)
  const [, name = ''] = /([^/[]+)(?:\[\d+\])?$/.exec(path) ?? []
  const message = `${name} lacks ${names}.`
  return { ...it, rule: MISSING, path, found: 'nothing', message, mend: `Add ${names}.` }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0))
}

/** How many are left out is said behind all others: the first one stands in the detail of a problem. */
function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const isRest = ({ rule }: Finding) => Number(rule === 'LIM-FINDINGS')
  return findings.toSorted(
    (a, b) => isRest(a) - isRest(b) || a.line - b.line || a.column - b.column,
  )
}

/** Line and column, both from 1, of an offset; the text is read once. */
function linesIn(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
