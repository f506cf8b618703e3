// A case of a status feed: what is changed over HTTP is heard over WebSocket. While an event is on its way nobody waits for the
// answer to the change: what it tells is asked for in the moment in which it comes.

import type { Json, JsonObject } from '../../src/index.ts'
import { writeJson } from '../../src/index.ts'
import { asked } from '../checks/checks.ts'
import { doorFindings, eventsIn, frameOf, seqOf } from '../checks/feed.ts'
import type { FeedCheck, Heard, Told } from '../checks/feed.ts'
import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { uuidOf } from '../ids.ts'
import { isFreeText } from '../mapping/hard.ts'
import { isArray, orderOf, under } from '../mapping/schema.ts'
import { isObject } from '../mapping/thing.ts'
import type { SocketCase } from '../shapes.ts'
import type { Bridge } from '../transport/bridge.ts'
import type { Feed, Listener } from '../transport/feed.ts'
import { renamed, resourceOf } from './mapping/samples.ts'
import type { Subject } from './mapping/samples.ts'
import type { Seen } from './seen.ts'
import type { Wire } from './wire.ts'

/** What a feed is tested with. */
export interface Feeding {
  readonly ask: Bridge['ask']
  readonly feed: Feed
  readonly wire: Wire
  readonly seed: string
  /** longest time for an event */
  readonly waitMs: number
  readonly checks: readonly FeedCheck[]
}

/** Plays it. */
export async function playSockets(
  it: SocketCase,
  subject: Subject,
  feeding: Feeding,
): Promise<readonly Seen[]> {
  const game: Game = { it, subject, feeding, log: [], sockets: new Map(), open: [], unmet: [] }
  const seen: Seen[] = []
  for (const step of it.steps) {
    if (step.do !== 'hear') await settled(game)
    seen.push(...(await played(step, game)))
  }
  await settled(game)
  for (const name of game.sockets.keys()) seen.push(...(await left(name, game)))
  return game.unmet.length === 0 ? seen : [...seen, stepOf('changes', game.unmet, '')]
}

type Step = SocketCase['steps'][number]

interface Game {
  readonly it: SocketCase
  readonly subject: Subject
  readonly feeding: Feeding
  /** changes that were asked for, in order */
  readonly log: (Told & { readonly text: string })[]
  readonly sockets: Map<string, Socket>
  /** changes whose answer is not there yet */
  readonly open: Promise<void>[]
  /** what went otherwise than the case needs */
  readonly unmet: Observation[]
}

interface Socket {
  readonly topics: string
  listener: Listener | undefined
  frames: string[]
  unread: string[]
  /** place in the log from which on it hears */
  from: number
  since: number | undefined
  readonly known: Set<number>
}

async function settled({ open }: Game): Promise<void> {
  await Promise.all(open.splice(0))
}

async function played(step: Step, game: Game): Promise<readonly Seen[]> {
  switch (step.do) {
    case 'listen':
      return listened(step, game)
    case 'leave':
      return left(step.socket, game)
    case 'hear':
      await heard(step, game)
      return []
    case 'create':
    case 'change':
    case 'delete':
      changed(step, game)
      return []
  }
}

async function listened(
  step: Extract<Step, { do: 'listen' }>,
  game: Game,
): Promise<readonly Seen[]> {
  const { it, feeding, log, sockets } = game
  const topics = step.topics.replace(/\{\{(\w+)\}\}/g, (_all, name: string) =>
    name === 'noun' ? it.noun : idOf(name, game),
  )
  const before = sockets.get(step.socket)
  const since = step.since === 'last' ? Math.max(0, ...(before?.known ?? [])) : undefined
  const nobody = step.as === 'nobody' ? { headers: {} } : {}
  const came = await feeding.feed({ topics, since, ...nobody })
  if (step.refused !== undefined) {
    const got = came.kind === 'refused' ? `HTTP ${came.status}` : came.kind
    if (came.kind === 'open') await came.listener.close()
    const requirement = it.requirements[0] ?? 'WSS-09'
    return [stepOf(`listen ${step.socket}`, doorFindings(requirement, step.refused, got), '')]
  }
  if (came.kind !== 'open') {
    const got = came.kind === 'refused' ? `HTTP ${came.status}` : came.why
    return [stepOf(`listen ${step.socket}`, [unanswered(got)], '')]
  }
  const first = await came.listener.next(feeding.waitMs)
  sockets.set(step.socket, {
    ...{ topics, listener: came.listener, frames: first === undefined ? [] : [first], unread: [] },
    ...{ from: since === undefined ? log.length : (before?.from ?? 0), since },
    known: before?.known ?? new Set(),
  })
  return []
}

