import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { SOAP_NS } from './namespaces.ts'
import { soapBody } from './soap.ts'
import { header, message } from './tree.fixture.ts'

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
  assert.equal(soapBody(envelope(ns)), { version: '1.1', body: undefined, message: undefined })
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

test.run()
