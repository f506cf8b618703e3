import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { tree, xsd } from '../../schema/schema.fixture.ts'
import { elementOn, engineText } from './engine-text.ts'

const test = suite('engine text')

const TEXT = xsd(`<xs:annotation><xs:documentation>one
two</xs:documentation></xs:annotation>
<xs:element name="a"
  type="xs:string"/><xs:complexType name="C"><xs:sequence><xs:any/></xs:sequence></xs:complexType>`)

test('puts every element but annotations on a line of its own', () => {
  const made = engineText(tree(TEXT))
  const names = made.text.split('\n').map((it) => /<xs:(\w+)/.exec(it)?.[1])
  assert.equal(names, ['schema', 'element', 'complexType', 'sequence', 'any'])
  names.forEach((name, at) => assert.is(elementOn(at + 1, made)?.name, name))
  assert.is(elementOn(0, made), undefined)
  assert.is(elementOn(names.length + 1, made), undefined)
  assert.equal(engineText(tree(made.text)).text, made.text)
})

test('trusts no line that may stand for all that follow', () => {
  const many = '<xs:element name="e"/>'.repeat(70_000)
  const made = engineText(tree(xsd(many)))
  assert.is(elementOn(65_534, made)?.name, 'element')
  assert.is(elementOn(65_535, made), undefined)
})

test.run()