function unanswered(got: string): Observation {
  const message = `Nobody can listen to WS /status: ${got}.`
  return observed('TRN-01', 'L0', { expected: 'a connection', got, message })
}

function stepOf(step: string, observations: readonly Observation[], reply: string): Seen {
  const own = { notRun: undefined, undecided: undefined, shows: ['L0', 'L6'] as const }
  return { step, isAsExpected: observations.length === 0, observations, reply, ...own }
}

/** The connection is closed, and judged. */
async function left(name: string, game: Game): Promise<readonly Seen[]> {
  const { feeding, sockets, log } = game
  const socket = sockets.get(name)
  if (socket?.listener === undefined) return []
  await rest(socket.listener, socket.frames, feeding.waitMs)
  await socket.listener.close()
  const due = log.slice(socket.from).filter((it) => matches(socket.topics, it))
  const facts: Heard = { ...socket, due }
  const { observations, broken } = asked(feeding.checks, facts)
  const bytes = new TextEncoder().encode(`${socket.frames.join('\n')}\n`)
  const contentType = 'application/x-ndjson+json'
  const place = { scenario: game.it.id, step: `listen ${name}`, from: 'GW', to: 'VENDOR' }
  const { file } = feeding.wire.add({
    ...place,
    direction: 'reply',
    status: null,
    contentType,
    bytes,
  })
  for (const it of eventsIn(socket.frames)) socket.known.add(seqOf(it))
  Object.assign(socket, { listener: undefined, frames: [], unread: [], from: log.length })
  return [{ ...stepOf(`listen ${name}`, observations, file), undecided: broken }]
}

/** What must not come gets a moment to come all the same. */
async function rest(listener: Listener, frames: string[], waitMs: number): Promise<void> {
  for (let count = 0; count < MOST; count += 1) {
    const more = await listener.next(Math.min(waitMs, QUIET_MS))
    if (more === undefined) return
    frames.push(more)
  }
}

/** for what must not come */
const QUIET_MS = 150
/** so many frames are read of it */
const MOST = 100

function matches(topics: string, { noun, subject }: Told): boolean {
  return topics.split(',').some((it) => it === `${noun}/*` || it === `${noun}/${subject}`)
}

/** Frames until as many events are there as are due; what each tells is asked for at once. */
async function heard({ socket: name, events }: Extract<Step, { do: 'hear' }>, game: Game) {
  const socket = game.sockets.get(name)
  if (socket?.listener === undefined) return
  for (let count = 0; count < events.length;) {
    const frame = await socket.listener.next(game.feeding.waitMs)
    if (frame === undefined) return
    socket.frames.push(frame)
    const it = frameOf(frame)
    if (it['type'] !== 'status') continue
    count += 1
    const unread = await unreadOf(it, game)
    if (unread !== undefined) socket.unread.push(unread)
  }
}

