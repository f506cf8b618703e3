// Raw requests to the routes of SOAP: what is taken, in which words it is refused, and that nothing of it is forgotten.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { attribute, child, childText } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { GENERIC_NS, MESSAGE_NS, SOAP_NS } from '../../envelope/namespaces.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import { soapBody } from '../../envelope/soap.ts'
import { readXml } from '../../shell/xml-in/read-xml.ts'
import { openFixture } from '../gateway.fixture.ts'
import { derGroups, group, message, payload } from '../messages.fixture.ts'
import type { RouteAnswer } from '../routes.ts'
import { WSSE_NS, WSU_NS } from './username-token.ts'

const test = suite('soap: routes')

const gateway = await openFixture()
test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

const TYPED_NS = 'http://iec.ch/TC57/2017/DERGroupsMessage'
const ACTIONS = 'http://iec.ch/TC57/2017/DERGroups/'
const TYPES = { '1.1': 'text/xml; charset=utf-8', '1.2': 'application/soap+xml; charset=utf-8' }

const envelope = (content: string, version: SoapVersion = '1.1', blocks = '') =>
  `<s:Envelope xmlns:s="${SOAP_NS[version]}">${blocks === '' ? '' : `<s:Header>${blocks}</s:Header>`}<s:Body>\n${content}</s:Body></s:Envelope>`

let count = 0
const typed = (root: string, verb: string, content: string) => {
  const id = `soap-${(count += 1)}`
  return `<t:${root} xmlns:t="${TYPED_NS}" xmlns:m="${MESSAGE_NS}"><t:Header><m:Verb>${verb}</m:Verb><m:Noun>DERGroups</m:Noun><m:Timestamp>2026-07-14T08:00:00Z</m:Timestamp><m:MessageID>${id}</m:MessageID><m:CorrelationID>${id}</m:CorrelationID></t:Header><t:Payload>${content}</t:Payload></t:${root}>`
}
const create = () => typed('CreateDERGroups', 'create', derGroups(group({ name: `n${count}` })))

interface Sent {
  readonly path?: string
  readonly version?: SoapVersion
  readonly action?: string
}

function post(body: string, { path = '/soap/DERGroups', version = '1.1', action }: Sent = {}) {
  const said = action === undefined ? '' : `; action="${action}"`
  const headers =
    version === '1.1'
      ? {
          'content-type': 'text/xml',
          ...(action === undefined ? {} : { soapaction: `"${action}"` }),
        }
      : { 'content-type': `application/soap+xml${said}` }
  return gateway.ask('POST', path, { body, headers })
}

function bodyOf({ text }: RouteAnswer): Element {
  const root = readXml(Buffer.from(text))
  const first = root && soapBody(root)?.body?.children[0]
  if (first === undefined) throw new Error(`no SOAP: ${text}`)
  return first
}

/** Local name of the code, the text, and the detail's first element. */
function faultOf(answer: RouteAnswer, version: SoapVersion = '1.1') {
  const fault = bodyOf(answer)
  assert.equal([fault.name, fault.ns], ['Fault', SOAP_NS[version]], answer.text)
  if (version === '1.1')
    return {
      code: childText(fault, 'faultcode')?.replace(/^.*:/, ''),
      text: childText(fault, 'faultstring') ?? '',
      detail: child(fault, 'detail')?.children[0],
    }
  return {
    code: childText(child(fault, 'Code'), 'Value')?.replace(/^.*:/, ''),
    text: childText(child(fault, 'Reason'), 'Text') ?? '',
    detail: child(fault, 'Detail')?.children[0],
  }
}

