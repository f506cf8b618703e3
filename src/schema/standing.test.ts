import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { declared, modelOf } from './schema.fixture.ts'
import { standingOf } from './standing.ts'

const test = suite('standing')

const el = (name: string, inner: string, more = '') =>
  `<xs:element name="${name}" ${more}><xs:complexType>${inner}</xs:complexType></xs:element>`
const text = (name: string, more = '') => `<xs:element name="${name}" type="xs:string" ${more}/>`
const seq = (...items: readonly string[]) => `<xs:sequence>${items.join('')}</xs:sequence>`

const MODEL = modelOf(
  el(
    'Things',
    seq(
      el(
        'Thing',
        seq(
          text('mRID', 'minOccurs="0"'),
          text('name'),
          el(
            'Part',
            seq(text('label'), '<xs:element ref="t:Thing" minOccurs="0"/>'),
            'minOccurs="0"',
          ),
          `<xs:choice>${text('a')}${text('b')}</xs:choice>`,
          `<xs:choice>${text('c')}${seq(text('c'))}</xs:choice>`,
          `<xs:sequence minOccurs="0">${text('d')}</xs:sequence>`,
          '<xs:element ref="t:Head"/>',
          el('Open', seq('<xs:any processContents="lax"/>'), 'minOccurs="0"'),
          '<xs:element name="Later" type="t:Later" minOccurs="0"/>',
        ),
        'maxOccurs="unbounded"',
      ),
    ),
  ) +
    el('Thing', seq(text('deep', 'minOccurs="0"'))) +
    text('Head') +
    '<xs:element name="Member" type="xs:string" substitutionGroup="t:Head"/>' +
    '<xs:complexType name="Later" abstract="true"><xs:sequence/></xs:complexType>',
)

function standing(path: string, start?: 'below' | 'anywhere'): string {
  const it = standingOf({ decl: declared(MODEL, 'Things'), model: MODEL }, path.split('.'), start)
  if (it.kind === 'absent') return `no ${it.name} among ${it.names.join(' ')}`
  if (it.kind === 'open') return 'open'
  return `${it.required ? 'required' : 'optional'} ${it.simple ? 'value' : 'elements'}`
}

/** [path below the root, how it stands] */
const BELOW: readonly (readonly [string, string])[] = [
  ['Thing', 'required elements'],
  ['Thing.mRID', 'optional value'],
  ['Thing.name', 'required value'],
  ['Thing.Part', 'optional elements'],
  ['Thing.Part.label', 'required value'],
  ['Thing.Part.Thing.deep', 'optional value'],
  ['Thing.a', 'optional value'],
  ['Thing.c', 'required value'],
  ['Thing.d', 'optional value'],
  ['Thing.Head', 'optional value'],
  ['Thing.Member', 'optional value'],
  ['Thing.Open.x.y', 'open'],
  ['Thing.Later.x', 'open'],
  ['mRID', 'no mRID among Thing'],
  ['Thing.Part.labl', 'no labl among label Thing'],
  ['Thing.name.x', 'no x among '],
]

test('an element stands there, may stand there, or does not', () => {
  for (const [path, due] of BELOW) assert.is(standing(path), due, path)
})

test('the first name may stand at any depth, where it is required if it is so anywhere', () => {
  assert.is(standing('label', 'anywhere'), 'required value')
  assert.is(standing('Thing', 'anywhere'), 'required elements')
  assert.is(standing('Part.Thing', 'anywhere'), 'optional elements')
  assert.is(standing('deep', 'anywhere'), 'optional value')
  assert.match(standing('labl', 'anywhere'), /^no labl among .*\blabel\b/)
})

test.run()
