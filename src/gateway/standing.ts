// Whose the objects of a message are, and what its sender may know of: from the registration of the objects, never from what
// a message claims.

import type { ContentOf } from './content.ts'
import { objectsIn, payloadOf, rootsOf } from './content.ts'
import type { Deciding } from './deciding/deciding.ts'
import type { Memory } from './guarded.ts'
import { listOfHistory } from './deciding/history.ts'
import { idKey, identityOf } from './identity.ts'
import { FLOWS } from '../flows/index.ts'
import type { Flow } from '../flows/flow.ts'
import { registrationKeys, textsOf } from './deciding/registered.ts'
import {
  hasProviders,
  isApart,
  isHidden,
  mayKnow,
  providerOf,
  providersOf,
  seenObject,
  servingOf,
} from './parties/index.ts'
import type { Topology } from './parties/party.ts'
import { rolesOfSender } from './parties/roles.ts'
import type { StoredObject } from './ports.ts'
import { isObject, member, writeJson } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Sender } from './received.ts'
import { entriesOf, text } from './tasks.ts'
import { partiesAsked } from './under-way.ts'
import { heldOf } from './world.ts'

/** Whose a message is. */
export interface Standing {
  /** of what it creates */
  readonly owner: string
  /** of the objects that it names, each once; that of its sender where it names none that is known */
  readonly providers: readonly string[]
  /** all providers that are told of it, where it is about one object */
  readonly sharing?: readonly string[]
  readonly isShown: (owner: string) => boolean
  /** of the question of a provider: mRIDs and IDs in it, and those of them that nothing of that provider's is known by */
  readonly asked?: { readonly ids: readonly string[]; readonly strange: readonly string[] }
  /** true for the parties of its sender's own provider; for every party where it has none */
  readonly isNear: (party: string) => boolean
  /** the party of the provider by which one of these is served; a provider is not asked whose something is */
  readonly serving: (texts: readonly string[]) => string | undefined
  /** of its sender, as flows name them; absent or none where nobody can tell */
  readonly roles?: readonly string[]
}

/** What it stands on. */
export interface StandingParts {
  readonly store: Memory
  readonly topology: () => Topology
  readonly deciding: Pick<Deciding, 'read' | 'workOf' | 'flow'>
  readonly contentOf: ContentOf
}

/** Answers whose things are. */
export interface Standings {
  readonly of: (message: JsonObject, sender: Sender) => Promise<Standing>
  /** True where a sender may know of what belongs to an owner. */
  readonly mayKnow: (sender: Sender, owner: string) => boolean
  /** The store as a sender may look at it. */
  readonly seenBy: (store: Memory, sender: Sender) => Memory
  /** One object as a party may look at it; undefined where nothing is left of it. */
  readonly seen: (noun: string, object: JsonObject, owner: string, party: string) => JsonObject
  /** The payload of a reply as its receiver may look at it. @param owner of what we do not know */
  readonly seenPayload: (payload: Json, sender: Sender, owner: string) => Promise<Json | undefined>
}

/** Where there are no providers nothing is hidden. */
export const EVERYBODYS = (): boolean => true

/** Whose a message is where there are no providers. */
export function aloneWith({ party }: Sender): Standing {
  return {
    owner: party,
    providers: [],
    isShown: EVERYBODYS,
    isNear: EVERYBODYS,
    serving: NOBODY,
  }
}

export const NOBODY = (): undefined => undefined

