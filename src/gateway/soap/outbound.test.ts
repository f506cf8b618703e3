// Messages as they go to peers in SOAP, taken by a gateway of our own; and what peers answer, faults above all.

import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GENERIC_NS, MESSAGE_NS, SOAP_NS } from '../../envelope/namespaces.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { sampleMessage } from '../../schema/sample/sample.ts'
import { readXml } from '../../shell/xml-in/read-xml.ts'
import { openFixture } from '../gateway.fixture.ts'
import type { SoapBinding } from '../parties/party.ts'
import { carriedFault, inEnvelope } from './carried.ts'
import { soapWriter } from './outbound.ts'
import { judgeOfPeers } from './peer-reply.ts'
import { usernameTokenProof } from './proof.ts'
import { withUsernameToken } from './username-token.ts'

const test = suite('soap: outbound')

const gateway = await openFixture()
test.after(() => gateway.close())
const { schemas } = gateway
const write = soapWriter(schemas)

const binding = (style: SoapBinding['style'], version: SoapVersion): SoapBinding => ({
  type: 'soap',
  url: 'https://peer.example/soap',
  timeoutMs: 1000,
  style,
  version,
})

/** Writes a sample as a leg, and asks the judge and the routes what they think of it. */
async function sent(noun: string, verb: string, by: SoapBinding) {
  const message = sampleMessage(schemas, noun, { verb, seed: 7 }) as JsonObject
  const carried = write({ message, xml: '' }, by)
  if ('reason' in carried) throw new Error(`${verb} ${noun}: ${carried.reason}`)
  const { request, contentType, target } = carried
  const judged = await gateway.validate.judge(Buffer.from(request), { json: true })
  return { request, contentType, target, judged, message }
}

/** [noun, verb, action of the generic service] in all parts, and a draft */
const SENT: readonly (readonly [string, string, string])[] = [
  ['DERGroups', 'create', 'Request'],
  ['DERGroups', 'changed', 'PublishEvent'],
  ['DERGroupQueries', 'get', 'Request'],
  ['ServiceOrders', 'delete', 'Request'],
  ['EndDeviceControls', 'create', 'Request'],
  ['Tariffs', 'created', 'PublishEvent'],
]

for (const [noun, verb, operation] of SENT)
  for (const version of ['1.1', '1.2'] as const)
    for (const style of ['typed', 'generic'] as const)
      test(`${verb} ${noun} goes out ${style} in SOAP ${version}, and is taken by a gateway`, async () => {
        const it = await sent(noun, verb, binding(style, version))
        assert.equal([it.judged.verdict, it.judged.soap], ['valid', version])
        assert.is(it.judged.wrapper, style === 'generic' ? operation : undefined)
        const { header, payload, request } = it.judged.json ?? {}
        const { header: h, payload: p, request: r } = it.message
        assert.equal([header, payload, request], [h, p, r])
        const action = version === '1.1' ? it.target.replace('action:', '') : undefined
        if (version === '1.2') assert.match(it.contentType, /; action="[^"]+"$/)
        else assert.match(it.target, /^action:http/)
        const path = style === 'generic' ? '/soap' : `/soap/${noun}`
        const headers = {
          'content-type': it.contentType,
          ...(action === undefined ? {} : { soapaction: `"${action}"` }),
        }
        const answer = await gateway.ask('POST', path, { body: it.request, headers })
        assert.is(answer.status, 200, answer.text)
        assert.match(answer.text, /Result>/)
      })

test('what a style cannot carry is refused with its reason', () => {
  const message = {
    message: 'RequestMessage',
    header: { Verb: 'cancel', Noun: 'DERGroups', MessageID: 'x' },
    payload: { ID: ['a'] },
  }
  const made = write({ message, xml: '' }, binding('typed', '1.1'))
  assert.match('reason' in made ? made.reason : '', /has no ID/)
  const fault = { message: 'FaultMessage', reply: { Result: 'FAILED', Error: [{ code: '5.3' }] } }
  const none = write({ message: fault, xml: '' }, binding('generic', '1.1'))
  assert.match('reason' in none ? none.reason : '', /no operation that carries a FaultMessage/)
})

const peers = judgeOfPeers((bytes) => gateway.validate.judge(bytes, { json: true }), readXml)

/** Codes and reasons of the reply. */
async function told(text: string) {
  const { json, verdict, root } = await peers(Buffer.from(text))
  const errors = member(member(json, 'reply'), 'Error')
  const list = Array.isArray(errors) ? errors : []
  return {
    verdict,
    root: root?.name,
    errors: list.map((it) => [member(it, 'code'), member(it, 'reason')]),
  }
}

