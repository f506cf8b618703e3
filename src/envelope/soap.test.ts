import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { GENERIC_NS, MESSAGE_NS, SOAP_NS } from './namespaces.ts'
import { GENERIC_OPERATIONS, soapBody, withNamedMessage } from './soap.ts'
import { header, message, numbered } from './tree.fixture.ts'

const test = suite('soap')
const MESSAGE = message('RequestMessage', header('get'))

function envelope(ns: string, ...children: readonly Element[]): Element {
  return element(ns, 'Envelope', [element(ns, 'Header'), ...children])
}

test('the first element of the Body is the message, in both versions', () => {
  for (const version of ['1.1', '1.2'] as const) {
    const ns = SOAP_NS[version]
    const soap = soapBody(envelope(ns, element(ns, 'Body', [MESSAGE])))
    assert.is(soap?.version, version)
    assert.is(soap?.message, MESSAGE)
  }
})

test('an Envelope without Body, or with an empty one, has no message', () => {
  const ns = SOAP_NS['1.1']
  const { body, message: inside } = soapBody(envelope(ns)) ?? {}
  assert.equal([body, inside], [undefined, undefined])
  assert.is(soapBody(envelope(ns, element(ns, 'Body')))?.message, undefined)
})

test('a Body of the other version is no Body', () => {
  const soap = soapBody(envelope(SOAP_NS['1.1'], element(SOAP_NS['1.2'], 'Body', [MESSAGE])))
  assert.is(soap?.message, undefined)
})

test('other roots are no SOAP', () => {
  assert.is(soapBody(MESSAGE), undefined)
  assert.is(soapBody(element(SOAP_NS['1.1'], 'Body')), undefined)
  assert.is(soapBody(element('urn:x', 'Envelope')), undefined)
})

test('what an Envelope around one message has no place for is told, in order of the document', () => {
  const ns = SOAP_NS['1.1']
  const [header, body] = [element(ns, 'Header'), element(ns, 'Body', [MESSAGE])]
  const misplaced = (...children: readonly Element[]) =>
    soapBody(element(ns, 'Envelope', children))?.misplaced
  assert.is(misplaced(body), undefined)
  assert.is(misplaced(header, body), undefined)
  assert.is(misplaced(header, body, element('urn:x', 'Trailer')), undefined)
  const other = element(ns, 'Body', [MESSAGE])
  assert.is(misplaced(body, other), other)
  assert.is(misplaced(header, body, other), other)
  assert.is(misplaced(body, header), header)
  const again = element(ns, 'Header')
  assert.is(misplaced(header, again, body), again)
  const second = element('urn:x', 'multiRef')
  assert.is(misplaced(element(ns, 'Body', [MESSAGE, second])), second)
  const wrapper = element(GENERIC_NS, 'Request', [element(GENERIC_NS, 'message'), second])
  assert.is(misplaced(element(ns, 'Body', [wrapper])), second)
})

test('blocks of the Header are told', () => {
  const ns = SOAP_NS['1.2']
  const block = element('urn:x', 'Block')
  const soap = soapBody(element(ns, 'Envelope', [element(ns, 'Header', [block])]))
  assert.equal(soap?.blocks, [block])
})

for (const [operation, kind] of Object.entries(GENERIC_OPERATIONS))
  for (const ns of [GENERIC_NS, MESSAGE_NS]) {
    const inside = element(GENERIC_NS, 'message', MESSAGE.children)
    const body = element(SOAP_NS['1.1'], 'Body', [element(ns, operation, [inside])])
    const root = numbered(envelope(SOAP_NS['1.1'], body))

    test(`what ${operation} in ${ns} wraps is a ${kind}, in its place`, () => {
      const soap = soapBody(root)
      assert.is(soap?.wrapper, operation)
      assert.equal([soap?.message?.name, soap?.message?.ns], [kind, MESSAGE_NS])
      assert.is(soap?.message?.index, 4)
    })

    test(`what ${operation} in ${ns} wraps can be called ${kind}, and all else stays`, () => {
      const named = withNamedMessage(root)
      assert.ok(named)
      const again = soapBody(named)
      assert.equal([again?.wrapper, again?.message?.name], [operation, kind])
      assert.equal(again?.message?.children, soapBody(root)?.message?.children)
      assert.is(withNamedMessage(named), undefined)
    })
  }

test('the wrapper of an answer holds a ResponseMessage, or one by its name', () => {
  for (const inside of [element(GENERIC_NS, 'message'), element(MESSAGE_NS, 'ResponseMessage')]) {
    const wrapper = element(GENERIC_NS, 'PublishEventResponse', [inside])
    const root = envelope(SOAP_NS['1.1'], element(SOAP_NS['1.1'], 'Body', [wrapper]))
    assert.equal(
      [soapBody(root)?.wrapper, soapBody(root)?.message?.name],
      ['PublishEvent', 'ResponseMessage'],
    )
  }
})

test('an empty wrapper holds no message', () => {
  const body = element(SOAP_NS['1.1'], 'Body', [element(GENERIC_NS, 'Request')])
  const root = envelope(SOAP_NS['1.1'], body)
  assert.is(soapBody(root)?.message, undefined)
  assert.is(withNamedMessage(root), undefined)
})

test.run()
