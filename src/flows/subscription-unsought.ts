// What is said to whoever ends a subscription that is named by what it is about, and cannot be ended so: what was looked for, what
// was found, and how the message is mended.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach } from './flow.ts'
import { boundsOf } from './interval.ts'
import { keysOf, namesOfType, unknownAmong } from './reference.ts'
import type { Saying } from './saying.ts'
import type { Seen } from './sought.ts'
import { ABOUT_PARTS, aboutOf } from './subscription-about.ts'
import { namedIn } from './subscription-rules.ts'

/** The end that it says, or has come to. */
export function endOf(it: JsonObject): Json | undefined {
  return member(member(it, 'validityInterval'), 'end')
}

/** It is as it was asked to be. */
export function alreadyEnded(subscription: JsonObject): Saying {
  const reason = `${named(subscription)} has ended so already; its DERMS is not told once more.`
  return { code: '0.0', reason }
}

function named(subscription: JsonObject): string {
  return `The subscription ${keysOf(subscription)[0] ?? ''}`
}

/** What has been found, and is not what is to end. */
interface Found {
  readonly open: readonly JsonObject[]
  readonly over: readonly JsonObject[]
  readonly seen: Seen
}

/** K2: what nobody can complete goes to nobody. */
export function breachOf(asked: JsonObject, { open, over, seen }: Found): Breach {
  const isEndless = endOf(asked) === undefined
  const endless = isEndless ? ENDLESS : { reason: '', mend: '' }
  const [one] = open
  if (one !== undefined) {
    const several = open.length > 1 ? severalOf(open, asked, seen) : undefined
    const is = several ?? { reason: `${named(one)} is to be closed.`, mend: '' }
    return lacking('5.8', is, endless)
  }
  const [last] = over.toSorted((a, b) => endMs(b) - endMs(a))
  if (last !== undefined && !isEndless) {
    const reason = `${named(last)} has ended already, at ${String(endOf(last))}.`
    return { rule: 'SUB-CLOSED', code: '6.1', reason }
  }
  if (last !== undefined)
    return lacking('5.8', { reason: `${named(last)} has ended already.` }, endless)
  const [unknown] = unknownAmong(namedIn(asked), seen)
  const none = noneOf(asked, seen)
  const because = unknown === undefined ? none.reason : `${unknown.reason} ${none.reason}`
  return lacking(unknown?.code ?? '5.8', { ...none, reason: because }, endless)
}

/** What is wrong, and how it is mended. */
interface Wrong {
  readonly reason: string
  readonly mend?: string
}

const ENDLESS: Wrong = {
  reason: 'The message does not say when it ends (validityInterval.end).',
  mend: 'Write the end (programInfo.endDate of Oracle).',
}

function lacking(code: string, ...all: readonly Wrong[]): Breach {
  const text = (parts: readonly string[]) => parts.filter((it) => it !== '').join(' ')
  const reason = text(all.map((it) => it.reason))
  const mend = text(all.map((it) => it.mend ?? ''))
  return { rule: 'SUB-CLOSE', code, reason, mend }
}

function severalOf(open: readonly JsonObject[], asked: JsonObject, seen: Seen): Wrong {
  const about = aboutOf(asked, seen)
  const whose = missingIn(about).length === 0 ? placeSaid(about) : applicationSaid(asked)
  const ids = open.map((it) => keysOf(it)[0] ?? '').join(' and ')
  return {
    reason: `Nothing says which of the subscriptions ${ids} ends: all of them are open, and ${whose}.`,
    mend: `Close the one that is meant by its id: ${BY_ID}.`,
  }
}

/** What was looked for, and what it was not looked for by because the message does not say it. */
function noneOf(asked: JsonObject, seen: Seen): Wrong {
  const about = aboutOf(asked, seen)
  const missing = missingIn(about)
  const sought = [
    ...(namesOfType(asked, 'transactionId').length > 0 ? [applicationSaid(asked)] : []),
    ...(missing.length === 0 ? [placeSaid(about)] : []),
  ]
  const none =
    sought.length === 0
      ? 'Nothing says which subscription ends.'
      : `No subscription is known here ${sought.join(', nor one ')}.`
  const unsaid = missing.length === 0 ? '' : ` The message does not say the ${listed(missing)}.`
  return { reason: `${none}${unsaid}`, mend: NAME_IT }
}

function missingIn(about: JsonObject): readonly string[] {
  return ABOUT_PARTS.filter(({ name }) => about[name] === undefined).map(({ what }) => what)
}

function applicationSaid(asked: JsonObject): string {
  return `of an enrollment with the transactionId ${namesOfType(asked, 'transactionId').join(' or ')}`
}

function placeSaid(about: JsonObject): string {
  const [customer, programme, point] = ABOUT_PARTS.map(({ name }) => keysOf(about[name])[0] ?? '')
  return `of the customer ${customer} in the programme ${programme} at the usage point ${point}`
}

function listed(all: readonly string[]): string {
  return [all.slice(0, -1).join(', '), ...all.slice(-1)].filter((it) => it !== '').join(' and the ')
}

function endMs(subscription: JsonObject): number {
  return boundsOf(member(subscription, 'validityInterval'))[1]
}

const BY_ID = 'POST program-subscriptions/{mRID}:close with endDateTime'

const NAME_IT = `Write the transactionId of the enrollment, or customer, programme and usage point as the subscription was told with them (cisPersonId, programCode and cisServicePointId of Oracle); or close it by its id: ${BY_ID}.`