for (const version of ['1.1', '1.2'] as const) {
  test(`a fault of SOAP ${version} with a FaultMessage says what that says`, async () => {
    const detail = `<FaultMessage xmlns="${MESSAGE_NS}"><Reply><Result>FAILED</Result><Error><code>2.9</code><reason>No.</reason></Error></Reply></FaultMessage>`
    const { xml } = carriedFault({ kind: 'sender', text: 'Wrong.', detail }, version)
    const it = await told(xml)
    assert.equal(it, { verdict: 'valid', root: 'FaultMessage', errors: [['2.9', 'No.']] })
  })

  test(`a fault of SOAP ${version} without one is told with its text`, async () => {
    for (const [kind, code] of [
      ['sender', '5.3'],
      ['receiver', '5.1'],
    ] as const) {
      const { xml } = carriedFault({ kind, text: 'The disk is < full.', detail: '' }, version)
      const it = await told(xml)
      assert.is(it.errors[0]?.[0], code)
      assert.match(String(it.errors[0]?.[1]), /^SOAP fault \w+: The disk is < full\.$/)
    }
  })

  test(`a reply in SOAP ${version} is judged where it stands, wrapped or not`, async () => {
    const reply = `<ResponseMessage xmlns="${MESSAGE_NS}"><Header><Verb>reply</Verb><Noun>DERGroups</Noun><MessageID>r</MessageID><CorrelationID>c</CorrelationID></Header><Reply><Result>OK</Result></Reply></ResponseMessage>`
    const inside = reply.replaceAll('ResponseMessage', 'message')
    const wrapped = `<RequestResponse xmlns="${GENERIC_NS}">${inside}</RequestResponse>`
    for (const content of [reply, wrapped]) {
      const { verdict, correlationID } = await peers(Buffer.from(inEnvelope(content, version).xml))
      assert.equal([verdict, correlationID], ['valid', 'c'], content)
    }
  })
}

test('a failed authentication is told as such, whichever way it is said', async () => {
  const old = `<s:Envelope xmlns:s="${SOAP_NS['1.1']}"><s:Body><s:Fault><faultcode>w:FailedAuthentication</faultcode><faultstring>No.</faultstring></s:Fault></s:Body></s:Envelope>`
  const recent = `<s:Envelope xmlns:s="${SOAP_NS['1.2']}"><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:FailedAuthentication</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">No.</s:Text></s:Reason></s:Fault></s:Body></s:Envelope>`
  for (const text of [old, recent]) assert.is((await told(text)).errors[0]?.[0], '7.4')
})

test('what is no SOAP is left to the judge', async () => {
  assert.is((await told('<a/>')).verdict, 'no-schema')
  assert.is((await told('<a>')).verdict, 'not-well-formed')
})

const sha1 = (octets: Uint8Array) => new Uint8Array(createHash('sha1').update(octets).digest())
const NOW = '2026-07-14T08:00:00Z'
const proof = usernameTokenProof({
  readXml,
  sha1,
  clock: () => NOW,
  parties: () =>
    ['wms', 'dms'].map((id) => ({
      id,
      org: '',
      proofs: [{ kind: 'username-token', username: `user-${id}`, password: `secret-${id}` }],
      sources: [],
      tolerate: [],
      aliases: { namespaces: {}, verbs: {} },
      mixedBatch: 'partial',
      profile: { operationSets: true, collections: true },
      replyAddresses: [],
    })),
})

let nonces = 0
test('a UsernameToken proves the party whose it is, and no other', () => {
  const { xml } = inEnvelope('<m/>', '1.1')
  for (const passwordType of ['text', 'digest'] as const) {
    const tokenOf = (username: string, password: string, now = NOW) =>
      Buffer.from(
        withUsernameToken(xml, { username, password, passwordType }, Uint8Array.of((nonces += 1)), {
          now,
          sha1,
        }),
      )
    assert.equal(proof(tokenOf('user-dms', 'secret-dms')), { party: 'dms' })
    for (const [user, password] of [
      ['user-dms', 'secret-wms'],
      ['nobody', 'secret-dms'],
    ] as const)
      assert.ok('wrong' in (proof(tokenOf(user, password)) ?? {}), user)
    const late = proof(tokenOf('user-dms', 'secret-dms', '2026-07-14T07:00:00Z'))
    assert.match(late !== undefined && 'wrong' in late ? late.wrong : '', /5 minutes/)
  }
  assert.is(proof(Buffer.from(xml)), undefined)
  assert.is(proof(Buffer.from('no xml')), undefined)
})

test.run()