/** What is read instead of what an event tells; undefined = it is so, or something newer has happened. */
async function unreadOf(event: JsonObject, game: Game): Promise<string | undefined> {
  const { log, feeding, subject } = game
  const last = log.findLast((it) => it.subject === event['subject'])
  if (last === undefined || last.verb !== event['verb']) return undefined
  const path = `/api/v1/${resourceOf(subject.noun)}/${encodeURIComponent(last.subject)}`
  const said = await feeding.ask({ method: 'GET', path })
  if (said.kind !== 'answered') return undefined
  if (last.verb === 'deleted') return said.status === 404 ? undefined : `HTTP ${said.status}`
  if (said.status !== 200) return `HTTP ${said.status}`
  if (last.verb === 'created') return undefined
  const text = new TextDecoder().decode(said.bytes)
  return text.includes(JSON.stringify(last.text)) ? undefined : 'the object as it was before'
}

function idOf(object: string, { it, feeding }: Game): string {
  return uuidOf(feeding.seed, it.id, object)
}

const REQUESTS = {
  create: { method: 'POST', verb: 'created' },
  change: { method: 'PATCH', verb: 'changed' },
  delete: { method: 'DELETE', verb: 'deleted' },
} as const

/** Asks for a change, and does not wait for the answer. */
function changed(step: Extract<Step, { object: string }>, game: Game): void {
  const { subject, feeding, log, open, it } = game
  const { method, verb } = REQUESTS[step.do]
  const mRID = idOf(step.object, game)
  const text = `change ${log.length + 1}`
  const resource = `/api/v1/${resourceOf(subject.noun)}`
  const path = method === 'POST' ? resource : `${resource}/${encodeURIComponent(mRID)}`
  const json = method === 'DELETE' ? undefined : contentOf(subject, mRID, text, method)
  const isRefused = step.do === 'create' && step.isRefused === true
  if (!isRefused) log.push({ verb, noun: subject.noun, subject: mRID, text })
  open.push(
    (async () => {
      const bytes = json === undefined ? undefined : new TextEncoder().encode(writeJson(json))
      const contentType = 'application/json'
      const sent = bytes ?? new TextEncoder().encode(`${method} ${path}\n`)
      const place = { scenario: it.id, step: `${step.do} ${step.object}`, contentType }
      feeding.wire.add({
        ...place,
        direction: 'request',
        from: 'VENDOR',
        to: 'GW',
        status: null,
        bytes: sent,
      })
      const said = await feeding.ask({
        method,
        path,
        ...(bytes === undefined ? {} : { bytes, contentType }),
      })
      if (said.kind === 'answered')
        feeding.wire.add({
          ...{ ...place, direction: 'reply', from: 'GW', to: 'VENDOR' },
          ...{ status: said.status, contentType: said.contentType, bytes: said.bytes },
        })
      const isDone = said.kind === 'answered' && said.status < 300
      if (isDone === isRefused)
        game.unmet.push(
          otherwise(step, said.kind === 'answered' ? `HTTP ${said.status}` : said.kind),
        )
    })(),
  )
}

function otherwise(
  { do: what, object }: Extract<Step, { object: string }>,
  got: string,
): Observation {
  const message = `The case cannot be played: ${what} ${object} comes out otherwise than it has to.`
  return observed('MAP-23', 'L6', { expected: 'what the case needs', got, message })
}

/** An object of this mRID, with the text in a place that admits any. */
function contentOf(subject: Subject, mRID: string, text: string, method: string): JsonObject {
  const [name = '', value] = Object.entries(renamed(subject.least, mRID))[0] ?? []
  const [first] = Array.isArray(value) ? (value as readonly Json[]) : [value]
  const key = textKey(subject, name)
  const object =
    method === 'POST' && isObject(first) ? { ...first, mRID, [key]: text } : { [key]: text }
  return { [name]: Array.isArray(value) ? [object] : object }
}

function textKey({ schema }: Subject, name: string): string {
  const object = under(schema, { kind: 'element', name })
  const isText = (key: string) => {
    const of = under(object, { kind: 'element', name: key })
    return of !== undefined && !isArray(of) && isFreeText(of, key)
  }
  return orderOf(object).find((it) => !/^[@$#]/.test(it) && isText(it)) ?? 'description'
}
