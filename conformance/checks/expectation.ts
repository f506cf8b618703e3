// What a script expects of a reply, judged. The script says what and under which requirement; nothing here knows a noun.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { find, textAt, textsAt } from '../find.ts'
import type { Expectation } from '../shapes.ts'
import type { Node } from '../xml.ts'
import type { Answer } from '../transport/answer.ts'

/** A reply as far as it came, and the texts that places of a script stand for. */
export interface Expected {
  readonly answer: Answer
  readonly reply: Node | undefined
  /** what came, where some of it is none of what is asked for; what must not be there must not be in this */
  readonly whole?: Node | undefined
  /** fills the places of a text */
  readonly fill: (text: string) => string
}

/** What of an expectation is not so; undefined where it is so, or is not asked for. */
export type ExpectationCheck = (
  it: Expectation,
  seen: Expected,
) => readonly [expected: string, got: string, path?: string] | undefined

/** One for each thing that a script can ask for. */
export const EXPECTATION_CHECKS: readonly ExpectationCheck[] = [
  ...[result, fault, refused, code, equals, holds, count, absent, differs],
]

/** What of it is not so: one observation for each thing. */
export function unmet(
  it: Expectation,
  seen: Expected,
  checks: readonly ExpectationCheck[] = EXPECTATION_CHECKS,
): readonly Observation[] {
  if (it.whenRefused === true && !isRefusal(seen)) return []
  return checks.flatMap((judge) => {
    const wrong = judge(it, seen)
    if (wrong === undefined) return []
    const [expected, got, path = ''] = wrong
    const message = `Expected ${expected}, got ${got}.`
    return [observed(it.requirement, 'L6', { expected, got, message, path })]
  })
}

function result({ result: wanted }: Expectation, { reply }: Expected) {
  if (wanted === undefined) return undefined
  const got = find(reply, 'Reply/Result')[0]?.text
  if (got !== undefined && (wanted as readonly string[]).includes(got)) return undefined
  return [
    `Result ${wanted.join(' or ')}`,
    got === undefined ? shown(reply) : `Result ${got}${errorsIn(reply)}`,
  ] as const
}

function errorsIn(reply: Node | undefined): string {
  const errors = find(reply, 'Reply/Error').map((it) =>
    it.children.map(({ text }) => text).join(' '),
  )
  return errors.length === 0 ? '' : ` (${errors.join('; ')})`
}

function shown(reply: Node | undefined): string {
  return reply === undefined ? 'no reply that can be read' : `a ${reply.name} without Result`
}

function isFault(reply: Node | undefined): boolean {
  return reply !== undefined && /Fault(Message)?$/.test(reply.name)
}

function fault({ fault: wanted }: Expectation, { reply }: Expected) {
  if (wanted === undefined || isFault(reply) === wanted) return undefined
  return [
    wanted ? 'a FaultMessage' : 'no FaultMessage',
    reply?.name ?? 'no reply that can be read',
  ] as const
}

function refused({ refused: wanted }: Expectation, { reply, answer }: Expected) {
  if (wanted !== true || isRefusal({ reply, answer })) return undefined
  return [
    'a refusal: FAILED, or a fault',
    `${find(reply, 'Reply/Result')[0]?.text ?? reply?.name ?? 'nothing'}`,
  ] as const
}

function isRefusal({ reply, answer }: Pick<Expected, 'reply' | 'answer'>): boolean {
  if (isFault(reply) || find(reply, 'Reply/Result')[0]?.text === 'FAILED') return true
  return answer.kind === 'answered' && answer.status >= 400
}

function code({ code: wanted }: Expectation, { reply }: Expected) {
  if (wanted === undefined) return undefined
  const codes = textsAt(reply, '**/Error/code')
  // An Error is in the Reply of a ResponseMessage and of a FaultMessage alike. OK may come without any.
  const all = codes.length === 0 && find(reply, 'Reply/Result')[0]?.text === 'OK' ? ['0.0'] : codes
  if (all.some((it) => wanted.some((one) => it === one || it.startsWith(`${one}.`))))
    return undefined
  return [
    `Error/code ${wanted.join(' or ')}`,
    all.length === 0 ? 'no Error' : all.join(', '),
  ] as const
}

function equals({ path, equals: wanted }: Expectation, { reply, fill }: Expected) {
  if (wanted === undefined || path === undefined) return undefined
  const [text, texts] = [fill(wanted), textsAt(reply, path)]
  if (texts.some((it) => it === text || isSameInstant(it, text))) return undefined
  return [
    `${path} = ${text}`,
    texts.length === 0 ? 'none' : texts.slice(0, 3).join(', '),
    path,
  ] as const
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** However it is written, in whatever zone. */
function isSameInstant(one: string, other: string): boolean {
  return INSTANT.test(one) && INSTANT.test(other) && Date.parse(one) === Date.parse(other)
}

function holds({ path, holds: wanted }: Expectation, { reply, fill }: Expected) {
  if (wanted === undefined || path === undefined) return undefined
  const [text, texts] = [fill(wanted), textsAt(reply, path)]
  if (texts.some((it) => it.includes(text))) return undefined
  return [
    `${path} with ${text} in it`,
    texts.length === 0 ? 'none' : texts.slice(0, 3).join(', '),
    path,
  ] as const
}

function count({ path, count: wanted }: Expectation, { reply, whole = reply }: Expected) {
  if (wanted === undefined || path === undefined) return undefined
  const got = find(wanted === 0 ? whole : reply, path).length
  return got === wanted ? undefined : ([`${wanted} of ${path}`, String(got), path] as const)
}

function absent({ path, absent: unwanted }: Expectation, { reply, whole = reply, fill }: Expected) {
  if (unwanted === undefined || path === undefined) return undefined
  const text = fill(unwanted)
  return textsAt(whole, path).includes(text)
    ? ([`no ${path} = ${text}`, 'one', path] as const)
    : undefined
}

function differs({ path, differs: from }: Expectation, { reply, fill }: Expected) {
  if (from === undefined || path === undefined) return undefined
  const [before, got] = [fill(from), textAt(reply, path)]
  if (got !== undefined && got !== before) return undefined
  return [`${path} other than ${before}`, got ?? 'none', path] as const
}
