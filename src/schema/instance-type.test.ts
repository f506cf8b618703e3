import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { instanceTypeOf, longTypeName, shortTypeName, typeNamed } from './instance-type.ts'
import { key } from './model.ts'
import type { Type } from './model.ts'
import { modelOf, T, tree } from './schema.fixture.ts'
import { scopeAlong } from './scope.ts'

const test = suite('instance-type')

const XS = 'http://www.w3.org/2001/XMLSchema'
const MODEL = modelOf(
  `<xs:schema xmlns:xs="${XS}" targetNamespace="${T}"><xs:import namespace="urn:o" schemaLocation="o.xsd"/><xs:complexType name="A"/><xs:complexType name="B"/></xs:schema>`,
  {
    '/0/o.xsd': `<xs:schema xmlns:xs="${XS}" targetNamespace="urn:o"><xs:complexType name="B"/><xs:complexType name="C"/></xs:schema>`,
  },
)
const A = typeNamed(key(T, 'A'), MODEL) as Type

/** qualified name, how it is written for a declared type of the first namespace */
const TABLE: readonly (readonly [string, string])[] = [
  [key(T, 'A'), 'A'],
  [key(T, 'B'), 'B'],
  [key('urn:o', 'B'), '{urn:o}B'],
  [key('urn:o', 'C'), 'C'],
  [key(XS, 'int'), `{${XS}}int`],
  [key('urn:x', 'X'), '{urn:x}X'],
]

test('is written by its local name where that is enough to find it again', () => {
  for (const [name, written] of TABLE) {
    assert.is(shortTypeName(name, A, MODEL), written)
    assert.is(longTypeName(written, A, MODEL), name)
  }
})

test('an unknown name is taken for one of the declared type’s namespace', () => {
  assert.is(longTypeName('X', A, MODEL), key(T, 'X'))
})

test('is found by the prefix in force', () => {
  const of = (attributes: string) => {
    const root = tree(
      `<e xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="${T}" ${attributes}/>`,
    )
    return instanceTypeOf(root, MODEL, scopeAlong([root]))?.name
  }
  assert.is(of('xsi:type="t:A"'), 'A')
  assert.is(of('xsi:type=" t:A "'), 'A')
  assert.is(of('xmlns="urn:o" xsi:type="C"'), 'C')
  assert.is(of(`xmlns:xs="${XS}" xsi:type="xs:int"`), 'int')
  for (const it of ['', 'type="t:A"', 'xsi:type="A"', 'xsi:type="t:X"', 'xsi:type="u:A"'])
    assert.is(of(it), undefined, it)
})

test.run()
