// For tests only: subscriptions and enrollments, and messages that end one by what it is about.

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { device } from './acceptance/enrollment.fixture.ts'
import { deviceKeyText } from './device-key.ts'
import type { Reference } from './flow.ts'
import { subscribedUnder } from './moved-out.ts'
import { listOf, sameIdentity } from './reference.ts'
import type { Search } from './search.ts'
import type { Meant, Seen } from './sought.ts'
import { SOUGHT_SUBSCRIPTION } from './subscription-sought.ts'
import { excluded } from './subscription-sync.ts'

const name = (text: string, type: string) => ({ name: text, NameType: { name: type } })
/** Named by one text of a type. */
export const named = (text: string, type: string): JsonObject => ({ Names: [name(text, type)] })

/** When it is to end. */
export const END = '2026-09-30T05:00:00Z'
/** What all of them are about. */
export const WHO: JsonObject = {
  Customer: { ...named('77', 'cisPersonId'), CustomerAccount: named('A77', 'cisAccountId') },
  DemandResponseProgram: named('PEAK', 'programCode'),
  UsagePoint: named('SP1', 'cisServicePointId'),
}
/** Two devices. */
export const [ONE, OTHER] = [device('N-1'), device('N-2')]
/** A subscription by which somebody takes part. */
export const open = (mRID: string, more: JsonObject = {}): JsonObject => ({
  ...{ mRID, ...WHO, EndDevices: [ONE], status: { value: 'ACTIVE' } },
  ...{ validityInterval: { start: '2026-07-14T05:00:00Z' }, ...more },
})
/** One that has ended. */
export const over = (mRID: string, end = END, more: JsonObject = {}): JsonObject =>
  open(mRID, {
    ...{ EndDevices: [excluded(ONE)], status: { value: 'INACTIVE' } },
    ...{ validityInterval: { start: '2026-01-01T06:00:00Z', end }, ...more },
  })
/** A message that ends one, as it says what that is about. */
export const leaving = (more: JsonObject = {}, id = 'UN-1'): JsonObject => ({
  ...{ ...named(id, 'transactionId'), ...WHO, status: { value: 'INACTIVE', reason: 'MOVED' } },
  ...{ removalMethod: 'keep', validityInterval: { end: END }, ...more },
})
/** What has been applied for. */
export const enrollment = (transactionId: string, more: JsonObject = {}): JsonObject => ({
  ...{ mRID: `e-${transactionId}`, transactionId, ...WHO, EndDevices: [ONE], ...more },
})

/** By noun, what there is. */
export type There = Readonly<Record<string, readonly JsonObject[]>>

/** These alone. */
export const subscriptions = (...all: readonly JsonObject[]): There => ({
  ProgramSubscriptions: all,
})

/** Found as a store finds it: by identity, by the device that takes part, under a text. */
export function seenIn(there: There, keeps: readonly string[] = []): Seen {
  const placed = (object: JsonObject) => ({ state: '', object })
  const takesPart = (it: JsonObject, key: string) =>
    listOf(it, 'EndDevices').some((one) => deviceKeyText(one) === key) && !isOver(it)
  return {
    keeps: (noun) => keeps.includes(noun),
    find: ({ noun, object, claim }: Reference) =>
      (there[noun] ?? [])
        .filter((it) =>
          claim === undefined
            ? isObject(object) && sameIdentity(it, object)
            : noun === 'ProgramSubscriptions'
              ? takesPart(it, claim.key)
              : member(it, 'code') === claim.key,
        )
        .map(placed)[0],
    all: ({ noun, under = '', has }: Search) =>
      (there[noun] ?? []).filter((it) => textsOf(noun, it).includes(under) && has(it)).map(placed),
  }
}

const isOver = (it: JsonObject) => member(it['status'], 'value') === 'INACTIVE'

function textsOf(noun: string, it: JsonObject): readonly string[] {
  return noun === 'ProgramEnrollments' ? [String(it['transactionId'])] : subscribedUnder(it, '')
}

/** What a message means. */
export const meant = (asked: JsonObject, there: There, keeps: readonly string[] = []): Meant =>
  SOUGHT_SUBSCRIPTION.meant(asked, seenIn(there, keeps))

/** The one that is asked about, or what is said instead. */
export function saidOf(it: Meant): string {
  if (it.kind === 'asks') return String(it.object['mRID'])
  if (it.kind === 'done') return `done: ${it.saying.reason}`
  return `${it.breach.code} ${it.breach.rule}: ${it.breach.reason} ${it.breach.mend ?? ''}`
}
