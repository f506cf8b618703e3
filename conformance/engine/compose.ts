// Writes the messages of a script. A payload is a file with places in double braces; the header is written here; what is
// wrong in a message on purpose is an edit of the written text, so that a reader sees exactly what is sent.

import { nameOf, uuidOf } from '../ids.ts'
import type { Step } from '../shapes.ts'
import { KINDS, NOTHING_KNOWN } from './known.ts'
import type { KindName, Known, MadeUp } from './known.ts'

/** What a message is written from, besides its step. */
export interface Writing {
  readonly seed: string
  readonly scenario: string
  readonly source: string
  /** ISO 8601 with Z */
  readonly now: string
  /** when the case has begun; by default it is the same */
  readonly begun?: string
  /** texts that replies before have had, by their names */
  readonly captured: Readonly<Record<string, string>>
  /** the text of a file of payloads/ */
  readonly payload: (name: string) => string
  /** what the product knows before; by default nothing */
  readonly known?: Known
  /** where the tester listens for answers that come later; by default nowhere */
  readonly replyAddress?: string
}

/** A message that is ready to be sent. */
export interface Composed {
  readonly xml: string
  readonly messageID: string
  readonly correlationID: string
  /** what it refers to, and nobody has named */
  readonly madeUp: readonly MadeUp[]
}

/** In the order of the schema. */
const HEADER_ORDER = [
  ...[
    'Verb',
    'Noun',
    'Revision',
    'ReplayDetection',
    'Context',
    'Timestamp',
    'Source',
    'AsyncReplyFlag',
  ],
  ...['ReplyAddress', 'AckRequired', 'User', 'MessageID', 'CorrelationID', 'Comment', 'Property'],
]
const NAMESPACE = 'http://iec.ch/TC57/2011/schema/message'

