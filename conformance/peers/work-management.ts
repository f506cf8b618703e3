// Work management (WMS): keeps work requests, service orders and maintenance orders, does the work, and tells Customer Support
// of changes. The three are one business under three names, so they are one table.

import { find, textAt, textsAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { peerOf } from './party.ts'
import type { Ask, Done, Failure, Party } from './party.ts'
import type { Peer, Sent, Tools, Wake } from './peer.ts'
import { eventOf, requestOf } from './said.ts'
import { inOrder, withStatus } from './work.ts'
import { element } from './write.ts'

/** A piece of work as it came, and whether it has been cancelled. */
interface Job {
  readonly object: Node
  readonly isCancelled: boolean
}

/** By noun and mRID: `WorkRequests 4f8f…`. */
export type Jobs = ReadonlyMap<string, Job>

/** How it works. */
interface Manner {
  /** when it begins with what it was given; `changed`: not before that is changed */
  readonly begins: 'at once' | 'changed' | 'never'
  /** what it finds at one installation after the other, and from then on */
  readonly finds: readonly ('verified' | 'failed')[]
  /** how often it says that it has closed a work */
  readonly closings: number
  /** it asks Engineering for a design of what is not approved */
  readonly hasDesigned: boolean
  readonly refuses: boolean
}

const NOUNS = ['WorkRequests', 'ServiceOrders', 'MaintenanceOrders'] as const
const nsOf = (noun: string) => `http://iec.ch/TC57/2015/${noun}#`
/** `WorkRequest` of `WorkRequests` and of `GetWorkRequests`. */
const objectOf = (noun: string) => noun.replace(/^Get/, '').replace(/s$/, '')

const DAY = 86_400_000
/** What a crew reports on its way, in order. */
const WAY = ['scheduled', 'inProgress', 'completed', 'closed']

function works(manner: Manner): Party<Jobs> {
  return {
    role: 'WMS',
    namespaces: NOUNS.flatMap((it) => [nsOf(it), nsOf(`Get${it}`)]),
    start: new Map(),
    takes: {
      ...Object.fromEntries(
        NOUNS.flatMap((it) => [
          [`create ${it}`, each(manner.refuses ? refuse : create, manner)],
          [`change ${it}`, each(change, manner)],
          [`cancel ${it}`, each(cancel, manner)],
          [`canceled ${it}`, givenUp],
          [`get Get${it}`, query],
        ]),
      ),
      'changed WorkRequests': designed,
    },
    wakes: Object.fromEntries(
      WAY.map((it) => [it, (jobs, key, tools) => gone(jobs, key, it, manner, tools)]),
    ),
  }
}

type One = (before: Job | undefined, asked: Node) => Job | Failure

/** The verbs of what is told of each. */
const TOLD: Readonly<Record<string, string>> = {
  create: 'created',
  change: 'changed',
  cancel: 'canceled',
}

function each(one: One, manner: Manner) {
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
    const sends = made.length === 0 ? [] : [tellOf(told, TOLD[verb] ?? verb, tools)]
    const payload = verb === 'create' && made.length > 0 ? told : undefined
    const isBegun = verb === (manner.begins === 'changed' ? 'change' : 'create')
    const begun = manner.begins !== 'never' && isBegun ? made : []
    return {
      ...{ state: jobs, failures, isPartly: made.length > 0, payload },
      sends: [...sends, ...(verb === 'create' ? designs(made, manner, tools) : [])],
      wakes: begun.filter((it) => isFree(noun, it)).map((it) => next(`${noun} ${idOf(it)}`, 0)),
    }
  }
}

function idOf(it: Node): string {
  return textAt(it, 'mRID') ?? ''
}

function tellOf(told: Node, verb: string, tools: Tools, ...words: readonly string[]): Sent {
  const ids = textsAt(told, '*/mRID')
  return { to: 'CIS', message: eventOf('WMS', verb, told, tools, ...ids, tools.now, ...words) }
}

/** Engineering comes before work on a request; an order has no such gate. */
function isFree(noun: string, it: Node): boolean {
  return noun !== 'WorkRequests' || !textsAt(it, 'Work/statusKind').includes('waitingOnApproval')
}

function next(key: string, step: number): Wake {
  return { afterMs: DAY, word: `${WAY[step] ?? ''} ${key}` }
}

function designs(made: readonly Node[], { hasDesigned }: Manner, tools: Tools): readonly Sent[] {
  const open = made.filter((it) => hasDesigned && !isFree('WorkRequests', it))
  return open.map((it) => {
    const content = element(it.ns, 'WorkRequests', [it])
    return { to: 'ENG', message: requestOf('WMS', 'create', content, tools, idOf(it)) }
  })
}

