import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { setOf, shipped, xsd } from './schema.fixture.ts'

const test = suite('schemas')

const SET = await shipped()
const M = 'http://iec.ch/TC57/2011/schema/message'
const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'

test('finds message roots by name, by namespace, and typed ones', () => {
  const found = (ns: string | undefined, root: string) => SET.message(ns, root, undefined)?.decl.ns
  assert.is(found(undefined, 'RequestMessage'), M)
  assert.is(found(M, 'FaultMessage'), M)
  assert.is(found(undefined, 'CreateDERGroups'), 'http://iec.ch/TC57/2017/DERGroupsMessage')
  assert.is(
    found(undefined, 'DERGroupQueriesRequestMessage'),
    'http://iec.ch/TC57/2017/DERGroupQueriesMessage',
  )
  assert.is(
    found(undefined, 'ExecuteDERGroupsOperationSet'),
    'http://iec.ch/TC57/2017/DERGroupsOperationSetMessage',
  )
  assert.is(
    found('http://iec.ch/TC57/2017/DERGroupsMessage', 'CreateDERGroups'),
    'http://iec.ch/TC57/2017/DERGroupsMessage',
  )
})

test('finds no message where there is none', () => {
  for (const [ns, root] of [
    [undefined, 'DERGroups'],
    [undefined, 'CreateNothings'],
    [GROUPS, 'DERGroups'],
    [M, 'Nothing'],
    ['urn:Message', 'CreateX'],
  ] as const)
    assert.is(SET.message(ns, root, undefined), undefined, root)
})

test('finds payload roots, the variant by the verb', () => {
  const constrained = SET.payload(undefined, 'DERGroups', 'create')
  const open = SET.payload(GROUPS, 'DERGroups', 'change')
  assert.is(constrained?.decl.ns, GROUPS)
  assert.is.not(constrained?.model, open?.model)
  assert.is(SET.payload('urn:x', 'DERGroups', undefined), undefined)
})

test('compiles each file once', () => {
  const file = SET.fileFor(GROUPS, 'DERGroups', undefined)
  assert.ok(file !== undefined)
  assert.is(SET.modelOf(file), SET.modelOf(file))
  assert.is(SET.closureOf(file).length, 1)
})

test('keeps a derived schema by the verbs that exist, so that no sender fills the memory', () => {
  const ns = 'http://iec.ch/TC57/2017/DERGroupsMessage'
  const of = (verb: string | undefined) => SET.fileFor(ns, 'X', verb)
  assert.is(of('nonsense'), of(undefined))
  assert.is(of('change'), of('change'))
  assert.is(SET.fileFor('http://iec.ch/TC57/2017/NothingsMessage', 'X', 'create'), undefined)
})

test('a root of a file without that root is not found', () => {
  const set = setOf({ '/0/a.xsd': xsd('<xs:element name="a"/>') })
  assert.is(set.payload('urn:t', 'b', undefined), undefined)
  assert.is(set.payload(undefined, 'a', undefined)?.decl.name, 'a')
})

test.run()
