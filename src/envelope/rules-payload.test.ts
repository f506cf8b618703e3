import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { judge } from './rules.ts'
import {
  CONTEXT,
  fields,
  GOOD,
  header,
  judged,
  m,
  message,
  object,
  typedMessage,
  view,
} from './tree.fixture.ts'
import { VERBS } from './verbs.ts'

const test = suite('rules-payload')
const KINDS = {
  request: 'RequestMessage',
  reply: 'ResponseMessage',
  event: 'EventMessage',
} as const

function needs(...content: readonly Element[]): readonly string[] {
  const missing = Object.entries(VERBS).filter(([verb, { kind }]) => {
    const root = message(KINDS[kind], header(verb), m('Payload', content))
    return judged(root).some((it) => it.includes('PAY-02'))
  })
  return missing.map(([verb]) => verb)
}

test('PAY-02: create, change, execute and all events need content', () => {
  assert.equal(needs(), [
    'create',
    'change',
    'execute',
    'created',
    'changed',
    'canceled',
    'closed',
    'deleted',
    'executed',
  ])
  assert.equal(needs(m('Format', 'XML')), needs())
  assert.equal(needs(m('OperationSet')), needs())
})

test('PAY-02: an object, a compressed one or an Operation satisfies every verb', () => {
  assert.equal(needs(object()), [])
  assert.equal(needs(m('Compressed', 'H4sI')), [])
  assert.equal(needs(m('OperationSet', [m('Operation', fields({ operationId: '1' }))])), [])
})

test('PAY-02 leaves to the XSD an object that lacks its namespace', () => {
  assert.equal(needs(m('Widgets')), [])
})

test('PAY-02: an ID is enough to say what is gone', () => {
  assert.equal(needs(m('ID', '1')), [
    'create',
    'change',
    'execute',
    'created',
    'changed',
    'executed',
  ])
})

test('PAY-02 leaves an empty Payload to the typed schema, and speaks of a missing one', () => {
  assert.equal(judged(typedMessage('CreateWidgets', header('create'), m('Payload'))), [])
  assert.equal(judged(typedMessage('CreateWidgets', header('create'))), [
    'error PAY-02 /CreateWidgets',
  ])
  const set = header('execute', { ...GOOD, Noun: 'OperationSet' })
  assert.equal(judged(typedMessage('ExecuteWidgetsOperationSet', set, m('Payload'))), [
    'error PAY-02 /ExecuteWidgetsOperationSet/Payload',
  ])
})

const create = (...roots: readonly Element[]) =>
  message('RequestMessage', header('create'), m('Payload', roots))

test('PAY-03 warns of a payload root without schema', () => {
  assert.equal(judged(create(object(), element('urn:x', 'Thing'))), [
    'warning PAY-03 /RequestMessage/Payload/Thing',
  ])
})

test('PAY-03 knows the www. that IEC does not write', () => {
  const ns = object().ns.replace('//', '//www.')
  const [draft] = judge(view(create(element(ns, 'Widgets'))), CONTEXT)
  assert.is(draft?.rule, 'PAY-03')
  assert.is(draft?.mend, `Write xmlns="${object().ns}" on Widgets.`)
})

test('PAY-03 names the namespace in which a schema declares that root', () => {
  const context = {
    ...CONTEXT,
    namespaceOf: (name: string) => (name === 'Widgets' ? object().ns : undefined),
  }
  const mends = ['Widgets', 'Thing'].map((name) =>
    judge(view(create(element('urn:x', name))), context)
      .filter((it) => it.rule === 'PAY-03')
      .map((it) => it.mend),
  )
  assert.equal(mends, [
    [`Did you mean ${object().ns}? Else import its schema.`],
    ['Check its name and namespace, or import its schema.'],
  ])
})

test('PAY-03 leaves to the XSD a payload without namespace or in that of the message', () => {
  assert.equal(judged(create(object(), element('', 'Thing'), m('Thing'))), [])
})

test('PAY-03 looks into Operations, in typed messages too', () => {
  const operation = m('Operation', [
    ...fields({ operationId: '1', verb: 'create' }),
    element('urn:x', 'Thing'),
  ])
  const root = typedMessage(
    'ExecuteWidgetsOperationSet',
    header('execute', { ...GOOD, Noun: 'OperationSet' }),
    m('Payload', [m('OperationSet', [operation])]),
  )
  assert.equal(judged(root), [
    'warning PAY-03 /ExecuteWidgetsOperationSet/Payload/OperationSet/Operation/Thing',
  ])
})

const about = (...content: readonly Element[]) =>
  message('RequestMessage', header('create'), m('Payload', content))
const FORMAT_AT = 'warning PAY-05 /RequestMessage/Payload/Format'

const FORMATS: readonly (readonly [what: string, content: readonly Element[], right: boolean])[] = [
  ['XML of a noun', [object(), m('Format', 'XML')], true],
  ['in whatever case, with blanks', [object(), m('Format', ' xml ')], true],
  ['a noun that is said to be a picture', [object(), m('Format', 'SVF')], false],
  ['a noun that is said to be RDF', [object(), m('Format', 'RDF')], false],
  ['an empty Format', [object(), m('Format')], false],
  ['a compressed file', [m('Compressed', 'eA=='), m('Format', 'PDF')], true],
  ['compressed RDF', [m('Compressed', 'eA=='), m('Format', 'RDF')], true],
  ['a misspelt Format', [m('Compressed', 'eA=='), m('Format', 'XLM')], false],
  ['Format alone', [m('ID', '1'), m('Format', 'XML')], true],
]

for (const [what, content, right] of FORMATS)
  test(`PAY-05 ${right ? 'has nothing to say of' : 'warns of'} ${what}`, () => {
    const told = judged(about(...content)).filter((it) => !it.includes('PAY-02'))
    assert.equal(told, right ? [] : [FORMAT_AT])
  })

test('PAY-05 takes RDF for elements that no schema declares', () => {
  const rdf = element('http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'RDF')
  const told = judged(about(rdf, m('Format', 'RDF')))
  assert.ok(!told.some((it) => it.includes('PAY-05')), told.join())
})

test('PAY-05 judges the Format of an OperationSet too', () => {
  const set = m('OperationSet', [m('Operation', fields({ operationId: '1' }))])
  const root = message(
    'RequestMessage',
    header('execute', { ...GOOD, Noun: 'OperationSet' }),
    m('Payload', [set, m('Format', 'PDF')]),
  )
  assert.equal(judged(root), [FORMAT_AT])
})

test('PAY-05 says that what an unknown Format holds is not judged', () => {
  const root = about(m('Compressed', 'eA=='), m('Format', 'XLM'))
  const drafts = judge(view(root), CONTEXT).filter((it) => it.rule === 'PAY-05')
  assert.match(
    drafts[0]?.message ?? '',
    'XLM is no known Format, so what is in Compressed is not judged.',
  )
})

test.run()
