// For tests only: one request over all three ways, POST /cim, SOAP and the façade, and the refusals as each of them says it.

import * as assert from 'uvu/assert'
import { openFixture } from '../../gateway/gateway.fixture.ts'
import type { Fixture, Options } from '../../gateway/gateway.fixture.ts'
import { contentsOf, rootsOf } from '../../gateway/content.ts'
import { isUuid } from '../../gateway/identity.ts'
import { resourceOf } from '../../gateway/nouns.ts'
import { businessRule } from '../rules/index.ts'
import { isObject, member, readJson, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'

/** What somebody asks for. */
export interface Wish {
  readonly verb: string
  readonly noun: string
  /** of an object that is there, its mRID is enough for cancel, close and delete */
  readonly object: JsonObject
}

/** A refusal, however it was said. */
export interface Said {
  readonly code: string
  readonly rule: string
  /** the objects that it names, each once */
  readonly ids: readonly string[]
}

/** A gateway with its three ways. */
export interface Ways {
  readonly gateway: Fixture
  /** Over POST /cim; fails the test unless it is answered OK. */
  readonly ok: (wish: Wish) => Promise<JsonObject>
  /** An event; fails the test unless it is answered OK. */
  readonly told: (wish: Wish) => Promise<JsonObject>
  /** Over all three ways: the same refusal, and nothing has changed. */
  readonly refused: (wish: Wish) => Promise<Said>
  /** Over POST /cim alone. */
  readonly sent: (wish: Wish) => Promise<JsonObject>
  /** The message as it would be sent. */
  readonly xmlOf: (wish: Wish) => string
  readonly stored: (noun: string, mRID: string) => Promise<{ state: string; object: JsonObject }>
  readonly json: (method: string, path: string, body?: Json) => Promise<Answered>
}

/** What the façade answers. */
export interface Answered {
  readonly status: number
  readonly json: Json
}

/** Opens a gateway; close it in `after`. */
export async function openWays(options: Options = {}): Promise<Ways> {
  const gateway = await openFixture(options)
  const contentOf = contentsOf(gateway.schemas)
  let count = 0

  function message({ verb, noun, object }: Wish): JsonObject {
    count += 1
    const MessageID = `0a0b0c0d-0000-4000-8000-${String(count).padStart(12, '0')}`
    const kind = /ed$/.test(verb) ? 'EventMessage' : 'RequestMessage'
    const Timestamp = '2026-07-14T08:00:00Z'
    const header = { Verb: verb, Noun: noun, Timestamp, MessageID, CorrelationID: MessageID }
    return { message: kind, header, payload: payloadOf({ verb, noun, object }) }
  }

  function payloadOf({ verb, noun, object }: Wish): JsonObject {
    const mRID = String(member(object, 'mRID'))
    if (noun === 'OperationSet') return { [noun]: object }
    if (['cancel', 'close', 'delete', 'get'].includes(verb) && 'mRID' in object)
      return { ID: [{ '@kind': isUuid(mRID) ? 'uuid' : 'other', $: mRID }] }
    const content = contentOf(noun)
    assert.ok(content, noun)
    return { [noun]: rootsOf([object], content)[0] ?? {} }
  }

  function xmlOf(wish: Wish): string {
    const { xml, issues } = messageFromJson(message(wish), gateway.schemas)
    assert.equal(issues, [])
    return xml
  }

  async function sent(wish: Wish): Promise<JsonObject> {
    return (await gateway.send(xmlOf(wish))).json
  }

  async function ok(wish: Wish): Promise<JsonObject> {
    const reply = await gateway.send(xmlOf(wish))
    assert.is(reply.result, 'OK', reply.text)
    assert.is(reply.judged.verdict, 'valid', reply.text)
    return reply.json
  }

  async function json(method: string, path: string, body?: Json): Promise<Answered> {
    const headers = { 'content-type': 'application/json' }
    const [plain = '', query = ''] = path.split('?')
    const how = {
      headers,
      query: Object.fromEntries(new URLSearchParams(query)),
      ...(body === undefined ? {} : { body: writeJson(body) }),
    }
    const answer = await gateway.ask(method, `/api/v1/${plain}`, how)
    const read = readJson(answer.text)
    return { status: answer.status, json: 'value' in read ? read.value : null }
  }

  /** What no path of the façade stands for is sent as a whole message. */
  async function whole(wish: Wish): Promise<Answered> {
    const headers = { 'content-type': 'application/json' }
    const answer = await gateway.ask('POST', '/cim', { headers, body: writeJson(message(wish)) })
    const read = readJson(answer.text)
    const reply = 'value' in read ? member(read.value, 'reply') : undefined
    return { status: answer.status, json: reply ?? null }
  }

  function overJson({ verb, noun, object }: Wish): Promise<Answered> {
    if (noun === 'OperationSet') return whole({ verb, noun, object })
    const { mRID, ...rest } = object
    const one = `${resourceOf(noun)}/${String(mRID)}`
    switch (verb) {
      case 'create':
        return json('POST', resourceOf(noun), payloadOf({ verb, noun, object })[noun])
      case 'change':
        return json('PATCH', one, rest)
      case 'delete':
        return json('DELETE', one)
      default:
        return json('POST', `${one}:${verb}`)
    }
  }

  async function refused(wish: Wish): Promise<Said> {
    const before = await everything()
    const cim = await gateway.send(xmlOf(wish))
    assert.is(cim.result, 'FAILED', cim.text)
    assert.is(cim.judged.verdict, 'valid', cim.text)
    mendable(member(cim.json, 'reply'))
    const soap = await gateway.send(inSoap(xmlOf(wish)))
    assert.is(soap.judged.verdict, 'valid', soap.text)
    assert.match(soap.text, /<\w+:Envelope/)
    const facade = await overJson(wish)
    const said = saidIn(member(cim.json, 'reply'))
    assert.equal(saidIn(member(soap.json, 'reply')), said)
    assert.equal(saidIn(facade.json), said)
    mendable(facade.json)
    found(facade.json)
    assert.is(await everything(), before, 'a refusal changes nothing')
    return said
  }

  /** All objects with their states and revisions, and all business events. */
  async function everything(): Promise<string> {
    const nouns = [...new Set(gateway.schemas.catalogue.nouns.map((it) => it.noun))]
    const pages = await Promise.all(nouns.map((it) => gateway.store.page(it, { limit: 1_000 })))
    const events = (await gateway.events()).filter((it) => it.noun !== 'messages')
    return JSON.stringify([pages, events.length])
  }

  async function stored(noun: string, mRID: string) {
    const [it] = await gateway.store.objects(noun, [mRID], [])
    assert.ok(it, `${noun} ${mRID} is there`)
    const read = readJson(it.body)
    const object = 'value' in read && isObject(read.value) ? read.value : {}
    return { state: it.state, object }
  }

  return { gateway, ok, told: ok, refused, sent, xmlOf, stored, json }
}

function inSoap(xml: string): string {
  const body = xml.replace(/^<\?xml[^>]*\?>\s*/, '')
  const ns = 'http://schemas.xmlsoap.org/soap/envelope/'
  return `<s:Envelope xmlns:s="${ns}"><s:Body>${body}</s:Body></s:Envelope>`
}

/** The first Error of a reply or problem. */
export function saidIn(reply: Json | undefined): Said {
  const [first] = refusalsIn({ reply: reply ?? null })
  assert.ok(first, JSON.stringify(reply))
  return first
}

/** Every Error says by which rule it was made and how it is mended, and its rule is one that is documented. */
function mendable(reply: Json | undefined): void {
  const errors = member(reply, 'Error')
  for (const it of Array.isArray(errors) ? errors : []) {
    const details = String(member(it, 'details') ?? '')
    const [, rule = ''] = /^rule=([\w-]+); .*\w.*\.$/.exec(details) ?? []
    const isKnown = businessRule(rule) !== undefined || /^SM-[A-Z]+-\w+-/.test(rule)
    assert.ok(isKnown || /^(?:5\.9|5\.2)$/.test(String(member(it, 'code'))), writeJson(it))
  }
}

/** A problem document tells the same as findings of the layer business; a whole message in JSON has none. */
function found(problem: Json): void {
  const findings = member(problem, 'findings')
  if (!Array.isArray(findings)) return
  const [first] = findings
  const { rule } = saidIn(problem)
  if (member(first, 'layer') === 'business') assert.is(member(first, 'rule'), rule)
  assert.match(String(member(first, 'mend')), /\w.*\.$/, writeJson(problem))
}

/** Every Error of a message, in their order. */
export function refusalsIn(message: JsonObject): readonly Said[] {
  const errors = member(member(message, 'reply'), 'Error')
  return Array.isArray(errors) ? errors.map(refusalIn) : []
}

function refusalIn(it: Json): Said {
  const rule = /rule=([\w-]+)/.exec(String(member(it, 'details') ?? ''))?.[1] ?? ''
  const ids = [member(it, 'ID'), member(it, 'relatedID')].flatMap((one) => {
    const $ = typeof one === 'string' ? one : member(one, '$')
    return typeof $ === 'string' ? [$] : []
  })
  return { code: String(member(it, 'code')), rule, ids: [...new Set(ids)] }
}
