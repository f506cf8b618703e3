// The tester as client: it sends the messages of a case, judges every reply, asks what has become of it, and at the end
// whether the target is still alive.

import { CHECKS, asked, askedOf, together } from '../checks/checks.ts'
import type { Asked, Checks } from '../checks/checks.ts'
import { isRepeatedNoun } from '../checks/exchange.ts'
import { find, textAt } from '../find.ts'
import type { Scenario, Step } from '../shapes.ts'
import { isPart } from '../transport/answer.ts'
import type { Answer, Transport } from '../transport/answer.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { bound, spokenIn } from './bound.ts'
import type { Spoken } from './bound.ts'
import { compose, fillOf } from './compose.ts'
import type { Composed } from './compose.ts'
import { SHOWS_IN_JSON, judgedInJson } from './facade-step.ts'
import type { Judged } from './judge.ts'
import { NOTHING_KNOWN, knownTo, refusedAsUnknown, unmade } from './known.ts'
import type { Known } from './known.ts'
import { isLater, laterAnswer, neverCame } from './later-step.ts'
import type { Seen } from './seen.ts'
import type { Wire } from './wire.ts'

/** What a case is played with. */
export interface Playing {
  /** L1 to L5 of what came back */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly transport: Transport
  readonly wire: Wire
  readonly seed: string
  /** name of the tester in Header/Source */
  readonly source: string
  /** ISO 8601 with Z */
  readonly now: () => string
  readonly payload: (name: string) => string
  /** MessageIDs that the target has used */
  readonly used: Set<string>
  /** what the target knows before */
  readonly known?: Known
  /** all, where nothing is said */
  readonly checks?: Checks
}

/** Plays the steps of a case in turn. A step whose forerunner could not be read or carried out is not sent. */
export async function play(scenario: Scenario, run: Playing): Promise<readonly Seen[]> {
  const { patient = run.transport } = run.transport
  const playing = scenario.isLarge === true ? { ...run, transport: patient } : run
  const memory: Memory = { captured: {}, sent: new Map(), asked: [], begun: playing.now() }
  const seen: Seen[] = []
  for (const step of scenario.steps) {
    const waits = forerunners(step, scenario, seen).find((it) => !it.isAsExpected)
    const lacks = lacking(step, scenario, memory)
    if (waits !== undefined)
      seen.push(notSent(step, `step ${waits.step} did not come out as expected`))
    else if (lacks !== undefined)
      seen.push(notSent(step, `no reply before has had what it needs as ${lacks}`))
    else seen.push(await playStep(step, scenario, memory, playing))
  }
  return playing.transport.isNormative === false
    ? seen.map((it) => ({ ...it, shows: SHOWS_IN_JSON }))
    : seen
}

/** What the steps of a case leave to those behind them. */
interface Memory {
  /** texts of replies, by the names that the script gives them */
  readonly captured: Record<string, string>
  readonly sent: Map<string, Composed>
  /** the same, as far as they can be read */
  readonly asked: (Node | undefined)[]
  /** when the case has begun */
  readonly begun: string
}

/** Steps that it depends on: those it names, else the one above. A probe is no forerunner. */
function forerunners(step: Step, { steps }: Scenario, seen: readonly Seen[]): readonly Seen[] {
  const above = steps
    .slice(0, steps.indexOf(step))
    .filter((it) => it.kind !== 'probe')
    .at(-1)
  const ids = step.after ?? (above === undefined ? [] : [above.id])
  return seen.filter((it) => ids.includes(it.step))
}

/** A name that the script gives to something of a reply, and that nothing has been found for. */
function lacking(step: Step, { steps }: Scenario, { captured }: Memory): string | undefined {
  const text = JSON.stringify({ ...step, capture: undefined })
  const names = steps.flatMap((it) => Object.keys(it.capture ?? {}))
  return names.find((it) => text.includes(`{{${it}}}`) && captured[it] === undefined)
}

function notSent(step: Step, why: string): Seen {
  return {
    step: step.id,
    notRun: why,
    isAsExpected: false,
    observations: [],
    undecided: undefined,
    reply: '',
  }
}

async function playStep(
  step: Step,
  scenario: Scenario,
  { captured, sent, asked: before, begun }: Memory,
  playing: Playing,
): Promise<Seen> {
  const { judge, transport, wire, seed, source, now, payload } = playing
  const nouns = scenario.steps.map((it) => it.noun)
  const known = knownTo(nouns, playing.known ?? NOTHING_KNOWN)
  const { later } = transport
  const writing = {
    seed,
    scenario: scenario.id,
    source,
    now: now(),
    begun,
    captured,
    payload,
    known,
    ...(later === undefined ? {} : { replyAddress: later.address }),
  }
  const composed = sent.get(step.answers ?? step.resend ?? '') ?? compose(step, writing)
  if (isLater(step)) return heardLater(step, scenario, { composed, before, writing }, playing)
  sent.set(step.id, composed)
  const bytes = new TextEncoder().encode(composed.xml)
  const request = readXml(bytes)
  before.push(request)
  const spoken = spokenIn(before)
  const onWire = transport.inCarrier?.(bytes) ?? { bytes, headers: {} }
  const { headers, asked: line, bytes: octets } = onWire
  const contentType = headers['Content-Type'] ?? (line === undefined ? 'application/xml' : '')
  const named = line === undefined ? {} : { asked: line }
  const place = { scenario: scenario.id, step: step.id, contentType, bytes: octets, ...named }
  wire.add({ ...place, direction: 'request', from: step.from, to: step.to, status: null })
  const answer = await transport.send(bytes, step.noun, step.as)
  const reply = tookDown(answer, step, scenario, wire)
  const message = messageIn(answer)
  const heard = message === undefined ? undefined : await judge(message)
  for (const [name, path] of Object.entries(step.capture ?? {})) {
    const text = textAt(heard?.root, path)
    if (text !== undefined) captured[name] = text
  }
  const isOwn = (step.edits ?? []).length > 0 || (step.message !== undefined && wantsRefusal(step))
  const fill = fillOf(step, writing)
  const open = refusedAsUnknown(step, heard?.root, unmade(composed.madeUp, nouns))
  if (transport.isNormative === false)
    return judgedInJson(step, { answer, heard, reply, fill, spoken, open }, playing.checks)
  const came = { answer, heard, reply, request, isOwn, composed, fill, spoken, open }
  return judgedStep(step, came, playing)
}

