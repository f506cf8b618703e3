// Findings about CIM-JSON: what is no XML, together with what the schema says of the rest, each with its place in the
// JSON text.

import type { Finding } from '../envelope/finding.ts'
import { piecesIn } from '../schema/json-places.ts'
import type { JsonIssue } from '../schema/writing.ts'

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
  if (!issue.path.startsWith(`${finding.path}/`)) return false
  const child = issue.path.slice(finding.path.length + 1).split(/[/[]/, 1)[0] ?? ''
  return finding.rule !== MISSING || finding.expected.split(/\W+/).includes(child)
}

/** the rule that a mandatory child is there */
const MISSING = 'cvc-complex-type.2.4.b'

/** The same findings with line and column of the JSON text, in the order of the text. */
export function located(findings: readonly Finding[], text: string): readonly Finding[] {
  if (findings.length === 0) return findings
  const pieceOf = piecesIn(text)
  const placeOf = placesIn(text)
  const placed = findings.map((it) => {
    const key = it.rule === 'JSON-KEY' ? { key: it.found } : {}
    const place = it.path === '' ? {} : placeOf(pieceOf({ path: it.path, ...key }).start)
    return { ...it, ...place, mend: it.mend.replace(ADD_ELEMENT, 'Add the key "$1".') }
  })
  return placed.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

/** what a missing element is mended by in XML, where it has a place; in JSON it has none */
const ADD_ELEMENT = /^Add <([^<>]+)>…<\/\1> .*$/

/** Line and column, both from 1, of an offset; the text is read once. */
function placesIn(text: string): (offset: number) => { line: number; column: number } {
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
