// What somebody hears who listens to a status feed, against what has happened. Each check is a function of one connection, with
// the requirement it is for.

import { readJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import { observed } from '../finding.ts'
import type { Check, Observation } from '../finding.ts'
import { isObject } from '../mapping/thing.ts'

/** A change, as an event has to tell it. */
export interface Told {
  readonly verb: string
  readonly noun: string
  readonly subject: string
}

/** A connection from its beginning to its end. */
export interface Heard {
  /** as they came */
  readonly frames: readonly string[]
  /** what has happened in its topics since it asked, in order */
  readonly due: readonly Told[]
  /** that it came back with; undefined = it came for the first time */
  readonly since: number | undefined
  /** of events that were heard before */
  readonly known: ReadonlySet<number>
  /** of each event, what was read when it came; undefined = it was as told */
  readonly unread: readonly string[]
}

/** One of them. */
export type FeedCheck = Check<Heard>

/** All, in the order in which they are printed. */
export const FEED_CHECKS: readonly FeedCheck[] = [
  { requirement: 'WSS-01', judge: tooEarly },
  { requirement: 'WSS-02', judge: missed },
  { requirement: 'WSS-03', judge: outOfOrder },
  { requirement: 'WSS-05', judge: otherEvents },
  { requirement: 'WSS-06', judge: noHello },
  { requirement: 'WSS-07', judge: lacking },
  { requirement: 'WSS-08', judge: repeated },
]

/** A refusal to listen is judged when it comes. */
export const DOOR_REQUIREMENTS: readonly string[] = ['WSS-04', 'WSS-09']

/** What a listener was answered who had to be refused. */
export function doorFindings(
  requirement: string,
  refused: readonly number[],
  got: string,
): readonly Observation[] {
  if (refused.some((it) => got === `HTTP ${it}`)) return []
  const message = 'Who has to be refused when he connects is not.'
  return found(requirement, `HTTP ${refused.join(' or ')}`, got, message)
}

/** A frame as an object; empty where it is none. */
export function frameOf(text: string): JsonObject {
  const read = readJson(text)
  return 'value' in read && isObject(read.value) ? read.value : {}
}

/** Its number. */
export function seqOf(frame: JsonObject): number {
  const seq = frame['seq']
  return typeof seq === 'number' ? seq : -1
}

/** Events, without what stands around them. */
export function eventsIn(frames: readonly string[]): readonly JsonObject[] {
  return frames.map(frameOf).filter((it) => it['type'] === 'status')
}

function found(
  requirement: string,
  expected: string,
  got: string,
  message: string,
): readonly Observation[] {
  return [observed(requirement, 'L6', { expected, got, message })]
}

function tooEarly({ unread }: Heard): readonly Observation[] {
  return unread.flatMap((it) =>
    found('WSS-01', 'what the event tells', it, 'An event comes before what it tells can be read.'),
  )
}

function nameOf(it: Told | JsonObject): string {
  const of = (name: keyof Told) => {
    const value: Json | undefined = (it as Readonly<Record<string, Json>>)[name]
    return typeof value === 'string' ? value : '?'
  }
  return `${of('verb')} ${of('noun')}/${of('subject')}`
}

/** Those that were heard before do not count. */
function fresh({ frames, known }: Heard): readonly string[] {
  const events = eventsIn(frames)
  return events.filter((it, at) => !known.has(seqOf(it)) && isFirst(it, at, events)).map(nameOf)
}

function isFirst(it: JsonObject, at: number, events: readonly JsonObject[]): boolean {
  return seqOf(it) < 0 || events.findIndex((one) => seqOf(one) === seqOf(it)) === at
}

function gone(it: Heard): readonly string[] {
  const left = [...fresh(it)]
  return it.due.map(nameOf).filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function missed(it: Heard): readonly Observation[] {
  const lost = it.since === undefined ? [] : gone(it)
  if (lost.length === 0) return []
  const message = 'What has happened while nobody listened does not come after the reconnect.'
  return found('WSS-02', lost.join(', '), 'nothing', message)
}

function outOfOrder(it: Heard): readonly Observation[] {
  const events = eventsIn(it.frames).filter((one, at, all) => isFirst(one, at, all))
  const falls = events.find((one, at) => at > 0 && seqOf(one) <= seqOf(events[at - 1] ?? {}))
  if (falls !== undefined)
    return found(
      'WSS-03',
      'a seq that is higher',
      String(seqOf(falls)),
      'The numbers of events do not rise.',
    )
  const torn = events.find((one, at) => at > 0 && one['prev'] !== seqOf(events[at - 1] ?? {}))
  if (torn !== undefined) {
    const due = seqOf(events[events.indexOf(torn) - 1] ?? {})
    const message = 'prev is not the seq of the event before it, so that a gap cannot be seen.'
    return found('WSS-03', `prev ${due}`, `prev ${String(torn['prev'])}`, message)
  }
  const [due, got] = [it.due.map(nameOf), fresh(it)]
  const isSameSet = due.length === got.length && [...due].sort().join() === [...got].sort().join()
  if (!isSameSet || due.join() === got.join()) return []
  return found(
    'WSS-03',
    due.join(', '),
    got.join(', '),
    'Events come in another order than their changes.',
  )
}

function otherEvents(it: Heard): readonly Observation[] {
  const left = it.due.map(nameOf)
  const extra = fresh(it).filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const lost = it.since === undefined ? gone(it) : []
  const message =
    lost.length > 0
      ? 'A change that was accepted is no event.'
      : 'An event tells what has not happened.'
  if (lost.length === 0 && extra.length === 0) return []
  return found('WSS-05', lost.join(', ') || 'no event', extra.join(', ') || 'nothing', message)
}

function noHello({ frames: [first] }: Heard): readonly Observation[] {
  const hello = first === undefined ? {} : frameOf(first)
  const isRight =
    hello['type'] === 'hello' &&
    typeof hello['seq'] === 'number' &&
    typeof hello['oldest'] === 'number'
  if (isRight) return []
  const message = 'What comes first is no hello with seq and oldest.'
  return found(
    'WSS-06',
    '{"type":"hello","seq":…,"oldest":…}',
    first?.slice(0, 120) ?? 'nothing',
    message,
  )
}

const FIELDS = [
  'seq',
  'prev',
  'revision',
  'at',
  'noun',
  'verb',
  'subject',
  'state',
  'result',
  'code',
]

function lacking({ frames }: Heard): readonly Observation[] {
  return eventsIn(frames).flatMap((it) => {
    const lacks = FIELDS.filter((one) => it[one] === undefined || it[one] === '')
    const at = it['at']
    const isInstant = typeof at === 'string' && /T.*(Z|[+-]\d\d:\d\d)$/.test(at)
    if (lacks.length === 0 && isInstant) return []
    const got = lacks.length > 0 ? `none of ${lacks.join(', ')}` : `at ${String(at)}`
    return found('WSS-07', FIELDS.join(', '), got, 'An event does not say all that it has to.')
  })
}

function repeated({ frames, known }: Heard): readonly Observation[] {
  const events = eventsIn(frames)
  const again = events.find(
    (it, at) => seqOf(it) >= 0 && (known.has(seqOf(it)) || !isFirst(it, at, events)),
  )
  if (again === undefined) return []
  return found(
    'WSS-08',
    'each event once',
    `${nameOf(again)} again`,
    'An event comes a second time.',
  )
}
