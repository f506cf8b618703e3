// Objects of a message that our own record refuses while the others go on to their party: the message goes without them, and
// whatever is told of it says of each why it has not been done. They stand with the message on disk, so that also another process
// tells it.

import type { Finding } from '../../envelope/finding.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { isObject, readJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import type { ContentOf } from '../content.ts'
import { refusalFinding } from '../mended.ts'
import type { Leg } from '../ledger.ts'
import { POSITION } from '../outcome.ts'
import type { NewId } from '../ports.ts'
import type { Received, RefusedHere } from '../received.ts'
import { alarmsOfErrors } from '../rule-alarms.ts'
import type { RuleAlarms } from '../rule-alarms.ts'
import { itemsOf, onlyItems } from './accepted.ts'
import type { Pending } from './waiting.ts'

/**
 * The message without them; undefined where nothing would be left of it, or its objects cannot be told apart.
 * @param each the errors of each object, in their order
 */
export function withoutRefused(
  it: Pending,
  each: readonly (readonly ReplyError[])[],
  contentOf: ContentOf,
): Pending | undefined {
  if (itemsOf(it.message, contentOf).length !== each.length) return undefined
  const all = each.map((errors, at) => ({ at, errors })).filter(({ errors }) => errors.length > 0)
  return all.length === each.length ? undefined : withRefused(it, all, contentOf)
}

/** @param all those that are left out */
export function withRefused(
  { received, message, ...it }: Pending,
  all: readonly RefusedHere[],
  contentOf: ContentOf,
): Pending | undefined {
  const places = new Set(all.map(({ at }) => at))
  const rest = onlyItems(message, (_item, at) => !places.has(at), contentOf)
  if (rest === undefined) return undefined
  return { ...it, received: { ...received, refusedHere: { all, message } }, message: rest }
}

/** What is said of the rest of a message, as what is said of all of it. */
export function saidOfAll(said: Said, { refusedHere }: Pick<Received, 'refusedHere'>): Said {
  if (refusedHere === undefined) return said
  const { all } = refusedHere
  const here = all.flatMap(({ errors }) => errors)
  const theirs = (said.errors ?? []).map((it) => placedInAll(it, all))
  // What is said of the whole goes before what is said of one.
  if (said.result === 'FAILED') return { ...said, errors: [...theirs, ...here] }
  // Of what has been made before nothing is refused.
  if (here.every(({ code }) => code.startsWith('0.')))
    return { ...said, errors: [...theirs, ...here] }
  return { ...said, result: 'PARTIAL', errors: [PART, ...here, ...theirs.filter(isWorth)] }
}

/** That all has gone well is no longer so; that a part has not is said already. */
function isWorth({ code, id }: ReplyError): boolean {
  return id !== undefined || (code !== '0.0' && code !== PART.code)
}

/** Who counts the objects that have been sent counts without those that have not. */
function placedInAll(error: ReplyError, all: readonly RefusedHere[]): ReplyError {
  const { id } = error
  if (id?.['@idType'] !== POSITION) return error
  let at = Number(id.$) - 1
  for (const it of all) if (it.at <= at) at += 1
  return { ...error, id: { ...id, $: `${at + 1}` } }
}

/** The alarms of what is refused. */
export function alarmsHere(
  { refusedHere }: Pick<Received, 'refusedHere'>,
  leg: Leg,
  newId: NewId,
): RuleAlarms {
  const errors = (refusedHere?.all ?? []).flatMap((it) => it.errors)
  return alarmsOfErrors(errors, leg.noun, leg, newId)
}

/** The findings of a message, with those about what is refused of it. */
export function findingsWith(
  findings: readonly Finding[],
  { refusedHere }: Pick<Received, 'refusedHere'>,
): readonly Finding[] {
  if (refusedHere === undefined) return findings
  const own = refusedHere.all.flatMap(({ at, errors }) =>
    errors.map((error) => ({ ...refusalFinding(error), refused: { at, error } })),
  )
  return [...findings, ...own]
}

/** What of a message was refused when it came. @param findings as they are kept */
export function refusedIn(findings: string): readonly RefusedHere[] {
  if (!findings.includes(MARK)) return []
  const read = readJson(findings)
  const list: Json = 'value' in read ? read.value : []
  const all = new Map<number, ReplyError[]>()
  for (const it of Array.isArray(list) ? list : []) {
    const refused = isObject(it) ? it['refused'] : undefined
    if (!isObject(refused)) continue
    const at = Number(refused['at'])
    all.set(at, [...(all.get(at) ?? []), refused['error'] as unknown as ReplyError])
  }
  return [...all].map(([at, errors]) => ({ at, errors })).sort((one, other) => one.at - other.at)
}

const MARK = '"refused":'

/** A finding as it is shown: what it was made of stands in its own words. */
export function shownFinding({ refused: _own, ...finding }: JsonObject): JsonObject {
  return finding
}
