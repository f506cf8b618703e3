// One request to a façade, with everything that passed for it on both sides, taken down and judged.

import type { Json } from '../../../src/index.ts'
import { readJson, writeJson } from '../../../src/index.ts'
import { asked } from '../../checks/checks.ts'
import type { Due, Facade, FacadeCheck } from '../../checks/facade.ts'
import { TRANSPORT_CHECKS } from '../../checks/transport.ts'
import type { Layer } from '../../layer.ts'
import { isPart } from '../../transport/answer.ts'
import type { Bridge, Delivered, Said } from '../../transport/bridge.ts'
import type { Judged } from '../judge.ts'
import type { Foundations } from './ground.ts'
import type { Nouns } from './samples.ts'
import type { Seen } from '../seen.ts'
import type { Wire } from '../wire.ts'

/** What a gateway is tested with. */
export interface Translating {
  readonly bridge: Bridge
  /** L1 to L5 of a message */
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly wire: Wire
  readonly seed: string
  /** ISO 8601 with Z */
  readonly now: () => string
  /** longest time for a message to reach the other side */
  readonly waitMs: number
  readonly checks: readonly FacadeCheck[]
  readonly foundations: Foundations
  readonly nouns: Nouns
}

/** Where a request belongs. */
export interface Where {
  readonly scenario: string
  readonly step: string
}

/** A request that was made. */
export interface Called {
  readonly said: Said
  /** file of the answer; empty where none came */
  readonly file: string
  readonly body: Json | undefined
  readonly delivered: readonly Passing[]
}

/** A message on the other side. */
export interface Passing extends Delivered {
  readonly judged: Judged
  readonly file: string
}

const JSON_TYPE = 'application/json'
const NO_BODY = { contentType: '', bytes: new Uint8Array() }

/** Asks, and takes down what passes until the answer is there. */
export async function called(
  where: Where,
  ask: {
    readonly method: string
    readonly path: string
    readonly json?: Json
    readonly xml?: Uint8Array
  },
  { bridge, judge, wire }: Translating,
): Promise<Called> {
  bridge.delivered()
  const { method, path, json } = ask
  const bytes = ask.xml ?? (json === undefined ? undefined : octets(writeJson(json)))
  const contentType = ask.xml === undefined ? JSON_TYPE : 'application/xml'
  const from = ask.xml === undefined ? 'VENDOR' : 'CIM'
  const line = `${method} ${path}`
  const sent = bytes === undefined ? NO_BODY : { contentType, bytes }
  wire.add({ ...where, ...sent, asked: line, status: null, direction: 'request', from, to: 'GW' })
  const said = await bridge.ask({
    method,
    path,
    ...(bytes === undefined ? {} : { bytes, contentType }),
  })
  const delivered: Passing[] = []
  for (const it of bridge.delivered()) delivered.push(await passing(where, it, { judge, wire }))
  if (said.kind !== 'answered' && !isPart(said))
    return { said, file: '', body: undefined, delivered }
  const { status, contentType: type, bytes: came } = said
  const answer = { status, contentType: type, bytes: came }
  const { file } = wire.add({ ...where, ...answer, direction: 'reply', from: 'GW', to: from })
  if (said.kind !== 'answered') return { said, file, body: undefined, delivered }
  const read = readJson(new TextDecoder().decode(said.bytes))
  return { said, file, body: 'value' in read ? read.value : undefined, delivered }
}

/** A message on the other side, taken down with its answer. */
export async function passing(
  { scenario, step }: Where,
  it: Delivered,
  { judge, wire }: Pick<Translating, 'judge' | 'wire'>,
): Promise<Passing> {
  const place = { scenario, step: `${step}-cim`, from: 'GW', to: 'CIM' }
  const { bytes, contentType, answer } = it
  const { file } = wire.add({ ...place, status: null, contentType, bytes, direction: 'request' })
  const back = { scenario, step: `${step}-cim`, from: 'CIM', to: 'GW', status: 200 }
  if (answer.length > 0)
    wire.add({ ...back, contentType: 'application/xml', bytes: answer, direction: 'reply' })
  return { ...it, judged: await judge(bytes), file }
}

/** What a façade answered, judged against what is due. */
export function seenOf(
  { step }: Where,
  { said, file, body, delivered }: Called,
  due: Due,
  { checks }: Pick<Translating, 'checks'>,
): Seen {
  const own = { step, notRun: undefined, reply: file, shows: ['L0', 'L8'] as readonly Layer[] }
  const reached = asked(
    TRANSPORT_CHECKS.filter((it) => ['TRN-01', 'XML-02'].includes(it.requirement)),
    said,
  )
  if (said.kind !== 'answered')
    return {
      ...own,
      isAsExpected: false,
      observations: reached.observations,
      undecided: reached.broken,
    }
  const facts: Facade = {
    ...{ status: said.status, contentType: said.contentType, headers: said.headers, body, due },
    passed: delivered.flatMap(({ judged }) => (judged.root === undefined ? [] : [judged.root])),
  }
  const { observations, broken } = asked(checks, facts)
  const isAsExpected = observations.length === 0 && broken === undefined
  return { ...own, isAsExpected, observations, undecided: broken }
}

/** A text in UTF-8. */
export function octets(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