/** What Engineering says of work that it was asked about. */
function designed(before: Jobs, { noun, content }: Ask, tools: Tools): Done<Jobs> {
  const asked = find(content, 'WorkRequest')
  const failures = asked.filter((it) => !before.has(`${noun} ${idOf(it)}`))
  if (failures.length > 0)
    return { state: before, failures: failures.map((it) => ({ ...UNKNOWN, id: idOf(it) })) }
  const jobs = new Map(before)
  for (const it of asked) {
    const isCancelled = textsAt(it, 'Work/statusKind').includes('cancelled')
    jobs.set(`${noun} ${idOf(it)}`, { object: it, isCancelled })
  }
  const free = asked.filter((it) => jobs.get(`${noun} ${idOf(it)}`)?.isCancelled === false)
  return {
    state: jobs,
    sends: [tellOf(element(nsOf(noun), noun, asked), 'changed', tools)],
    wakes: free.map((it) => next(`${noun} ${idOf(it)}`, 0)),
  }
}

/** Whoever has ordered it has given it up: that is news, and nobody has to be told. */
function givenUp(before: Jobs, { noun, content }: Ask): Done<Jobs> {
  const asked = textsAt(content, `${objectOf(noun)}/mRID`)
  const known = asked.flatMap((it) => {
    const job = before.get(`${noun} ${it}`)
    return job === undefined ? [] : [[`${noun} ${it}`, { ...job, isCancelled: true }] as const]
  })
  const failures = asked
    .filter((it) => !before.has(`${noun} ${it}`))
    .map((id) => ({ ...UNKNOWN, id }))
  return { state: new Map([...before, ...known]), failures, isPartly: known.length > 0 }
}

/** A crew comes one step further; what was cancelled rests. */
function gone(
  jobs: Jobs,
  key: string,
  status: string,
  { finds, closings }: Manner,
  tools: Tools,
): Pick<Done<Jobs>, 'state' | 'sends' | 'wakes'> {
  const job = jobs.get(key)
  if (job === undefined || job.isCancelled) return { state: jobs }
  const [noun = ''] = key.split(' ')
  const isClosed = status === 'closed'
  const before = [...jobs.values()].filter(
    (it) => find(it.object, 'Work/ActivityRecords').length > 0,
  )
  const outcome = noun === 'WorkRequests' ? undefined : (finds[before.length] ?? 'verified')
  const object = withStatus(job.object, status, tools, isClosed ? outcome : undefined)
  const told = element(nsOf(noun), noun, [object])
  const times = isClosed ? Array.from({ length: closings }, (_it, at) => String(at)) : ['0']
  const verb = isClosed ? 'closed' : 'changed'
  return {
    state: new Map([...jobs, [key, { ...job, object }]]),
    sends: times.map((it) => tellOf(told, verb, tools, status, it)),
    wakes: isClosed ? [] : [next(key, WAY.indexOf(status) + 1)],
  }
}

function identified(asked: Node, mRID: string): Node {
  const rest = asked.children.filter((it) => it.name !== 'mRID')
  return { ...asked, children: [element(asked.ns, 'mRID', mRID), ...rest] }
}

function refuse(): Failure {
  return { code: '5.7', reason: 'No work can be taken at present.' }
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
  return { ...before, children: inOrder([...kept, ...added]) }
}

/** The work that is named, by mRID. */
function query(jobs: Jobs, { noun, content }: Ask): Done<Jobs> {
  const [of, object] = [noun.replace(/^Get/, ''), objectOf(noun)]
  const asked = textsAt(content, `${object}/mRID`)
  const found = asked.flatMap((it) => jobs.get(`${of} ${it}`)?.object ?? [])
  const failures = asked
    .filter((it) => !jobs.has(`${of} ${it}`))
    .map((id): Failure => ({ ...UNKNOWN, id }))
  const payload = found.length === 0 ? undefined : element(nsOf(of), of, found)
  return { state: jobs, failures, isPartly: found.length > 0, payload }
}

const WORKING: Manner = {
  ...{ begins: 'at once', finds: [], closings: 1, hasDesigned: false, refuses: false },
}

/** What it takes, as a table. */
export const WORKS: Party<Jobs> = works(WORKING)

/** The reference peer. */
export const WORK_MANAGEMENT = peerOf(WORKS)

/** The reference peer as it can be, too. */
export const WORK_MANNERS: Readonly<Record<string, Peer>> = {
  'does not begin': peerOf(works({ ...WORKING, begins: 'never' })) as Peer,
  'begins when it is changed': peerOf(works({ ...WORKING, begins: 'changed' })) as Peer,
  'finds another installation at first': peerOf(works({ ...WORKING, finds: ['failed'] })) as Peer,
  'closes twice': peerOf(works({ ...WORKING, closings: 2 })) as Peer,
  refuses: peerOf(works({ ...WORKING, refuses: true })) as Peer,
  'has it designed': peerOf(works({ ...WORKING, hasDesigned: true })) as Peer,
}
