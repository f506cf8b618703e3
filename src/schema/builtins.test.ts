import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ANY_TYPE, BUILTINS, builtinType, normalize, XSD_NS } from './builtins.ts'
import { key } from './model.ts'
import type { SimpleType } from './model.ts'

const test = suite('builtins')

test('has the 44 simple types and anySimpleType of XML Schema 1.0', () => {
  assert.is(BUILTINS.size, 45)
  for (const [name, type] of BUILTINS) {
    assert.is(type.name, name)
    assert.is(type.builtin, name)
    assert.is(type.ns, XSD_NS)
  }
})

/** type, primitive, the chain of bases */
const TABLE: readonly (readonly [string, string, readonly string[]])[] = [
  ['byte', 'decimal', ['short', 'int', 'long', 'integer', 'decimal']],
  [
    'unsignedByte',
    'decimal',
    ['unsignedShort', 'unsignedInt', 'unsignedLong', 'nonNegativeInteger', 'integer', 'decimal'],
  ],
  ['ID', 'string', ['NCName', 'Name', 'token', 'normalizedString', 'string']],
  ['dateTime', 'dateTime', []],
]

test('derives each type from its base', () => {
  for (const [name, primitive, bases] of TABLE) {
    const chain: string[] = []
    for (
      let it = BUILTINS.get(name)?.base;
      it !== undefined;
      it = it.kind === 'simple' ? it.base : undefined
    )
      chain.push(it.name)
    assert.is(BUILTINS.get(name)?.primitive, primitive)
    assert.equal(chain, bases)
  }
})

test('finds types by qualified name', () => {
  assert.is(builtinType(key(XSD_NS, 'int')), BUILTINS.get('int'))
  assert.is(builtinType(key(XSD_NS, 'anyType')), ANY_TYPE)
  assert.is(builtinType(key(XSD_NS, 'nothing')), undefined)
  assert.is(builtinType(key('urn:t', 'int')), undefined)
})

test('white space is kept, replaced or collapsed', () => {
  const text = ' a\t b\r\n'
  const seen = (name: string) => normalize(BUILTINS.get(name) as SimpleType, text)
  assert.is(seen('string'), text)
  assert.is(seen('normalizedString'), ' a  b  ')
  assert.is(seen('token'), 'a b')
  assert.is(seen('int'), 'a b')
})

test.run()
