// Enrollments and subscriptions of a programme system: who may take part, by which devices, what is acknowledged of it, and
// how it ends (Oracle 22C release notes, functional overview).

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { idOf } from './drafts.ts'
import {
  all,
  devicesOf,
  one,
  placed,
  saying,
  statusOf,
  withChild,
  withChildren,
  withDevices,
} from './program-content.ts'
import type { Kept } from './program-content.ts'
import { refused } from './program-rules.ts'
import type { Deed, Guard } from './program-rules.ts'
import { element, writeXml } from './write.ts'

const [ENROLLMENTS, SUBSCRIPTIONS] = ['ProgramEnrollments', 'ProgramSubscriptions']

/** The keys of devices in the field: the network id at its head end. */
export function keysOf(object: Node, devices = 'EndDevices'): readonly string[] {
  return find(object, devices).flatMap((it) =>
    find(it, 'Names')
      .filter((name) => textAt(name, 'NameType/name') === 'nicId')
      .map((name) => `${textAt(name, 'NameType/NameTypeAuthority/name')} ${textAt(name, 'name')}`),
  )
}

const isOf = (it: Node, other: Node) =>
  textAt(it, 'transactionId') === textAt(other, 'transactionId')

function knownUnder(kept: Kept, object: Node): Node | undefined {
  return all(kept, ENROLLMENTS).find((it) => isOf(it, object))
}

/** What came before under its transactionId, with another content. */
export const conflicting: Guard = (kept, object) => {
  const known = knownUnder(kept, object)
  if (known === undefined) return undefined
  const isSame = writeXml(withChild(known, 'status', undefined)) === writeXml(object)
  return isSame ? undefined : refused('ENR-CONFLICT', 'The transaction is another one here.')
}

/** A device that nobody could call. */
export const keyless: Guard = (_kept, object) =>
  keysOf(object).length < find(object, 'EndDevices').length
    ? refused('ENR-DEVICE', 'A device of the customer has nicId and head end.', '5.8')
    : undefined

/** A device twice in one enrollment. */
export const twin: Guard = (_kept, object) => {
  const keys = keysOf(object)
  return duplicate(keys, (it, at) => keys.indexOf(it) !== at)
}

/** A device that another enrollment has since before the message. */
export const taken: Guard = (_kept, object, { before }) => {
  const known = keysOfOthers(before, object)
  return duplicate(keysOf(object), (it) => known.has(it))
}

/** A device that another enrollment of the message has. */
export const shared: Guard = (kept, object, { before }) => {
  const [known, now] = [keysOfOthers(before, object), keysOfOthers(kept, object)]
  return duplicate(keysOf(object), (it) => now.has(it) && !known.has(it))
}

function keysOfOthers(kept: Kept, object: Node): ReadonlySet<string> {
  return new Set(
    all(kept, ENROLLMENTS)
      .filter((it) => !isOf(it, object))
      .flatMap((it) => keysOf(it)),
  )
}

function duplicate(keys: readonly string[], isTaken: (key: string, at: number) => boolean) {
  const places = keys.flatMap((it, at) => (isTaken(it, at) ? [`${at + 1} (${it})`] : []))
  return places.length === 0
    ? undefined
    : refused('DEV-DUP', `Twice, as devices ${places.join(' and ')}.`)
}

/** Once, whatever comes again. */
export const enrolled: Deed = (kept, object) =>
  knownUnder(kept, object) === undefined
    ? placed(kept, ENROLLMENTS, statusOf(object, 'PENDING'))
    : kept

/** What is not there is not changed. @param noun of the object */
export function missing(noun: string, code = '99.1'): Guard {
  return (kept, object) =>
    one(kept, noun, idOf(object)) !== undefined
      ? undefined
      : { code, reason: `There is no such object of ${noun}.` }
}

/** The object as it is known. */
export function known(kept: Kept, noun: string, object: Node): Node {
  return one(kept, noun, idOf(object)) ?? object
}