for (const version of ['1.1', '1.2'] as const) {
  test(`a typed request of SOAP ${version} is answered by its ResponseMessage`, async () => {
    const action = `${ACTIONS}CreateDERGroups`
    const answer = await post(envelope(create(), version), { version, action })
    assert.equal([answer.status, answer.contentType], [200, TYPES[version]])
    assert.equal([bodyOf(answer).name, bodyOf(answer).ns], ['DERGroupsResponseMessage', TYPED_NS])
    assert.match(answer.text, /<m:Result>OK</)
    assert.ok(answer.headers?.['MessageID'])
  })

  test(`another soapAction of SOAP ${version} is a fault of the sender`, async () => {
    const action = `${ACTIONS}DeleteDERGroups`
    const answer = await post(envelope(create(), version), { version, action })
    const { code, text, detail } = faultOf(answer, version)
    assert.is(answer.status, version === '1.1' ? 500 : 400)
    assert.is(code, version === '1.1' ? 'Client' : 'Sender')
    assert.match(text, /DeleteDERGroups is not that of CreateDERGroups.*CreateDERGroups"/)
    assert.equal([detail?.name, detail?.ns], ['DERGroupsFaultMessage', TYPED_NS])
    assert.match(answer.text, /<m:code>1\.8<.*rule=wrong-operation/)
  })

  test(`a header block of SOAP ${version} that nobody understands is refused`, async () => {
    const must = (value: string, actor = '') =>
      `<x:Trace xmlns:x="urn:x" s:mustUnderstand="${value}"${actor}/>`
    const refused = await post(envelope(create(), version, must('1')), { version })
    const { code, text, detail } = faultOf(refused, version)
    assert.equal([refused.status, code, detail], [500, 'MustUnderstand', undefined])
    assert.match(text, /Trace in urn:x/)
    if (version === '1.2') assert.match(refused.text, /<soap:NotUnderstood [^>]*qname="q:Trace"/)
    const attribute = version === '1.1' ? 'actor' : 'role'
    for (const block of [must('0'), must('1', ` s:${attribute}="urn:somebody"`)])
      assert.is((await post(envelope(create(), version, block), { version })).status, 200)
  })
}

test('no action, and an empty one, are taken', async () => {
  for (const action of [undefined, ''])
    assert.is((await post(envelope(create()), action === undefined ? {} : { action })).status, 200)
  assert.is((await post(envelope(create(), '1.2'), { version: '1.2' })).status, 200)
})

test('an event is answered like a request', async () => {
  const made = typed('CreatedDERGroups', 'created', derGroups(group({ mRID: 'event-1' })))
  const answer = await post(envelope(made), { action: `${ACTIONS}CreatedDERGroups` })
  assert.is(bodyOf(answer).name, 'DERGroupsResponseMessage')
})

test('what is wrong in a message is told in a reply, at its place in what was sent', async () => {
  const wrong = create().replace('<connectDisconnect>false', '<connectDisconnect>no')
  const answer = await post(envelope(wrong))
  assert.is(answer.status, 200)
  assert.match(answer.text, /<m:Result>FAILED</)
  assert.match(answer.text, /line 2, column \d+/)
})

test('a root of another noun is refused with the path where it belongs', async () => {
  const answer = await post(envelope(create()), { path: '/soap/Tariffs' })
  const { code, text, detail } = faultOf(answer)
  assert.is(code, 'Client')
  assert.match(
    text,
    /CreateDERGroups .* is no message of \/soap\/Tariffs.*POST it to \/soap\/DERGroups/,
  )
  assert.is(detail?.name, 'DERGroupsFaultMessage')
  assert.equal(await gateway.store.page('DERGroups', { limit: 1 }).then((it) => it.objects), [])
})

test('a generic message is refused at the path of a noun', async () => {
  const body = envelope(message({ verb: 'create' }, payload(group({}))))
  assert.match(faultOf(await post(body)).text, /POST it to \/soap/)
})

test('a path of no noun takes nothing', async () => {
  assert.is(faultOf(await post(envelope(create()), { path: '/soap/Nothing' })).code, 'Client')
})

test('an Envelope of another version is a VersionMismatch', async () => {
  const other = envelope(create()).replaceAll(SOAP_NS['1.1'], 'urn:soap:2')
  const old = await post(other)
  assert.equal([old.status, faultOf(old).code], [500, 'VersionMismatch'])
  const recent = await post(other, { version: '1.2' })
  assert.is(faultOf(recent, '1.2').code, 'VersionMismatch')
  assert.match(recent.text, /<soap:Upgrade><soap:SupportedEnvelope [^>]*qname="v0:Envelope"/)
})

/** [what, body] */
const NO_MESSAGE: readonly (readonly [string, string])[] = [
  ['a bare message', message({ verb: 'create' }, payload(group({})))],
  ['an empty Body', envelope('')],
  ['a cut document', envelope(create()).slice(0, -20)],
  ['a DOCTYPE', `<!DOCTYPE a>${envelope(create())}`],
  ['nothing', ''],
]
for (const [what, body] of NO_MESSAGE)
  for (const path of ['/soap', '/soap/DERGroups'])
    test(`${what} is a fault of the sender at ${path}`, async () => {
      const { code, detail } = faultOf(await post(body, { path }))
      assert.is(code, 'Client')
      assert.match(detail?.name ?? '', /FaultMessage$/)
    })

const inside = (it: string, kind: string) =>
  it.replace(`<${kind}`, '<abs:message').replace(`</${kind}>`, '</abs:message>')
const wrapped = (operation: string, content: string) =>
  `<abs:${operation} xmlns:abs="${GENERIC_NS}">${content}</abs:${operation}>`

for (const [operation, verb, kind] of [
  ['Request', 'create', 'RequestMessage'],
  ['PublishEvent', 'created', 'EventMessage'],
] as const)
  for (const version of ['1.1', '1.2'] as const)
    test(`${operation} of SOAP ${version} is unwrapped, and its reply wrapped`, async () => {
      const sent = inside(message({ verb }, payload(group({ mRID: `g${(count += 1)}` }))), kind)
      const answer = await post(envelope(wrapped(operation, sent), version), {
        path: '/soap',
        version,
        action: `http://iec.ch/61968/${operation}`,
      })
      assert.is(answer.status, 200, answer.text)
      const wrapper = bodyOf(answer)
      assert.equal([wrapper.name, wrapper.ns], [`${operation}Response`, GENERIC_NS])
      const [reply] = wrapper.children
      assert.equal([reply?.name, reply?.ns], ['message', GENERIC_NS])
      assert.equal(reply?.children.map((it) => [it.name, it.ns]).slice(0, 2), [
        ['Header', MESSAGE_NS],
        ['Reply', MESSAGE_NS],
      ])
      assert.match(answer.text, /<Result>OK</)
      // What was wrapped is judged again, by the same judge.
      const judged = await gateway.validate.judge(Buffer.from(answer.text))
      assert.equal([judged.verdict, judged.wrapper], ['valid', operation])
    })

test('a generic message without wrapper is answered without', async () => {
  const body = envelope(message({ verb: 'create' }, payload(group({ mRID: 'bare' }))))
  const answer = await post(body, { path: '/soap', action: '#request' })
  assert.equal([bodyOf(answer).name, bodyOf(answer).ns], ['ResponseMessage', MESSAGE_NS])
})

test('the generic service refuses another action, and a typed message', async () => {
  const sent = wrapped(
    'Request',
    inside(message({ verb: 'create' }, payload(group({}))), 'RequestMessage'),
  )
  const other = await post(envelope(sent), {
    path: '/soap',
    action: 'http://iec.ch/61968/Response',
  })
  assert.match(faultOf(other).text, /not that of Request.*http:\/\/iec\.ch\/61968\/Request"/)
  assert.match(
    faultOf(await post(envelope(create()), { path: '/soap' })).text,
    /POST it to \/soap\/DERGroups/,
  )
})

test('a repeated request is answered byte for byte', async () => {
  const body = envelope(create())
  const [first, again] = [await post(body), await post(body)]
  assert.is(again.text, first.text)
})

test('a Security block with a UsernameToken is understood, and with anything else is not', async () => {
  const security = (inner: string) =>
    `<w:Security xmlns:w="${WSSE_NS}" xmlns:u="${WSU_NS}" s:mustUnderstand="1">${inner}</w:Security>`
  const token =
    '<w:UsernameToken><w:Username>a</w:Username><w:Password>b</w:Password></w:UsernameToken>'
  assert.is((await post(envelope(create(), '1.1', security(`<u:Timestamp/>${token}`)))).status, 200)
  const signed = security(`${token}<d:Signature xmlns:d="http://www.w3.org/2000/09/xmldsig#"/>`)
  assert.is(faultOf(await post(envelope(create(), '1.1', signed))).code, 'MustUnderstand')
})

test('what is refused unread is a SOAP fault too, with its own status', async () => {
  const route = gateway.routes.find((it) => it.path === '/soap/:noun' && it.method === 'POST')
  const refused = await route?.refuse?.({ code: '3.1', reason: 'Too long.' }, 413)
  assert.is(refused?.status, 413)
  const fault = readXml(Buffer.from(refused?.text ?? ''))
  assert.is(fault && attribute(fault, 'x'), undefined)
  assert.match(refused?.text ?? '', /<faultstring>Too long\.<\/faultstring><detail><FaultMessage/)
  const recent = { 'content-type': `${TYPES['1.2']}; action="urn:x"` }
  const again = await route?.refuse?.({ code: '3.1', reason: 'Too long.' }, 413, recent)
  assert.equal([again?.status, again?.contentType], [413, TYPES['1.2']])
  assert.match(again?.text ?? '', /Value>soap:Sender<.*>Too long\.<.*<soap:Detail><FaultMessage/)
})

const CROWDED: Readonly<Record<string, (content: string) => string>> = {
  'two messages': (it) => envelope(it + create()),
  'multi-reference values': (it) => envelope(`${it}<multiRef xmlns="urn:x" id="i1"/>`),
  'two bodies': (it) => envelope(`${it}</s:Body><s:Body>${create()}`),
  'a Header behind the Body': (it) => envelope(`${it}</s:Body><s:Header/><s:Body>`),
}

for (const [what, made] of Object.entries(CROWDED))
  test(`${what} in one Envelope are refused, never passed over`, async () => {
    const answer = await post(made(create()))
    assert.is(answer.status, 500)
    assert.match(answer.text, /has no place in a SOAP Envelope/)
    assert.equal((await gateway.store.page('DERGroups', { limit: 9 })).objects, [])
  })

test('a stored answer says that it is one', async () => {
  const body = envelope(create())
  const [answer, again] = [await post(body), await post(body)]
  assert.equal([again.status, again.text], [answer.status, answer.text])
  const replayed = [answer, again].map((it) => it.headers?.['Idempotency-Replayed'])
  assert.equal(replayed, [undefined, 'true'])
})

test.run()
