// The subscription of somebody who leaves, where the message says who leaves which programme at which place, or by which application
// that was, and not which subscription that is: a system that ends enrollments need not know it, nor its devices. All of it is
// completed here, so that its DERMS hears the whole end (EN-05, K2, G-AC12).

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { EXTENSION } from '../schema/shape.ts'
import { devicesOf } from './enrollment-content.ts'
import type { Placed, Reference } from './flow.ts'
import { boundsOf } from './interval.ts'
import { leftText } from './moved-out.ts'
import { subscriptionReferences } from './participant.ts'
import { isNamedAs, keysOf, listOf, sameReference } from './reference.ts'
import type { Search } from './search.ts'
import type { Meant, Seen, Sought } from './sought.ts'
import {
  ABOUT_PARTS,
  aboutOf,
  agrees,
  applications,
  enrollmentsOf,
  knownAs,
} from './subscription-about.ts'
import { closed, isOfEnd } from './subscription-steps.ts'
import { isClosed } from './subscription-sync.ts'
import { alreadyEnded, breachOf, endOf } from './subscription-unsought.ts'

const NOUN = 'ProgramSubscriptions'

/** By the enrollment of that transactionId and its devices, or by customer, programme and usage point. */
export const SOUGHT_SUBSCRIPTION: Sought = {
  refers: (asked, seen) => {
    const about = aboutOf(asked, seen)
    return [
      ...ABOUT_PARTS.flatMap(({ name, referencesOf }) =>
        isObject(about[name]) ? referencesOf(about[name]) : [],
      ),
      ...byDevice(asked, seen),
    ]
  },
  searches: (asked, seen) => [
    ...applications(asked),
    ...byLink(asked, seen),
    ...byPlace(aboutOf(asked, seen), seen),
  ],
  meant,
}

function meant(asked: JsonObject, seen: Seen): Meant {
  const tiers = candidates(asked, seen)
  const open = tiers.map((all) => all.filter((it) => !isClosed(it))).find((it) => it.length > 0)
  const over = tiers.flat().filter(isClosed)
  const ended = over.find(
    (it) => isEndOf(it, asked) && (open ?? []).every((one) => follows(one, it)),
  )
  if (ended !== undefined) return { kind: 'done', saying: alreadyEnded(ended) }
  const [one, ...others] = ofAccount(open ?? [], asked)
  if (one === undefined || others.length > 0 || endOf(asked) === undefined)
    return { kind: 'breach', breach: breachOf(asked, { open: open ?? [], over, seen }) }
  return { kind: 'asks', object: asClosed(one, asked) }
}

/** True where it has come to the end that is asked for. */
function isEndOf(subscription: JsonObject, asked: JsonObject): boolean {
  const [, end] = boundsOf(member(asked, 'validityInterval'))
  return endOf(asked) !== undefined && boundsOf(member(subscription, 'validityInterval'))[1] === end
}

/** True for one that has come after the end of another: that it is to end is not what was asked. */
function follows(subscription: JsonObject, ended: JsonObject): boolean {
  const [start] = boundsOf(member(subscription, 'validityInterval'))
  return start >= boundsOf(member(ended, 'validityInterval'))[1]
}

/** Where there are several, the account may tell them apart. */
function ofAccount(all: readonly JsonObject[], asked: JsonObject): readonly JsonObject[] {
  const account = (it: JsonObject) => member(member(it, 'Customer'), 'CustomerAccount')
  const own = all.filter((it) => isNamedAs(account(asked), account(it)))
  return own.length === 1 ? own : all
}

/** Everything that ends with it says so; who it is stays as it was, and the id of what asks for it goes on with it. */
function asClosed(subscription: JsonObject, asked: JsonObject): JsonObject {
  const [removalMethod, reason] = [
    member(asked, 'removalMethod'),
    member(member(asked, 'status'), 'reason'),
  ]
  const beside = [asked, subscription].flatMap((it) => listOf(it, EXTENSION))
  const ending = closed(subscription, {
    endDateTime: endOf(asked) ?? null,
    ...(removalMethod === undefined ? {} : { removalMethod }),
    ...(reason === undefined ? {} : { reason }),
  })
  const Names = [...listOf(ending, 'Names'), ...listOf(asked, 'Names').filter(isOfEnd)]
  return {
    ...ending,
    ...(Names.length === 0 ? {} : { Names }),
    ...(beside.length === 0 ? {} : { [EXTENSION]: beside }),
  }
}

/** Subscriptions that name an enrollment. */
function byLink(asked: JsonObject, seen: Seen): readonly Search[] {
  return enrollmentsOf(asked, seen).flatMap((enrollment) =>
    keysOf(enrollment).map((under) => ({
      ...{ noun: NOUN, under },
      has: (it: JsonObject) => sameReference(member(it, 'ProgramEnrollment'), enrollment),
    })),
  )
}

/** Those by which its devices take part now. */
function byDevice(asked: JsonObject, seen: Seen): readonly Reference[] {
  return enrollmentsOf(asked, seen).flatMap((enrollment) =>
    devicesOf(enrollment).flatMap((it) => subscriptionReferences(it, undefined)),
  )
}

/** Those of the customer in the programme at the usage point, also what is closed. */
function byPlace(about: JsonObject, seen: Seen): readonly Search[] {
  if (ABOUT_PARTS.some(({ name }) => about[name] === undefined)) return []
  const texts = knownAs(ABOUT_PARTS[2], about['UsagePoint'], seen).flatMap(keysOf)
  return [...new Set(texts)].flatMap((text) =>
    [text, leftText(text)].map((under) => ({
      ...{ noun: NOUN, under },
      has: (it: JsonObject) => agrees(it, about, seen),
    })),
  )
}

/** From what says the most to what says the least: of these the first counts that leads to one that is open. */
function candidates(asked: JsonObject, seen: Seen): readonly (readonly JsonObject[])[] {
  const about = aboutOf(asked, seen)
  const found = (all: readonly Search[]) => all.flatMap((it) => seen.all(it))
  const linked = eachOnce(found(byLink(asked, seen))).filter((it) => agrees(it, asked, seen))
  if (linked.length > 0) return [linked]
  // A device may be another customer's by now, or take part by what was enrolled for later.
  const isTheirs = (it: JsonObject) =>
    about['Customer'] !== undefined && !('ProgramEnrollment' in it) && agrees(it, about, seen)
  const taking = byDevice(asked, seen).flatMap((it) => seen.find(it) ?? [])
  return [eachOnce(taking).filter(isTheirs), eachOnce(found(byPlace(about, seen)))]
}

function eachOnce(all: readonly Placed[]): readonly JsonObject[] {
  return [...new Map(all.map(({ object }) => [keysOf(object)[0], object])).values()]
}
