import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { membersOf, pairOf } from './members.ts'
import type { Member } from './members.ts'
import { declared, modelOf } from '../schema.fixture.ts'

const test = suite('diff members')

/** @param names in their order, each with its type after a colon where it is no string */
function members(names: string): readonly Member[] {
  const items = names.split(' ').map((it) => {
    const [name = '', type = 'string'] = it.split(':')
    return `<xs:element name="${name}" type="xs:${type}"/>`
  })
  const type = `<xs:complexType><xs:sequence>${items.join('')}</xs:sequence></xs:complexType>`
  const model = modelOf(`<xs:element name="R">${type}</xs:element>`)
  const root = declared(model, 'R').type
  assert.ok(root.kind === 'complex')
  return membersOf(root, model).members
}

/** title, ours, theirs, renamed */
const TABLE: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['words behind', 'a comment b:int', 'a commentText b:int', ['comment commentText']],
  ['words before, and fewer', 'serviceKind a:int', 'kind a:int', ['serviceKind kind']],
  [
    'beside another one that is renamed',
    'a comment size:int b',
    'a commentText sizeLimit:int b',
    ['comment commentText', 'size sizeLimit'],
  ],
  ['not elsewhere', 'status a b', 'a statusText b', []],
  ['not of another type', 'a size b', 'a sizeLimit:int b', []],
  ['not a part of a word', 'a form b', 'a formatting b', []],
  ['not one of two', 'a value b', 'a valueLow valueHigh b', []],
  ['not words in the middle', 'a kind b', 'a workKindName b', []],
]
for (const [title, ours, theirs, due] of TABLE)
  test(`a name with words more or less: ${title}`, () => {
    const { renamed, missing, added } = pairOf(members(ours), members(theirs))
    assert.equal(
      renamed.map(([a, b]) => `${a.decl.name} ${b.decl.name}`),
      due,
    )
    const [own, other] = [ours, theirs].map((it) => it.split(' ').length)
    const common = ours.split(' ').filter((it) => theirs.split(' ').includes(it)).length
    assert.equal(
      [missing.length, added.length],
      [own, other].map((it) => (it ?? 0) - common - due.length),
    )
  })

test.run()
