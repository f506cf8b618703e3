import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { T, declared, modelOf } from '../schema.fixture.ts'
import { samplingOf } from './run.ts'

const test = suite('sample-run')

const model = modelOf('<xs:element name="a" type="xs:string"/>')
const decl = declared(model, 'a')

test('gives as many elements beyond the necessary ones as were asked for', () => {
  const { spend } = samplingOf({ model, decl }, 1, 2, 'a')
  assert.equal([spend(), spend(), spend()], [true, true, false])
})

test('ends where a schema asks for more elements, or levels, than a sample can have', () => {
  assert.throws(
    () => samplingOf({ model, decl }, 1, 0, 'a').make(20_001, 1),
    /t\.xsd.*20000 elements/,
  )
  assert.throws(() => samplingOf({ model, decl }, 1, 0, 'a').make(1, 101), /100 levels/)
  samplingOf({ model, decl }, 1, 0, 'a').make(20_000, 100)
})

test('names the namespace of what stands at no place that is known', () => {
  const local = { ...decl, name: 'b' }
  assert.throws(
    () => samplingOf({ model, decl: local }, 1, 0, 'b').make(20_001, 1),
    (error: Error) => error.message.includes(`${T}: A sample of b`),
  )
})

test.run()
