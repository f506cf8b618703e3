// What Customer Support has on its desk, and the pieces that all of its business is made of: notices to customers, merging what
// comes into what is there, looking something up.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf, inside, reference } from './drafts.ts'
import type { Ask, Done, Failure } from './party.ts'
import type { Sent, Tools } from './peer.ts'
import { eventOf } from './said.ts'
import { element } from './write.ts'

/** An object, and how far it has come. */
export interface Standing {
  readonly object: Node
  readonly state: string
}

/** Everything by mRID. */
export interface Desk {
  /** mRIDs and names of those who are known */
  readonly customers: ReadonlySet<string>
  readonly tariffs: ReadonlyMap<string, Node>
  readonly registrations: ReadonlyMap<string, Node>
  readonly requests: ReadonlyMap<string, Standing>
  readonly agreements: ReadonlyMap<string, Standing>
  readonly works: ReadonlyMap<string, Standing>
  /** the request that a review is about */
  readonly reviews: ReadonlyMap<string, string>
  /** the request that an order verifies, and whether the order is open */
  readonly orders: ReadonlyMap<string, { readonly request: string; readonly isOpen: boolean }>
  /** `connected 4f8f…`: each customer is told each thing once */
  readonly told: ReadonlySet<string>
}

/** Nothing has come yet. */
export const EMPTY: Desk = {
  customers: new Set(),
  tariffs: new Map(),
  registrations: new Map(),
  requests: new Map(),
  agreements: new Map(),
  works: new Map(),
  reviews: new Map(),
  orders: new Map(),
  told: new Set(),
}

/** What comes to a desk. */
export type Turned = Done<Desk>

/** There is no such thing. */
export function unknown(code: string, id: string | undefined): Failure {
  return { code, reason: 'There is no such object.', ...(id === undefined ? {} : { id }) }
}

/** A rule of the business is against it. */
export function refused(reason: string, id?: string, code = '6.1'): Failure {
  return { code, reason, ...(id === undefined ? {} : { id }) }
}

/** Each object of a message for itself: those that can be are done, the reply names the others. */
export function each(one: (desk: Desk, object: Node, ask: Ask, tools: Tools) => Turned) {
  return (before: Desk, ask: Ask, tools: Tools): Turned => {
    let state = before
    const failures: Failure[] = []
    const sends: Sent[] = []
    const made: Node[] = []
    const asked = find(ask.content, '*')
    for (const it of asked) {
      const done = one(state, identified(it, state, tools), ask, tools)
      if ((done.failures ?? []).length > 0) failures.push(...(done.failures ?? []))
      else {
        state = done.state
        sends.push(...(done.sends ?? []))
        made.push(done.payload ?? identified(it, before, tools))
      }
    }
    const payload = payloadOf(ask, made)
    return { state, failures, isPartly: made.length > 0, sends, payload }
  }
}

/** What was created, or found, is given back as it is. */
function payloadOf({ verb, content }: Ask, made: readonly Node[]): Node | undefined {
  const isGiven = verb === 'create' && content !== undefined && made.length > 0
  return isGiven ? { ...content, children: made } : undefined
}

/** With an mRID that follows from what is asked, where it has none. */
function identified(object: Node, { requests, agreements }: Desk, tools: Tools): Node {
  if (textAt(object, 'mRID') !== undefined) return object
  const mRID = tools.uuid(object.name, String(requests.size + agreements.size), tools.now)
  return changed(object, [element(object.ns, 'mRID', mRID)])
}

/** A list with this under that. */
export function withOne<T>(
  all: ReadonlyMap<string, T>,
  key: string,
  one: T,
): ReadonlyMap<string, T> {
  return new Map([...all, [key, one]])
}

/** What a customer is told. */
export interface Notice {
  readonly trigger: string
  readonly about: Node
  readonly objectType: string
  readonly customer: Node | undefined
  readonly text: string
}

const NOTICE = draftOf('CustomerNotifications')

/** Tells a customer, unless it knows already. */
export function telling(desk: Desk, notice: Notice, tools: Tools): Turned {
  const { trigger, about, objectType, customer, text } = notice
  const key = `${trigger} ${idOf(about)}`
  if (desk.told.has(key)) return { state: desk }
  const account = textAt(customer, 'mRID') ?? textAt(customer, 'Names/name') ?? 'account'
  const content = element(NOTICE, 'CustomerNotifications', [
    element(NOTICE, 'CustomerNotification', [
      element(NOTICE, 'mRID', tools.uuid('notice', key)),
      element(NOTICE, 'contactType', 'portal'),
      element(NOTICE, 'contactValue', account),
      element(NOTICE, 'createdDateTime', tools.now),
      element(NOTICE, 'text', text),
      element(NOTICE, 'trigger', trigger),
      element(NOTICE, 'about', [
        element(NOTICE, 'mRID', idOf(about)),
        element(NOTICE, 'objectType', objectType),
      ]),
      inside(NOTICE, customer) ?? reference(NOTICE, 'Customer', account),
    ]),
  ])
  const message = eventOf('CIS', 'created', content, tools, key)
  return {
    state: { ...desk, told: new Set([...desk.told, key]) },
    sends: [{ to: 'CUST', message }],
  }
}

/** One thing after the other, on the desk that the one before has left. */
export function oneAfterTheOther(desk: Desk, ...all: readonly ((desk: Desk) => Turned)[]): Turned {
  return all.reduce<Turned>(
    (before, then) => {
      const done = then(before.state)
      return {
        ...before,
        state: done.state,
        sends: [...(before.sends ?? []), ...(done.sends ?? [])],
      }
    },
    { state: desk },
  )
}
