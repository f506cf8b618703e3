import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readEnvelope } from '../../envelope/envelope.ts'
import { soapBody } from '../../envelope/soap.ts'
import { envelopeSubjects, innerSubjects, payloadSubjects } from './subjects.ts'
import type { Subject } from './subjects.ts'
import { detached } from './tree.ts'
import { GROUPS_NS, HEADER, groups, opened, request, sample, schemasIn } from './xml-in.fixture.ts'

const test = suite('subjects')
const schemas = await schemasIn()

function treeOf(text: string | Uint8Array) {
  const document = opened(text)
  const root = detached(document.root)
  document.dispose()
  return soapBody(root)?.message ?? root
}

const told = (subjects: readonly Subject[]) =>
  subjects.map(({ element, file, layer }) => {
    const name = file.path.replace(/^.*\/(?=[^/]*\.xsd$)/, '')
    return `${layer} ${element.name} by ${name}`
  })
const envelope = (text: string | Uint8Array) =>
  told(envelopeSubjects(readEnvelope(treeOf(text)), schemas))
const payload = (text: string | Uint8Array) =>
  told(payloadSubjects(readEnvelope(treeOf(text)), schemas))

test('judges envelope and payload each by its own schema', () => {
  assert.equal(envelope(request()), ['envelope-xsd RequestMessage by Message.xsd'])
  assert.equal(payload(request()), ['payload-xsd DERGroups by DERGroups.xsd'])
})

test('chooses the variant by the verb, blanks around it aside', () => {
  const change = request(groups(), HEADER.replace('create', ' change\n'))
  assert.equal(payload(change), ['payload-xsd DERGroups by DERGroups.change.xsd'])
})

test('judges a bare payload alone', () => {
  assert.equal(envelope(groups()), [])
  assert.equal(payload(groups()), ['payload-xsd DERGroups by DERGroups.xsd'])
})

test('judges several payload roots, and none that nobody knows', () => {
  const two = request(`${groups()}<x:y xmlns:x="urn:x"/>${groups()}`)
  assert.is(payload(two).length, 2)
})

test('judges the parameters of a get', () => {
  assert.equal(payload(sample('der-group-query/request.xml')), [
    'payload-xsd DERGroupQueries by DERGroupQueries.xsd',
  ])
})

test('judges the payload of an operation by the verb of the operation', () => {
  assert.equal(payload(sample('der-group-remove-members/request.xml')), [
    'payload-xsd DERGroups by DERGroups.change.xsd',
  ])
})

test('judges a typed message by its derived schema, payload included', () => {
  const typed = sample('der-group-form/typed-request.xml')
  const [subject, ...others] = envelopeSubjects(readEnvelope(treeOf(typed)), schemas)
  assert.equal(others, [])
  assert.equal(
    subject?.payloads.map((it) => it.ns),
    [GROUPS_NS],
  )
  assert.equal(payload(typed), [])
})

test('knows nothing about a typed root of an unknown noun', () => {
  assert.equal(envelope('<CreateFoo xmlns="http://iec.ch/TC57/2017/FooMessage"/>'), [])
})

test('judges what is compressed under the verb around it', () => {
  const outer = (verb: string) => readEnvelope(treeOf(request('', HEADER.replace('create', verb))))
  assert.equal(told(innerSubjects(treeOf(groups()), outer('change'), schemas)), [
    'payload-xsd DERGroups by DERGroups.change.xsd',
  ])
  assert.is(innerSubjects(treeOf(request()), outer('create'), schemas).length, 2)
  assert.equal(innerSubjects(treeOf('<a/>'), outer('create'), schemas), [])
})

test.run()
