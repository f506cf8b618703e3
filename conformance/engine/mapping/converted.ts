// Where rules of a product refuse every sample of a noun, its mapping shows all the same: POST /api/v1/convert knows no rules.

import type { Json, JsonObject } from '../../../src/index.ts'
import { ledgerFindings } from '../../checks/mapping.ts'
import { find } from '../../find.ts'
import { uuidOf } from '../../ids.ts'
import { isObject, thingOfJson, thingOfNode } from '../../mapping/thing.ts'
import type { Thing } from '../../mapping/thing.ts'
import { treeOf } from '../../mapping/tree.ts'
import type { LedgerLine } from '../../results-shape.ts'
import type { Observation } from '../../finding.ts'
import type { Node } from '../../xml.ts'
import { called } from './call.ts'
import type { Called } from './call.ts'
import { requestOf } from './from-xml.ts'
import { arraysIn, compared, freshIn, isRight, linesOf, lostIn } from './noted.ts'
import type { At, Noted } from './noted.ts'
import { renamed } from './samples.ts'

/** There and back, twice. */
export interface Converted {
  readonly there: Noted
  readonly back: Noted
}

/** JSON → XML → JSON; undefined where the product does not convert. */
export async function convertedOut(at: At): Promise<Converted | undefined> {
  const { subject } = at
  const content = await hardest('converted', at)
  const from = thingOfJson(subject.noun, content, `/${subject.noun}`)
  const xml = await inXml(messageOf(content, at), 'xml-out-converted', at)
  if (xml === undefined) return undefined
  const there = notedOf(from, thingIn(xml.payload), 'json-to-xml', xml, at)
  const json = await inJson(xml.call.bytes, 'json-back-converted', at)
  if (json === undefined) return undefined
  const back = notedOf(from, thingOf(json.content, at), 'json-to-json', json, at, there)
  return { there, back }
}

/** XML → JSON → XML; undefined where the product does not convert. */
export async function convertedIn(out: Noted, at: At): Promise<Converted | undefined> {
  const { subject, playing, scenario } = at
  const content = await hardest('converted-xml', at)
  const payload = treeOf(subject.noun, content, subject.ns, subject.schema)
  const messageID = uuidOf(playing.seed, scenario, 'converted')
  const json = await inJson(requestOf(payload, messageID, playing), 'json-out-converted', at)
  if (json === undefined) return undefined
  const from = thingIn(payload)
  const there = notedOf(from, thingOf(json.content, at), 'xml-to-json', json, at)
  const xml = await inXml(json.message, 'xml-back-converted', at)
  if (xml === undefined) return undefined
  const back = notedOf(from, thingIn(xml.payload), 'xml-to-xml', xml, at, out, there)
  return { there, back }
}

/** The first that the schema admits. */
async function hardest(word: string, at: At): Promise<JsonObject> {
  const { subject, playing } = at
  const all = subject.contents.map((it) => renamed(it, playing.seed, subject.noun, word))
  for (const it of all) if (await isRight(it, at)) return it
  return all.at(-1) ?? {}
}

function messageOf(content: JsonObject, { subject, playing }: At): JsonObject {
  const id = uuidOf(playing.seed, subject.noun, 'converted')
  const header = { Verb: 'create', Noun: subject.noun, Timestamp: playing.now(), MessageID: id }
  const payload = { [subject.noun]: { '@xmlns': subject.ns, ...content } }
  return { message: 'RequestMessage', header, payload }
}

interface Came {
  readonly step: string
  readonly file: string
  readonly observations: readonly Observation[]
}

async function inXml(
  json: JsonObject,
  step: string,
  at: At,
): Promise<
  (Came & { readonly payload: Node; readonly call: { readonly bytes: Uint8Array } }) | undefined
> {
  const call = await convert({ json }, 'xml', step, at)
  if (call?.said.kind !== 'answered') return undefined
  const { bytes } = call.said
  const { root, observations } = await at.playing.judge(bytes)
  const payload = find(root, 'Payload/*')[0]
  return payload === undefined
    ? undefined
    : { step, file: call.file, observations, payload, call: { bytes } }
}

async function inJson(
  xml: Uint8Array,
  step: string,
  at: At,
): Promise<(Came & { readonly content: JsonObject; readonly message: JsonObject }) | undefined> {
  const call = await convert({ xml }, 'json', step, at)
  const message = call?.body
  const payload = isObject(message) ? message['payload'] : undefined
  const content = isObject(payload) ? payload[at.subject.noun] : undefined
  if (call === undefined || !isObject(message) || !isObject(content)) return undefined
  return { step, file: call.file, observations: arraysIn(content, at.subject), content, message }
}

async function convert(
  what: { readonly json: Json } | { readonly xml: Uint8Array },
  to: string,
  step: string,
  { scenario, playing }: At,
): Promise<Called | undefined> {
  const ask = { method: 'POST', path: `/api/v1/convert?to=${to}`, ...what }
  const call = await called({ scenario, step }, ask, playing)
  return call.said.kind === 'answered' && call.said.status === 200 ? call : undefined
}

function thingIn(payload: Node): Thing {
  return thingOfNode(payload, `/${payload.name}`)
}

function thingOf(content: JsonObject, { subject }: At): Thing {
  return thingOfJson(subject.noun, content, `/${subject.noun}`)
}

/** @param before what is lost already: then it is a way back */
function notedOf(
  from: Thing,
  to: Thing,
  direction: LedgerLine['direction'],
  { step, file, observations }: Came,
  at: At,
  ...before: readonly Noted[]
): Noted {
  const all = compared(from, to, at)
  const isBack = before.length > 0
  const entries = isBack ? freshIn(all, ...before.map((it) => it.lost)) : all
  const under = direction === 'json-to-json' ? 'MAP-16' : isBack ? 'MAP-17' : undefined
  const findings = [...observations, ...ledgerFindings(entries, under)]
  const layers = direction.endsWith('xml')
    ? (['L1', 'L2', 'L3', 'L4', 'L5', 'L8'] as const)
    : (['L8'] as const)
  const own = { notRun: undefined, isAsExpected: true, undecided: undefined, shows: layers }
  return {
    seen: [{ step, observations: findings, reply: file, ...own }],
    ledger: linesOf(entries, { scenario: at.scenario, step, direction }),
    lost: lostIn(entries),
  }
}
