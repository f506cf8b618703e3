import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { applyAliases } from './aliases.ts'
import { element, elementAt } from './element.ts'
import type { Element } from './element.ts'
import { MESSAGE_NS, SOAP_NS } from './namespaces.ts'
import { GOOD, header, message, numbered, object, view } from './tree.fixture.ts'

const test = suite('aliases')
const WWW = 'http://www.iec.ch/TC57/2011/schema/message'
const TO_MESSAGE = { namespaces: { [WWW]: MESSAGE_NS } }

function inWww(it: Element): Element {
  const ns = it.ns === MESSAGE_NS ? WWW : it.ns
  return { ...it, ns, children: it.children.map(inWww) }
}

const DIALECT = inWww(
  message('RequestMessage', header('Create'), element(MESSAGE_NS, 'Payload', [object()])),
)

test('without aliases the tree is the very same', () => {
  const { root, applied } = applyAliases(DIALECT, {})
  assert.is(root, DIALECT)
  assert.equal(applied, [])
})

test('an alias that nothing uses leaves the tree the same', () => {
  const { root, applied } = applyAliases(DIALECT, {
    namespaces: { 'urn:x': 'urn:y' },
    verbs: { x: 'y' },
  })
  assert.is(root, DIALECT)
  assert.equal(applied, [])
})

test('a namespace alias is applied everywhere and told once', () => {
  const { root, applied } = applyAliases(DIALECT, TO_MESSAGE)
  assert.equal(applied, [`namespace ${WWW} read as ${MESSAGE_NS}`])
  assert.is(root.ns, MESSAGE_NS)
  assert.is(view(root).noun, GOOD['Noun'])
  assert.is(view(root).payloadRoots[0]?.ns, object().ns)
})

test('attributes and declarations are renamed too', () => {
  const attribute = { name: 'a', ns: WWW, prefix: 'w', value: '1' }
  const root: Element = {
    ...element('urn:x', 'X'),
    attributes: [attribute],
    declared: [['w', WWW]],
  }
  const made = applyAliases(root, TO_MESSAGE).root
  assert.equal(made.attributes, [{ ...attribute, ns: MESSAGE_NS }])
  assert.equal(made.declared, [['w', MESSAGE_NS]])
})

test('every index stays', () => {
  const { root } = applyAliases(DIALECT, { ...TO_MESSAGE, verbs: { Create: 'create' } })
  for (let index = 0; index < 8; index++) {
    assert.is(elementAt(root, index)?.name, elementAt(DIALECT, index)?.name)
    assert.is(elementAt(root, index)?.index, index)
  }
})

test('a verb alias is applied to the Header, after the namespaces', () => {
  const { root, applied } = applyAliases(DIALECT, { ...TO_MESSAGE, verbs: { Create: 'create' } })
  assert.is(view(root).verb, 'create')
  assert.equal(applied, [`namespace ${WWW} read as ${MESSAGE_NS}`, 'verb Create read as create'])
})

test('a verb alias reaches into a SOAP Envelope', () => {
  const ns = SOAP_NS['1.2']
  const soap = numbered(
    element(ns, 'Envelope', [element(ns, 'Body', [message('RequestMessage', header('Create'))])]),
  )
  const { root } = applyAliases(soap, { verbs: { Create: 'create' } })
  assert.is(view(root.children[0]!.children[0]!).verb, 'create')
  assert.equal(applyAliases(element(ns, 'Envelope'), { verbs: { Create: 'create' } }).applied, [])
})

test('mixed content keeps its texts between the rewritten children', () => {
  const inner = element(WWW, 'B')
  const root: Element = { ...element(WWW, 'A', [inner]), mixed: ['one', inner, 'two'] }
  const made = applyAliases(root, TO_MESSAGE).root
  assert.equal(made.mixed, ['one', made.children[0], 'two'])
  assert.is(made.children[0]?.ns, MESSAGE_NS)
})

test.run()