/** The message of a step. @throws a place that nothing fills, an edit whose text is not there exactly once */
export function compose(step: Step, writing: Writing): Composed {
  const { seed, scenario, source, now } = writing
  const messageID = uuidOf(seed, scenario, step.id, 'MessageID')
  if (step.message !== undefined) return numbered(step.message, messageID)
  const given = {
    Verb: step.verb,
    Noun: step.noun,
    Revision: '1.0',
    Timestamp: now,
    // Whoever sends under other credentials may be known by another name: those say who it is.
    ...(step.as === undefined ? { Source: source } : {}),
  }
  const madeUp: MadeUp[] = []
  const fill = fillOf(step, writing, (it) => madeUp.push(it))
  const header = {
    ...given,
    MessageID: messageID,
    CorrelationID: messageID,
    ...mapped(step.header ?? {}, fill),
  }
  const root = step.kind === 'event' ? 'EventMessage' : 'RequestMessage'
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${root} xmlns="${NAMESPACE}">`,
    '  <Header>',
    ...HEADER_ORDER.flatMap((it) => elementOf(it, header[it as keyof typeof header])),
    '  </Header>',
    ...(step.request === undefined ? [] : [`  <Request>${fill(step.request)}</Request>`]),
    ...(step.payload === undefined
      ? []
      : ['  <Payload>', fill(writing.payload(step.payload)).trimEnd(), '  </Payload>']),
    `</${root}>`,
    '',
  ].join('\n')
  const { CorrelationID: correlationID } = header
  return { xml: edited(xml, step, fill), messageID, correlationID, madeUp }
}

/**
 * What fills the places of a text that the script of a step has, as in its message.
 * @param note told of each object that has to be made up
 */
export function fillOf(
  step: Step,
  writing: Writing,
  note: (it: MadeUp) => void = () => undefined,
): (text: string) => string {
  const { seed, scenario, source, replyAddress = NOWHERE } = writing
  const messageID = uuidOf(seed, scenario, step.answers ?? step.id, 'MessageID')
  const ids = { MessageID: messageID, CorrelationID: messageID, Source: source }
  const values = { ...ids, ReplyAddress: replyAddress, ...writing.captured, ...step.with }
  return (text) => filled(text, values, { ...writing, note })
}

/** Nobody is called there: it stands in messages that are only looked at. */
const NOWHERE = 'http://localhost/later'

/** A message that is there, under ids of its own: what is wrong in it stays, also where that is one of them. */
function numbered(xml: string, messageID: string): Composed {
  const put = (text: string, name: string) =>
    text.replace(
      new RegExp(`(<${name}(?:\\s[^>]*)?>)[^<]*\\S[^<]*(</${name}>)`),
      `$1${messageID}$2`,
    )
  const numberedXml = put(put(xml, 'MessageID'), 'CorrelationID')
  return { xml: numberedXml, messageID, correlationID: messageID, madeUp: [] }
}

function mapped(
  values: Readonly<Record<string, string>>,
  by: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, by(value)]))
}

function elementOf(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`    <${name}>${escaped(value)}</${name}>`]
}

type Values = Readonly<Record<string, string | number>>

interface Filling extends Writing {
  readonly note: (it: MadeUp) => void
}

/** `{{#members}}…{{/members}}` that many times, `{{@}}` in it its number; then every place. */
function filled(text: string, values: Values, writing: Filling): string {
  const repeated = text.replace(
    /\{\{#(\w+)\}\}\n?([\s\S]*?)\{\{\/\1\}\}\n?/g,
    (_all, name: string, body: string) =>
      Array.from({ length: timesOf(name, values) }, (_it, at) =>
        body.replaceAll('{{@}}', String(at + 1)),
      ).join(''),
  )
  // From the inside out: a place may say which other one is meant.
  let made = repeated
  while (PLACE.test(made))
    made = made.replaceAll(PLACES, (_all, place: string) =>
      escaped(valueOf(place, values, writing)),
    )
  return made
}

const PLACE = /\{\{([^{}]+)\}\}/
/** All that have none inside them, at once: a thousand members have a thousand places each. */
const PLACES = new RegExp(PLACE, 'g')

function timesOf(name: string, values: Values): number {
  const times = values[name]
  if (typeof times !== 'number') throw new Error(`{{#${name}}}: "with" has to say how many times`)
  return times
}

/**
 * `uuid NAME`, `name NAME`, `known UsagePoint NAME` of what the product knows before, `time 90` in minutes from now, `begun 90` from when the case has begun, which is the same in all
 * of its messages; or a value by its name.
 */
function valueOf(place: string, values: Values, writing: Filling): string {
  const { seed, scenario, now, begun = now } = writing
  const [kind, ...rest] = place.split(' ')
  const word = rest.join(' ')
  if (kind === 'uuid') return uuidOf(seed, scenario, word)
  if (kind === 'name') return nameOf(seed, scenario, word)
  if (kind === 'known') return referredTo(rest, writing)
  if (kind === 'time') return later(now, word)
  if (kind === 'begun') return later(begun, word)
  const value = values[place]
  if (value === undefined) throw new Error(`{{${place}}}: nothing says what stands there`)
  return String(value)
}

/** What nobody has named is made up, and noted. */
function referredTo([kind = '', ...words]: readonly string[], writing: Filling): string {
  const { seed, scenario, known = NOTHING_KNOWN, note } = writing
  if (!(kind in KINDS))
    throw new Error(`{{known ${kind}}}: kinds are ${Object.keys(KINDS).join(', ')}`)
  const [name, word] = [kind as KindName, words.join(' ')]
  const named = known(name, scenario, word)
  if (named !== undefined) return named
  const id = KINDS[name].madeUp(seed, scenario, word)
  note({ kind: name, id })
  return id
}

function later(than: string, minutes: string): string {
  return new Date(Date.parse(than) + Number(minutes) * 60_000).toISOString()
}

function edited(xml: string, { id, edits = [] }: Step, fill: (text: string) => string): string {
  return edits.reduce((text, { find, replace }) => {
    const [searched, put] = [fill(find), fill(replace)]
    const times = text.split(searched).length - 1
    if (times !== 1)
      throw new Error(
        `step ${id}: the text of an edit is there ${times} times, not once: ${searched}`,
      )
    return text.replace(searched, () => put)
  }, xml)
}

function escaped(text: string): string {
  return text.replace(/[&<>{}]/g, (it) => `&#${it.charCodeAt(0)};`)
}
