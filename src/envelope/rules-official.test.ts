import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { element } from './element.ts'
import type { Element } from './element.ts'
import { judge } from './rules.ts'
import { CONTEXT, header, m, message, numbered, object, view } from './tree.fixture.ts'

const test = suite('rules-official')

const DRAFT = 'http://cimgate.example/draft/2026/Widgets#'
const draft = (...inner: readonly Element[]) => element(DRAFT, 'Widgets', inner)
const found = (root: Element, officialOnly?: boolean) =>
  judge(view(numbered(root)), officialOnly === undefined ? CONTEXT : { ...CONTEXT, officialOnly })
    .filter((it) => it.rule === 'OFF-01')
    .map((it) => `${it.severity} ${it.found}`)

const WITH_DRAFT = message('RequestMessage', header('create'), m('Payload', [draft(draft())]))

test('says nothing unless it is asked to', () => {
  assert.equal(found(WITH_DRAFT), [])
  assert.equal(found(WITH_DRAFT, false), [])
})

test('finds each outermost element of a draft once, wherever it stands', () => {
  assert.equal(found(WITH_DRAFT, true), [`error ${DRAFT}`])
  const two = message('RequestMessage', m('Header', [draft()]), m('Payload', [draft()]))
  assert.is(found(two, true).length, 2)
})

test('judges a bare payload too, and leaves official ones alone', () => {
  assert.equal(found(draft(), true), [`error ${DRAFT}`])
  assert.equal(
    found(message('RequestMessage', header('create'), m('Payload', [object()])), true),
    [],
  )
  assert.equal(found(element('http://cimgate.example.org/draft/2026/X#', 'X'), true), [])
})

test('says which namespace it is, and why', () => {
  const [finding] = judge(view(numbered(draft())), { ...CONTEXT, officialOnly: true })
  assert.match(finding?.message ?? '', new RegExp(`Widgets is in ${DRAFT}, a draft of cimgate`))
})

test.run()
