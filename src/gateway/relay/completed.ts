// What a vendor hears besides what a message says, because it is known here: a change as the whole object that it makes, an ID as
// the object that it means, and what an object refers to by the names that the vendor knows it by.

import { resourcesFor } from '../../dialects/index.ts'
import type { Resource } from '../../dialects/dialect.ts'
import { nameTypesIn } from '../../dialects/row.ts'
import type { Flow, NamedElsewhere } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { keepingNames, listOf, typeOfName } from '../../flows/reference.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { merged } from '../merge.ts'
import type { Party } from '../parties/party.ts'
import { heldIn, referred } from '../deciding/placed.ts'
import { entriesOf, idsOf, nounIn, verbOf } from '../tasks.ts'
import { worldOf } from '../world.ts'
import type { World } from '../world.ts'
import { knownIn } from './itemwise.ts'
import type { Known } from './itemwise.ts'

/** What is looked at. */
export interface CompletingParts {
  readonly deciding: Pick<Deciding, 'readAll' | 'workOf'>
  readonly contentOf: ContentOf
}

/** A message as its first party is to hear it, and what that party needs to know besides. */
export type Complete = (
  party: Party | undefined,
  message: JsonObject,
) => Promise<{ readonly message: JsonObject; readonly known?: Known }>

/** Over one store, which is asked only where the party needs more than the message says. */
export function completingOn({ deciding, contentOf }: CompletingParts): Complete {
  return async (party, message) => {
    const isApart = party?.profile.itemwise !== undefined
    if (party === undefined || !(isApart || planFor(party, message) !== undefined))
      return { message }
    const world = worldOf((await deciding.readAll(deciding.workOf(message))).stored)
    const known = isApart ? { known: knownIn(world) } : {}
    return { message: completed(message, party, world, contentOf), ...known }
  }
}

/** How a party wants to hear of a noun. */
interface Plan {
  readonly noun: string
  readonly flow: Flow
  /** as in a route of its dialect; undefined = it takes what changes alone */
  readonly whole: { readonly without: string } | undefined
  /** members that its dialect names by names of these types */
  readonly named: readonly (readonly [string, NamedElsewhere, readonly string[]])[]
}

/** The same message as it is for whoever takes it as it is. @param world as it is before it, or after */
export function completed(
  message: JsonObject,
  party: Party,
  world: World,
  contentOf: ContentOf,
): JsonObject {
  const plan = planFor(party, message)
  const content = plan && contentOf(plan.noun)
  if (plan === undefined || content === undefined) return message
  const { noun, whole } = plan
  const entries = entriesOf(member(message, 'payload'))
  const isMeant = ([name]: readonly [string, Json]) => name === noun || name === 'ID'
  const objects = entries.filter(isMeant).flatMap(([name, value]) => {
    if (name === noun) return objectsIn(value, content).map((it) => wholeOf(it, it, plan, world))
    return idsOf(value).map(({ object, otherwise }) => {
      const held = [object, otherwise].flatMap((it) => heldIn(world, noun, it) ?? [])[0]
      return whole === undefined
        ? identified(object, held?.object)
        : wholeOf(held?.object ?? object, undefined, plan, world)
    })
  })
  if (objects.length === 0) return message
  const payload = payloadOf([[noun, rootsOf(objects, content)]])
  const beside = Object.fromEntries(entries.filter((it) => !isMeant(it)))
  return { ...message, payload: isObject(payload) ? { ...beside, ...payload } : payload }
}

function planFor({ binding }: Party, message: JsonObject): Plan | undefined {
  const [noun, verb] = [nounIn(message) ?? '', verbOf(message)]
  const flow: Flow | undefined = verb === undefined ? undefined : flowFor(noun, verb)
  if (binding?.type !== 'json' || flow === undefined || verb === undefined) return undefined
  const resources = resourcesFor(binding.dialect, noun)
  const routes = resources.flatMap((it) => it.routes)
  const whole = routes.find((it) => it.whole !== undefined && it.verbs?.includes(verb))?.whole
  const named = Object.entries(flow.named ?? {})
    .map(([name, how]) => [name, how, typesIn(resources, name)] as const)
    .filter(([, , types]) => types.length > 0)
  const isByID = entriesOf(member(message, 'payload')).some(([name]) => name === 'ID')
  const isEnough = whole === undefined && named.length === 0 && !isByID
  return isEnough || resources.length === 0 ? undefined : { noun, flow, whole, named }
}

function typesIn(resources: readonly Resource[], name: string): readonly string[] {
  return resources.flatMap(({ mapped }) => nameTypesIn(mapped?.rows ?? [], name))
}

/** An ID as an object that says no more than who it is. */
function identified(object: JsonObject, held: JsonObject | undefined): JsonObject {
  if (held === undefined) return object
  const { mRID, Names } = held
  return { ...(mRID === undefined ? {} : { mRID }), ...(Names === undefined ? {} : { Names }) }
}

/** @param said what the message says of it; undefined where it only names it, so that the verb says the rest */
function wholeOf(
  named: JsonObject,
  said: JsonObject | undefined,
  { noun, flow, whole, named: members }: Plan,
  world: World,
): JsonObject {
  const held = whole === undefined ? undefined : heldIn(world, noun, named)?.object
  const kept =
    held === undefined ? undefined : keepingNames(held, (it) => typeOfName(it) !== whole?.without)
  const asked = kept && said === undefined ? (flow.asks?.close?.(kept) ?? kept) : kept
  const object = asked === undefined ? named : said === undefined ? asked : merged(asked, said)
  return members.reduce((it, one) => withNames(it, one, world), object)
}

/** Where none of the names is known that the vendor has a place for, those that are there stay. */
function withNames(
  object: JsonObject,
  [name, how, types]: Plan['named'][number],
  world: World,
): JsonObject {
  const given = member(object, name)
  if (!isObject(given)) return object
  const isWanted = (it: JsonObject) => types.some((type) => type === typeOfName(it))
  const own = listOf(given, 'Names').filter(isWanted)
  const found = how.references(given).flatMap((it) => referred(world, it) ?? [])[0]
  const theirs = found === undefined ? [] : how.names(found.object).filter(isWanted)
  const more = theirs.filter((it) => !own.some((one) => typeOfName(one) === typeOfName(it)))
  if (own.length + more.length === 0) return object
  return { ...object, [name]: { ...given, Names: [...own, ...more] } }
}