/** The answer to a request before it, as if it had come at once. */
async function heardLater(
  step: Step,
  scenario: Scenario,
  { composed, before, writing }: Awaited,
  playing: Playing,
): Promise<Seen> {
  const { transport, wire, judge } = playing
  const answer = await laterAnswer(transport, composed.correlationID)
  if (answer.kind !== 'answered') return neverCame(step, answer)
  const { status, contentType, bytes } = answer
  const place = { scenario: scenario.id, step: step.id, from: step.from, to: step.to }
  const { file } = wire.add({ ...place, direction: 'reply', status, contentType, bytes })
  const request = readXml(new TextEncoder().encode(composed.xml))
  const own = { request, isOwn: false, composed, fill: fillOf(step, writing) }
  const heard = await judge(bytes)
  const came = { answer, heard, reply: file, spoken: spokenIn(before), open: undefined, ...own }
  return judgedStep(step, came, playing)
}

/** What an answer that comes later is about. */
interface Awaited {
  /** the request */
  readonly composed: Composed
  readonly before: readonly (Node | undefined)[]
  readonly writing: Parameters<typeof fillOf>[1]
}

/** What came, or what it stands for. */
function messageIn(answer: Answer): Uint8Array | undefined {
  if (answer.kind !== 'answered') return undefined
  const { bytes, facade } = answer
  if (facade !== undefined) return facade.message
  return bytes.length > 0 ? bytes : undefined
}

function tookDown(answer: Answer, step: Step, scenario: Scenario, wire: Wire): string {
  if (answer.kind !== 'answered' && !isPart(answer)) return ''
  const { status, contentType, bytes } = answer
  const place = { scenario: scenario.id, step: step.id, status, contentType, bytes }
  return wire.add({ ...place, direction: 'reply', from: step.to, to: step.from }).file
}

interface Heard {
  readonly answer: Answer
  readonly heard: Judged | undefined
  readonly reply: string
  readonly request: Node | undefined
  /** the request is wrong on purpose: a fault may be right then */
  readonly isOwn: boolean
  readonly composed: Composed
  /** what the case has spoken of until now */
  readonly spoken: Spoken
  readonly fill: (text: string) => string
  /** why its refusal tells nothing */
  readonly open: string | undefined
}

function judgedStep(step: Step, it: Heard, { used, checks = CHECKS }: Playing): Seen {
  const root = it.heard?.root
  const isReadable = root !== undefined
  const expected = {
    answer: it.answer,
    reply: bound(it.heard, it.spoken),
    whole: root,
    fill: it.fill,
  }
  const expectations = askedOf(step.expect ?? [], expected, checks.expectation)
  const { observations, broken } = together([
    asked(checks.transport, it.answer),
    {
      observations: (it.heard?.observations ?? []).filter(
        (one) => !isRepeatedNoun(one, { request: it.request, reply: root }),
      ),
    },
    ...(isReadable ? [ofExchange(step, it, used, checks)] : []),
    ...(isReadable && it.open === undefined ? [expectations] : []),
  ])
  for (const id of find(root, 'Header/MessageID')) used.add(id.text)
  const isMet = expectations.observations.length === 0
  return {
    step: step.id,
    notRun: undefined,
    isAsExpected: it.answer.kind === 'answered' && isMet && isReadable && it.open === undefined,
    observations,
    ...(it.open === undefined ? {} : { open: it.open }),
    undecided: it.heard?.undecided ?? broken,
    reply: it.reply,
    isUnread: !isReadable && !(wantsRefusal(step) && isRefusal(it.answer)),
  }
}

function ofExchange(step: Step, it: Heard, used: ReadonlySet<string>, checks: Checks): Asked {
  const request = it.isOwn ? undefined : it.request
  const { messageID, correlationID } = it.composed
  // What is repeated may be answered by the very same reply.
  const seen = step.resend === undefined ? used : new Set<string>()
  return asked(checks.exchange, { request, messageID, correlationID, reply: it.heard?.root, seen })
}

/** One of the transport shows by its status, whatever can be read. */
function isRefusal(answer: Answer): boolean {
  return answer.kind === 'answered' && answer.status >= 400
}

function wantsRefusal({ expect = [] }: Step): boolean {
  return expect.some((it) => it.refused === true)
}
