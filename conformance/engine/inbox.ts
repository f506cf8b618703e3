// What comes to the tester as server: for which role, for which case and which step of it, or why for none. It is told what
// comes and what time it is, and knows neither sockets nor clocks.

import { asksForTheSame, isSame, objectsIn, speaksOf } from '../checks/came.ts'
import type { Came } from '../checks/came.ts'
import { textAt, textsAt } from '../find.ts'
import type { ClientCase, Role } from '../shapes.ts'
import type { Node } from '../xml.ts'

/** A message that has come. */
export interface Incoming extends Came {
  /** path and query of the address that it was sent to */
  readonly path: string
}

/** A case while it is played. */
export interface Played {
  readonly client: ClientCase
  /** the message that begins it; undefined = it has not come yet */
  readonly first: Incoming | undefined
  readonly follow: readonly Incoming[]
  /** ms; until then it listens for more. undefined = it has not begun */
  readonly until: number | undefined
  /** mRID that the tester has given */
  readonly assigned?: string
  /** why the peer could not do what was asked */
  readonly misfit?: string
}

/** Where a message belongs. */
export type Matched =
  | {
      readonly role: Role
      readonly client: ClientCase
      readonly step: 'request' | 'again'
      readonly by: string
    }
  | {
      readonly role: Role | undefined
      readonly why: string
      /** the product has sent it, though nobody waits for it; else it may be anybody's */
      readonly isOfProduct: boolean
    }

/** By what a role is found. */
export interface Known {
  /** token of this run in the addresses */
  readonly token: string
  /** roles that the tester plays */
  readonly roles: readonly Role[]
  /** ids that the tester has given out, and the case they were for */
  readonly issued: ReadonlyMap<string, ClientCase>
  /** who the product calls itself, in Source or User/Organization */
  readonly names: ReadonlySet<string>
}

/** @param now ms */
export function matched(
  it: Incoming,
  played: readonly Played[],
  known: Known,
  now: number,
): Matched {
  const whose = rolesOf(it, known)
  if ('why' in whose) return { role: undefined, ...whose }
  const [only, ...others] = whose.roles
  const role = others.length === 0 ? only : undefined
  if (it.root === undefined) return { role, why: 'it cannot be read', isOfProduct: true }
  const open = played.filter((one) => whose.roles.includes(one.client.peer))
  const again = open.find((one) => isAgain(it, one, now))
  if (again !== undefined) return taken(again, 'again', 'the message of the case before it')
  const waits = (one: Played) => one.first === undefined && begins(it, one.client)
  const meant = meantBy(it, known)
  const begun = open.find((one) => one.client.id === meant?.id && waits(one)) ?? open.find(waits)
  if (begun !== undefined) return taken(begun, 'request', whose.by)
  return { role, why: nobodyWaits(it.root, open), isOfProduct: true }
}

function taken({ client }: Played, step: 'request' | 'again', by: string): Matched {
  return { role: client.peer, client, step, by }
}

/** The case whose CorrelationID it has. */
function meantBy({ root }: Incoming, { issued }: Known): ClientCase | undefined {
  const ids = [textAt(root, 'Header/CorrelationID'), textAt(root, 'Header/MessageID')]
  return ids.map((it) => issued.get(it ?? '')).find((it) => it !== undefined)
}

type Whose =
  | { readonly roles: readonly Role[]; readonly by: string }
  | { readonly why: string; readonly isOfProduct: boolean }

/** In order: the address, an id that we have given out, the name of the sender, who may mean any role. */
function rolesOf(it: Incoming, known: Known): Whose {
  const { token, roles } = known
  const [, run, name] = /^\/t\/([^/?]+)\/([^/?]+)/.exec(it.path) ?? []
  if (run !== undefined && run !== token)
    return { why: `its address is that of another run, ${run}`, isOfProduct: false }
  const role = roles.find((one) => one === name)
  if (role !== undefined) return { roles: [role], by: 'the address' }
  if (name === undefined) return rolesBy(it, known)
  return {
    isOfProduct: true,
    why: `its address is that of ${name}, whom nobody plays here; there are ${roles.join(', ')}`,
  }
}

/** Where the address says nothing. */
function rolesBy(it: Incoming, known: Known): Whose {
  const client = meantBy(it, known)
  if (client !== undefined) return { roles: [client.peer], by: 'a CorrelationID of ours' }
  const said = ['Header/Source', 'Header/User/Organization'].map((one) => textAt(it.root, one))
  const sender = said.find((one) => one !== undefined && known.names.has(one))
  if (sender !== undefined) return { roles: known.roles, by: `Source ${sender}` }
  const names = said.filter((one) => one !== undefined).join(', ')
  return {
    isOfProduct: false,
    why: `its address ${it.path} is none of this run, it has no CorrelationID of ours, and nobody knows its Source (${names === '' ? 'none' : names})`,
  }
}

/** What is the same octet by octet belongs to its case however late it comes; all else as long as the case listens. */
function isAgain(it: Incoming, one: Played, now: number): boolean {
  const { first, until } = one
  if (first === undefined || until === undefined) return false
  return isSame(it, first) || (until > now && follows(it, one))
}

/** The verb and noun that the case waits for. */
function begins({ root }: Incoming, { message: { verb, noun, lacks } }: ClientCase): boolean {
  if (textAt(root, 'Header/Verb') !== verb || textAt(root, 'Header/Noun') !== noun) return false
  return lacks === undefined || textsAt(root, `Payload/*/*/${lacks}`).length === 0
}

/** The same request under other ids, or what the case waits for afterwards. */
function follows(it: Incoming, { client, first, assigned }: Played): boolean {
  if (first === undefined) return false
  if (client.then === 'nothing') return false
  if (client.then === 'uses-id') return assigned !== undefined && speaksOfItsKind(it, first)
  if (client.then === 'rest' && asksForSomeOf(it, first)) return true
  return asksForTheSame(it, first) || takesForAnswered(it, first)
}

/** The same is asked for some of the objects of the first. */
function asksForSomeOf(it: Incoming, first: Incoming): boolean {
  const [verb, noun] = ['Header/Verb', 'Header/Noun'].map((one) => textAt(first.root, one))
  const isSame = textAt(it.root, 'Header/Verb') === verb && textAt(it.root, 'Header/Noun') === noun
  return isSame && speaksOf(it.root, objectsIn(first.root).flatMap(idOf))
}

function takesForAnswered(it: Incoming, first: Incoming): boolean {
  const ids = objectsIn(first.root).flatMap(idOf)
  return textAt(it.root, 'Header/Verb') !== 'create' && speaksOf(it.root, ids)
}

function idOf(object: Node): string | readonly string[] {
  return textAt(object, 'mRID') ?? []
}

/** Of a group where the first was one. */
function speaksOfItsKind(it: Incoming, first: Incoming): boolean {
  const kinds = objectsIn(first.root).map(({ name }) => name)
  const isNew = textAt(it.root, 'Header/Verb') === 'create'
  return !isNew && objectsIn(it.root).some(({ name }) => kinds.includes(name))
}

function nobodyWaits(root: Node, open: readonly Played[]): string {
  const what = `${textAt(root, 'Header/Verb') ?? 'no verb'} ${textAt(root, 'Header/Noun') ?? 'no noun'}`
  const waiting = open
    .filter((it) => it.first === undefined)
    .map(({ client: { message } }) => `${message.verb} ${message.noun}`)
  const others = [...new Set(waiting)]
  return `no case waits for ${what} any more; ${others.length === 0 ? 'all have begun' : `what is waited for is ${others.join(', ')}`}`
}