/** Over one store. */
export function standingsOn({ store, topology, deciding, contentOf }: StandingParts): Standings {
  const shownTo = (sender: Sender) => (owner: string) =>
    sender.operator === true || mayKnow(sender.party, owner, topology())

  const of: Standings['of'] = async (message, sender) => {
    const roles = rolesOfSender(sender.party, topology())
    if (!hasProviders(topology())) return { ...aloneWith(sender), roles }
    const own = providerOf(sender.party, topology())
    const serving = own === undefined ? (it: Texts) => servingOf(it, topology()) : NOBODY
    // What its sender may not know of leads nowhere, as what is not there: which way a message takes tells nothing of it.
    const isShown = shownTo(sender)
    const about = (await ownersOfAll(message, own)).filter(isShown)
    const ofIt = [...(own === undefined ? served(message) : []), ...about]
    const named = namedIn(message)
    const known = about.length > 0 ? [] : (await referred(named)).filter((it) => isShown(it.owner))
    const owners = [...ofIt, ...known.map((it) => it.owner)]
    const [first] = owners.flatMap((it) => it.split(' ').filter((one) => isOfProvider(one)))
    const sharing = isOfOne(message)
      ? eachOnce(ofIt.flatMap((it) => providersOf(it, topology())))
      : []
    const providers =
      own === undefined && sharing.length > 0 ? sharing.slice(0, 1) : serversOf(owners, own)
    return {
      // What is made of the things of one provider is that provider's.
      owner: own === undefined && providers.length === 1 ? (first ?? sender.party) : sender.party,
      providers: providers.length > 0 || own === undefined ? providers : [own],
      sharing,
      isShown,
      ...(own !== undefined && isQuery(message) ? { asked: askedIn(named, known) } : {}),
      isNear: (party) => own === undefined || providerOf(party, topology()) === own,
      serving,
      roles,
    }
  }

  /** Who registers things says whose they are. */
  function served(message: JsonObject): Texts {
    if (isQuery(message)) return []
    return deciding.workOf(message).tasks.flatMap(({ noun, verb, object }) => {
      const named = deciding.flow(noun, verb)?.servedBy?.(object) ?? []
      return servingOf(textsOf(named), topology()) ?? []
    })
  }

  const isOfProvider = (party: string) => providerOf(party, topology()) !== undefined

  /** Of what several share, the one that asks, else the first. */
  function serversOf(owners: Texts, own: string | undefined): Texts {
    const each = owners.map((it) => providersOf(it, topology()))
    return eachOnce(each.flatMap((all) => all.find((it) => it === own) ?? all.slice(0, 1)))
  }

  function isOfOne(message: JsonObject): boolean {
    return !isQuery(message) && deciding.workOf(message).tasks.length === 1
  }

  /** Owners of the objects that a message is about; of what is not known yet, the providers that have been asked for it. */
  async function ownersOfAll(message: JsonObject, own: string | undefined): Promise<Texts> {
    if (isQuery(message)) return []
    const { tasks, ...work } = deciding.workOf(message)
    const known = (await deciding.read({ tasks, ...work })).map((it) => it.owner)
    // A provider is not told what another one has been asked for.
    if (known.length > 0 || own !== undefined) return known
    return (await partiesAsked(store, tasks)).filter(isOfProvider)
  }

  /** Those that it refers to. */
  async function referred({ ids, names }: Named): Promise<readonly Referred[]> {
    const known = ids.length === 0 ? [] : await store.owners(ids)
    const all = known.map(({ id, owner }) => ({ owner, keys: [id] }))
    return [...all, ...(await registeredAs([...ids, ...names]))]
  }

  /** The registrations of devices and places. */
  async function registeredAs(texts: Texts): Promise<readonly Referred[]> {
    const keys = registrationKeys(texts)
    if (keys.length === 0) return []
    const found = await Promise.all(REGISTRARS.map((noun) => store.objects(noun, [], keys)))
    return found.flat().map(({ owner, names }) => ({ owner, keys: names }))
  }

  /** True for a party that sees all of whatever it sees. */
  const isWhole = (party: string) =>
    topology().visibility.length === 0 && !isApart(party, topology())

  const seen: Standings['seen'] = (noun, object, owner, party) =>
    isWhole(party)
      ? object
      : seenObject(object, {
          noun,
          element: contentOf(noun)?.element,
          party,
          owner,
          topology: topology(),
        })

  const seenBy: Standings['seenBy'] = (inner, sender) => {
    if (!hasProviders(topology()) && topology().visibility.length === 0) return inner
    const isShown = shownTo(sender)
    const { party } = sender
    const part = (objects: readonly StoredObject[]) =>
      objects
        .filter((it) => isShown(it.owner) && !isHistoryOfHidden(it, party))
        .filter((it) => !isHiddenFrom(party, it.noun, it.owner, () => heldOf(it).object))
        .map((it) => cut(it, party))
    return {
      ...inner,
      objects: async (...named) => part(await inner.objects(...named)),
      page: async (...asked) => {
        const { objects, next } = await inner.page(...asked)
        return { objects: part(objects), next }
      },
    }
  }

  /** Whoever may not see a list may not see its history either. */
  function isHistoryOfHidden({ noun, owner }: StoredObject, party: string): boolean {
    const list = listOfHistory(noun)
    if (list === undefined || topology().visibility.length === 0) return false
    return !(list.part in seen(list.noun, { [list.part]: [{}] }, owner, party))
  }

  const isHiddenFrom = (party: string, noun: string, owner: string, object: () => JsonObject) =>
    topology().visibility.some(({ deny }) => deny.includes(noun)) &&
    isHidden(noun, { party, owner, topology: topology(), object: object() })

  function cut(it: StoredObject, party: string): StoredObject {
    if (isWhole(party)) return it
    const { object } = heldOf(it)
    return { ...it, body: writeJson(seen(it.noun, object, it.owner, party)) }
  }

  const seenPayload: Standings['seenPayload'] = async (payload, sender, owner) => {
    if (!hasProviders(topology()) && topology().visibility.length === 0) return payload
    const isShown = shownTo(sender)
    const roots = await Promise.all(
      entriesOf(payload).map(async ([noun, root]) => {
        const content = contentOf(noun)
        if (content === undefined) return []
        const objects = objectsIn(root, content)
        const owners = await ownersOf(noun, objects)
        const ownerAt = (at: number) => owners[at] ?? owner
        const shown = objects.flatMap((it, at) =>
          isShown(ownerAt(at)) && !isHiddenFrom(sender.party, noun, ownerAt(at), () => it)
            ? [seen(noun, it, ownerAt(at), sender.party)]
            : [],
        )
        return shown.length === 0 ? [] : [[noun, rootsOf(shown, content)] as const]
      }),
    )
    return roots.flat().length === 0 ? undefined : payloadOf(roots.flat())
  }

  async function ownersOf(noun: string, objects: readonly JsonObject[]) {
    const ids = objects.map((it) => idKey(identityOf(it).mRID ?? ''))
    const found = await store.owners(ids.filter((it) => it !== ''))
    return ids.map((id) => found.find((it) => it.noun === noun && it.id === id)?.owner)
  }

  return { of, mayKnow: (sender, owner) => shownTo(sender)(owner), seenBy, seen, seenPayload }
}

