import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { lineage } from '../envelope/element.ts'
import { tree } from './schema.fixture.ts'
import { namespaceOf, qualifiedName, scopeAlong } from './scope.ts'

const test = suite('scope')

const root = tree('<a xmlns="urn:d" xmlns:x="urn:1"><b xmlns:x="urn:2"><c xmlns=""/></b></a>')
const scope = (index: number) => scopeAlong(lineage(root, index))

test('finds the innermost binding of a prefix', () => {
  assert.is(namespaceOf('x', scope(0)), 'urn:1')
  assert.is(namespaceOf('x', scope(1)), 'urn:2')
  assert.is(namespaceOf('', scope(1)), 'urn:d')
  assert.is(namespaceOf('', scope(2)), '')
})

test('xml is always bound, the default namespace at least to none, anything else not', () => {
  assert.is(namespaceOf('xml', undefined), 'http://www.w3.org/XML/1998/namespace')
  assert.is(namespaceOf('', undefined), '')
  assert.is(namespaceOf('x', undefined), undefined)
})

test('reads prefixed names', () => {
  assert.is(qualifiedName(' x:n ', scope(1)), '{urn:2}n')
  assert.is(qualifiedName('n', scope(0)), '{urn:d}n')
  assert.is(qualifiedName('n', scope(2)), '{}n')
  assert.is(qualifiedName('y:n', scope(1)), undefined)
})

test.run()
