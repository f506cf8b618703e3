// A message in a vendor's JSON: of all that its dialect can say about the noun, what fits the verb and loses the least.

import { dialectNamed, resourcesFor } from '../../dialects/index.ts'
import type { Agreed, Losses, Problem, Resource, VendorRoute } from '../../dialects/dialect.ts'
import { requestVerbOf } from '../../envelope/verbs.ts'
import type { Finding } from '../../envelope/finding.ts'
import { isObject, member, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { entriesOf, text } from '../tasks.ts'
import { findingOf } from '../vendor.ts'
import type { Carried, Uncarried } from './carriage.ts'

/** One way of saying a message. */
interface Wording {
  readonly route: VendorRoute
  readonly objects: readonly JsonObject[]
  /** the objects of the message that each of these says, by their places */
  readonly places: readonly (readonly number[])[]
  /** what the message is about */
  readonly content: Json
  readonly losses: Losses
  readonly problems: readonly Problem[]
}

/** @param message generic, stamped, as CIM-JSON */
export function vendorCarried(
  message: JsonObject,
  dialect: string,
  agreed: Agreed,
): readonly Carried[] | Uncarried {
  const best = wordingOf(message, dialect, agreed)
  return 'reason' in best ? best : bodies(best)
}

/** The objects of a message that each of its bodies is about, by their places; undefined where it cannot be carried. */
export function placesCarried(
  message: JsonObject,
  dialect: string,
  agreed: Agreed,
): readonly (readonly number[])[] | undefined {
  const best = wordingOf(message, dialect, agreed)
  if ('reason' in best) return undefined
  return isOneByOne(best.route) ? best.places : [[...new Set(best.places.flat())]]
}

/** What of all that can be said fits the best. */
function wordingOf(message: JsonObject, dialect: string, agreed: Agreed): Wording | Uncarried {
  const header = member(message, 'header')
  const [noun = '', verb = '', messageID = ''] = ['Noun', 'Verb', 'MessageID'].map(
    (name) => text(member(header, name)) ?? '',
  )
  if (dialectNamed(dialect) === undefined) return { reason: `The dialect ${dialect} is unknown.` }
  const resources = resourcesFor(dialect, noun)
  if (resources.length === 0)
    return { reason: `The dialect ${dialect} has no counterpart of ${noun}.` }
  const content = contentIn(message, noun)
  const told = { ...agreed, isRequest: true, messageID } as const
  const all = resources.flatMap((it) => wordings(it, { noun, verb, content }, told))
  const best = all.toSorted((a, b) => badness(a) - badness(b))[0]
  if (best === undefined) return { reason: `The dialect ${dialect} has no way to ${verb} ${noun}.` }
  const [problem] = best.problems
  if (problem !== undefined)
    return { reason: `${problem.path}: ${problem.message} ${problem.mend}` }
  return best
}

/** What a message is about, in its payload, or in the Request of a query. */
function contentIn(message: JsonObject, noun: string): Json {
  const all = ['payload', 'request'].flatMap((it) => entriesOf(member(message, it)))
  const content = all.find(([name]) => name === noun)?.[1] ?? {}
  if (!isObject(content)) return content
  const { '@xmlns': _ns, ...rest } = content
  return rest
}

interface Wanted {
  readonly noun: string
  readonly verb: string
  readonly content: Json
}

const ACTIONS: Readonly<Record<string, VendorRoute['action']>> = {
  create: 'create',
  change: 'change',
  delete: 'remove',
  cancel: 'remove',
  get: 'list',
}

function wordings(
  { routes, toVendor }: Resource,
  { noun, verb, content }: Wanted,
  agreed: Agreed,
): readonly Wording[] {
  const fitting = routes.filter((it) => it.noun === noun && fits(it, verb))
  if (fitting.length === 0) return []
  const { json: objects, losses, problems, ...told } = toVendor(content, agreed)
  const own = told.places ?? objects.map((_it, at) => [at])
  return fitting
    .filter((it) => problems.length > 0 || objects.every((one) => says(it, one)))
    .map((route) => ({ route, objects, places: own, content, losses, problems }))
}

/** Paths at which a vendor is sent something; those that name an object in them have no other place. */
export function pathsOf(dialect: string): readonly string[] {
  const routes = Object.values<Resource>(dialectNamed(dialect) ?? {}).flatMap((it) => it.routes)
  const all = routes.flatMap(({ path, concludedAt }) => [path, concludedAt ?? path])
  return [...new Set(all)].filter((it) => !it.includes('{'))
}

/** True where a dialect has a way to say a noun with a verb. */
export function hasWords(dialect: string, noun: string, verb: string): boolean {
  const routes = resourcesFor(dialect, noun).flatMap((it) => it.routes)
  return routes.some((it) => it.noun === noun && fits(it, verb))
}

function fits({ action, verbs = [] }: VendorRoute, verb: string): boolean {
  if (action === 'message') return verbs.some((it) => it === verb)
  return action === ACTIONS[requestVerbOf(verb) ?? verb]
}

/** True for an object that is what the path of a route says, and holds what goes that way only. */
function says({ given = {}, holds = [] }: VendorRoute, object: JsonObject): boolean {
  const isGiven = Object.entries(given).every(([name, value]) => object[name] === value)
  return isGiven && holds.every((it) => holdsAt(object, it.split('/')))
}

function holdsAt(it: Json | undefined, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return it !== undefined
  if (Array.isArray(it)) return it.every((one: Json) => holdsAt(one, [step, ...rest]))
  return holdsAt(member(it, step), rest)
}

/** What cannot be said at all counts more than what is lost. */
function badness({ losses, problems }: Wording): number {
  return problems.length * 1_000_000 + losses.dropped.length
}

/** True for a route by which each object goes by itself. */
function isOneByOne({ path, shape }: VendorRoute): boolean {
  return PLACE.test(path) || shape === 'one'
}

/** segment of a path that names an object */
const PLACE = /\{\w+\}/

/** One request for all objects where the vendor takes lists, and one for each where its path names one. */
function bodies({ route, objects, places, content, losses }: Wording): readonly Carried[] {
  const body = (json: Json, target: string, its?: readonly number[]): Carried => {
    const lost = lostBy(its === undefined ? losses : losingAt(its, losses))
    return {
      ...{ request: writeJson(json), contentType: 'application/json', target },
      ...(lost.length === 0 ? {} : { lost }),
    }
  }
  if (!PLACE.test(route.path)) {
    const all = isOneByOne(route)
      ? objects
      : [route.shape === 'many' || objects.length !== 1 ? objects : (objects[0] ?? {})]
    const isEach = all === objects
    return all.map((one, at) =>
      body(one, `${route.method} ${route.path}`, isEach ? places[at] : undefined),
    )
  }
  const ids = mRIDsIn(content)
  return objects.map((one, at) => {
    const path = route.path.replace(PLACE, encodeURIComponent(ids[at] ?? ''))
    return route.action === 'change'
      ? body(one, `${route.method} ${path}`, places[at])
      : { request: '', contentType: 'application/json', target: `${route.method} ${path}` }
  })
}

function mRIDsIn(content: Json): readonly string[] {
  const lists = isObject(content) ? Object.values(content).filter((it) => Array.isArray(it)) : []
  return lists.flat().map((it: Json) => text(member(it, 'mRID')) ?? '')
}

/** rule by which fields without a counterpart are told */
export const UNMAPPED = 'UNMAPPED'

/** fields that are told one by one; of more, how many there are */
const MOST_TOLD = 20

/** What is lost of these objects of the message, and of what is around them. */
function losingAt(places: readonly number[], { dropped, altered, ...rest }: Losses): Losses {
  const isTheirs = ({ path }: { readonly path: string }) => {
    const [, at] = /^\/\w+\/(\d+)(?:\/|$)/.exec(path) ?? []
    return at === undefined || places.includes(Number(at))
  }
  return { ...rest, dropped: dropped.filter(isTheirs), altered: altered.filter(isTheirs) }
}

/** What is said of an object once for each of its items is lost once. */
function ofEachPath<T extends { readonly path: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((it) => [it.path, it])).values()]
}

/** What the vendor does not hear, for the journal and for whoever has sent it. */
function lostBy({ dropped, altered }: Losses): readonly Finding[] {
  const told = ofEachPath([
    ...dropped.map((it) => ({ path: it.path, message: 'The dialect has no counterpart of it.' })),
    ...altered.map((it) => ({
      path: it.path,
      message: `It goes as ${writeJson(it.to)}: lost is ${it.why}.`,
    })),
  ])
  const rest = told.length - MOST_TOLD
  const more =
    rest > 0 ? [{ path: '', message: `${rest} more fields are not told as they are.` }] : []
  return [...told.slice(0, MOST_TOLD), ...more].map((it) => ({
    ...findingOf({ ...it, mend: 'Nothing has to be done: the message itself is kept whole.' }),
    rule: UNMAPPED,
    severity: 'info' as const,
    expected: '',
  }))
}
