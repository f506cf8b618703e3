import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { SchemaDocument } from './compile/compile.ts'
import { tree } from './schema.fixture.ts'
import { placeAt, placeOf } from './schema-place.ts'

const test = suite('schema-place')

const root = tree('<a><b/></a>')
const placeWith = (source: SchemaDocument['source']) =>
  placeOf({
    node: root.children[0] ?? root,
    document: {
      location: '/0/a.xsd',
      root,
      targetNamespace: '',
      ...(source === undefined ? {} : { source }),
    },
  })

test('says path, line and column', () => {
  const locator = () => (index: number) => ({ line: 12, column: index + 2 })
  assert.is(placeWith({ path: 'x/a.xsd', locator }), 'x/a.xsd:12:3')
})

test('says the path alone where the text is gone', () => {
  assert.is(placeWith({ path: 'x/a.xsd', locator: () => undefined }), 'x/a.xsd')
  assert.is(placeWith({ path: 'x/a.xsd' }), 'x/a.xsd')
  assert.is(placeAt('x/a.xsd', undefined), 'x/a.xsd')
})

test('says the path alone of what stands in no text, such as a schema that is made', () => {
  assert.is(placeAt('x/a.xsd', { line: 0, column: 0 }), 'x/a.xsd')
  assert.is(placeWith(undefined), '/0/a.xsd')
})

test.run()
