// Work management (WMS): keeps work requests, service orders and maintenance orders, and tells Customer Support of changes.
// The three are one business under three names, so they are one table.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Failure, Party } from './party.ts'
import type { Tools } from './peer.ts'
import { eventOf } from './said.ts'
import { element } from './write.ts'

/** A piece of work as it came, and whether it has been cancelled. */
interface Job {
  readonly object: Node
  readonly isCancelled: boolean
}

/** By noun and mRID: `WorkRequests 4f8f…`. */
export type Jobs = ReadonlyMap<string, Job>

const NOUNS = ['WorkRequests', 'ServiceOrders', 'MaintenanceOrders'] as const
const nsOf = (noun: string) => `http://iec.ch/TC57/2015/${noun}#`
/** `WorkRequest` of `WorkRequests` and of `GetWorkRequests`. */
const objectOf = (noun: string) => noun.replace(/^Get/, '').replace(/s$/, '')

/** What it takes, as a table. */
export const WORKS: Party<Jobs> = {
  role: 'WMS',
  namespaces: NOUNS.flatMap((it) => [nsOf(it), nsOf(`Get${it}`)]),
  start: new Map(),
  takes: Object.fromEntries(
    NOUNS.flatMap((it) => [
      [`create ${it}`, each(create)],
      [`change ${it}`, each(change)],
      [`cancel ${it}`, each(cancel)],
      [`get Get${it}`, query],
    ]),
  ),
}

/** The reference peer. */
export const WORK_MANAGEMENT = peerOf(WORKS)

type One = (before: Job | undefined, asked: Node) => Job | Failure

/** The verbs of what is told of each. */
const TOLD: Readonly<Record<string, string>> = {
  create: 'created',
  change: 'changed',
  cancel: 'canceled',
}

function each(one: One) {
  return (before: Jobs, { verb, noun, content }: Ask, tools: Tools): Done<Jobs> => {
    const jobs = new Map(before)
    const failures: Failure[] = []
    const made: Node[] = []
    for (const asked of find(content, objectOf(noun))) {
      const mRID = textAt(asked, 'mRID') ?? tools.uuid(noun, String(jobs.size))
      const done = one(jobs.get(`${noun} ${mRID}`), identified(asked, mRID))
      if ('code' in done) failures.push({ ...done, id: mRID })
      else {
        jobs.set(`${noun} ${mRID}`, done)
        made.push(done.object)
      }
    }
    const told = element(nsOf(noun), noun, made)
    const event = eventOf(
      'WMS',
      TOLD[verb] ?? verb,
      told,
      tools,
      ...textsAt(told, '*/mRID'),
      tools.now,
    )
    const sends = made.length === 0 ? [] : [{ to: 'CIS' as const, message: event }]
    const payload = verb === 'create' && made.length > 0 ? told : undefined
    return { state: jobs, failures, isPartly: made.length > 0, payload, sends }
  }
}

function identified(asked: Node, mRID: string): Node {
  const rest = asked.children.filter((it) => it.name !== 'mRID')
  return { ...asked, children: [element(asked.ns, 'mRID', mRID), ...rest] }
}

function create(before: Job | undefined, asked: Node): ReturnType<One> {
  if (before !== undefined) return { code: '6.1', reason: 'There is work with this mRID.' }
  return { object: asked, isCancelled: false }
}

function change(before: Job | undefined, asked: Node): ReturnType<One> {
  if (before === undefined) return UNKNOWN
  if (before.isCancelled) return { code: '6.1', reason: 'The work has been cancelled.' }
  return { ...before, object: merged(before.object, asked) }
}

function cancel(before: Job | undefined): ReturnType<One> {
  if (before === undefined) return UNKNOWN
  if (before.isCancelled) return { code: '6.1', reason: 'The work has been cancelled already.' }
  return { ...before, isCancelled: true }
}

const UNKNOWN: Failure = { code: '99.1', reason: 'There is no such object.' }

/** In the order of the schemas, as far as it matters; what is not named stands behind. */
const ORDER = [
  ...['mRID', 'kind', 'lastModifiedDateTime', 'requestDateTime', 'statusKind', 'type'],
  ...['ActivityRecords', 'Appointments', 'Customers', 'Names', 'priority'],
]

/** What comes takes the place of what there was under its name; Work is merged by its mRID. */
function merged(before: Node, asked: Node): Node {
  const isSame = (one: Node, other: Node) =>
    one.name === other.name &&
    (one.name !== 'Work' || textAt(one, 'mRID') === textAt(other, 'mRID'))
  const kept = before.children.map((it) => {
    const come = asked.children.find((one) => isSame(one, it))
    if (come === undefined) return it
    return it.name === 'Work' ? merged(it, come) : come
  })
  const added = asked.children.filter((it) => !before.children.some((one) => isSame(one, it)))
  const place = ({ name }: Node) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
  return { ...before, children: [...kept, ...added].sort((a, b) => place(a) - place(b)) }
}

/** The work that is named, by mRID. */
export function query(jobs: Jobs, { noun, content }: Ask): Done<Jobs> {
  const [of, object] = [noun.replace(/^Get/, ''), objectOf(noun)]
  const asked = textsAt(content, `${object}/mRID`)
  const found = asked.flatMap((it) => jobs.get(`${of} ${it}`)?.object ?? [])
  const failures = asked
    .filter((it) => !jobs.has(`${of} ${it}`))
    .map((id): Failure => ({ ...UNKNOWN, id }))
  const payload = found.length === 0 ? undefined : element(nsOf(of), of, found)
  return { state: jobs, failures, isPartly: found.length > 0, payload }
}