/** An enrollment comes to a state. */
export const advanced: Deed = (kept, object) =>
  placed(
    kept,
    ENROLLMENTS,
    statusOf(known(kept, ENROLLMENTS, object), textAt(object, 'status/value') ?? ''),
  )

/** Active before its enrollment is completed. */
export const premature: Guard = (kept, object) => {
  const enrollment = one(kept, ENROLLMENTS, textAt(object, 'ProgramEnrollment/mRID'))
  const isEarly =
    textAt(object, 'status/value') === 'ACTIVE' &&
    textAt(enrollment, 'status/value') !== 'COMPLETED'
  return isEarly ? refused('SUB-SM', 'Its enrollment is not completed.') : undefined
}

/** Nobody has acknowledged it yet. */
export const subscribed: Deed = (kept, object) =>
  placed(kept, SUBSCRIPTIONS, saying(object, 'syncState', 'pending'))

/** The word of who calls the devices, device by device; without devices it is the word of all. */
export const acknowledged: Deed = (kept, object) => {
  const was = known(kept, SUBSCRIPTIONS, object)
  const told = new Map(find(object, 'EndDevices').map((it) => [idOf(it), it]))
  if (told.size === 0) return placed(kept, SUBSCRIPTIONS, said(was, textAt(object, 'syncState')))
  const is = withDevices(was, (it) => {
    const [status] = find(told.get(idOf(it)), 'registrationStatus')
    return status === undefined ? it : withChild(it, 'registrationStatus', status)
  })
  const states = textsAt(is, 'EndDevices/registrationStatus/value')
  const isWhole = states.every((it) => it === 'Registered') && states.length === devicesOf(is).size
  return placed(kept, SUBSCRIPTIONS, said(is, isWhole ? 'synced' : 'partial'))
}

function said(subscription: Node, state = 'synced'): Node {
  return saying(subscription, 'syncState', state)
}

/** A device is replaced that is not in it. */
export const absent: Guard = (kept, object) => {
  const there = devicesOf(known(kept, SUBSCRIPTIONS, object))
  return textsAt(object, 'replacements/oldDevice/mRID').every((it) => there.has(it))
    ? undefined
    : refused('SUB-REPLACE', 'It has no such device.')
}

/** The old device goes as the new one comes. */
export const replaced: Deed = (kept, object) => {
  const was = known(kept, SUBSCRIPTIONS, object)
  const gone = textsAt(object, 'replacements/oldDevice/mRID')
  const left = find(was, 'EndDevices').filter((it) => !gone.includes(idOf(it)))
  const is = withChildren(was, 'EndDevices', [...left, ...find(object, 'EndDevices')])
  const replacements = [was, object].flatMap((it) => find(it, 'replacements'))
  return placed(
    kept,
    SUBSCRIPTIONS,
    said(withChildren(is, 'replacements', replacements), 'pending'),
  )
}

/** It does not say when it ends. */
export const endless: Guard = (_kept, object) =>
  textAt(object, 'validityInterval/end') === undefined
    ? refused('SUB-CLOSE', 'A subscription that ends has an end.', '5.8')
    : undefined

/** With an end, inactive, and none of its devices in it any more. */
export const closed: Deed = (kept, object, { now }) => {
  const was = withDevices(known(kept, SUBSCRIPTIONS, object), (it) => statusOf(it, 'excluded'))
  return placed(kept, SUBSCRIPTIONS, said(statusOf(ended(was, object, now), 'INACTIVE'), 'pending'))
}

/** With the end that is said, else with now. */
export function ended(was: Node, object: Node, now: string): Node {
  const [interval] = find(was, 'validityInterval')
  const end = element(was.ns, 'end', textAt(object, 'validityInterval/end') ?? now)
  return withChild(was, 'validityInterval', {
    ...(interval ?? was),
    children: [end, ...find(interval, 'start')],
  })
}