/** objects by whose registration it is looked whose a message is */
const MOST_NAMED = 1_000

type Texts = readonly string[]

function eachOnce(all: Texts): Texts {
  return [...new Set(all)]
}

function isQuery(message: JsonObject): boolean {
  return text(member(member(message, 'header'), 'Verb')) === 'get'
}

/** Nouns whose objects say what is registered with whom. */
const REGISTRARS = [...new Set(FLOWS.filter((it: Flow) => it.registers).map(({ noun }) => noun))]

/** mRIDs and IDs in a message, and the names in it. */
interface Named {
  readonly ids: Texts
  readonly names: Texts
}

/** An object that a message refers to: whose it is, and what it is known by. */
interface Referred {
  readonly owner: string
  readonly keys: Texts
}

function askedIn({ ids }: Named, known: readonly Referred[]): NonNullable<Standing['asked']> {
  const keys = new Set(known.flatMap((it) => it.keys))
  const isKnown = (id: string) => [id, ...registrationKeys([id])].some((it) => keys.has(it))
  return { ids, strange: ids.filter((id) => !isKnown(id)) }
}

/** As far as they are looked at. */
function namedIn(message: JsonObject): Named {
  const [ids, names] = [new Set<string>(), new Set<string>()]
  const look = (it: Json, name: string): void => {
    if (Array.isArray(it)) return it.forEach((one: Json) => look(one, name))
    const value = text(it) ?? text(member(it, '$'))
    if (value !== undefined && (name === 'mRID' || name === 'ID')) ids.add(idKey(value))
    if (value !== undefined && name === 'name') names.add(value)
    if (isObject(it)) for (const [key, one] of Object.entries(it)) look(one, key)
  }
  for (const part of ['payload', 'request']) look(member(message, part) ?? null, part)
  return { ids: [...ids].slice(0, MOST_NAMED), names: [...names].slice(0, MOST_NAMED) }
}
