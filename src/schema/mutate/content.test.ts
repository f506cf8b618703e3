import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CONTENT_OPERATORS } from './content.ts'
import { readOwn } from './tree.ts'
import { T, declared, modelOf } from '../schema.fixture.ts'
import { shapeOf } from '../shape.ts'

const mutateContent = suite('mutate-content')

/** What is announced as out of order where a wildcard for these namespaces stands behind the elements. */
function disordered(namespaces: string): readonly string[] {
  const model = modelOf(`<xs:element name="r"><xs:complexType><xs:sequence>
    <xs:element name="x" minOccurs="0" type="xs:string"/><xs:element ref="t:s"/>
    <xs:any namespace="${namespaces}" processContents="lax" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element><xs:element name="s" type="xs:string"/>`)
  const decl = declared(model, 'r')
  const element = readOwn(`<t:r xmlns:t="${T}"><t:x/><t:s/></t:r>`)
  const shape = decl.type.kind === 'complex' ? shapeOf(decl.type, model) : undefined
  const operator = CONTENT_OPERATORS.find((it) => it.name === 'out-of-order')
  const broken = operator?.apply(element, { place: [], element, decl, model, shape }) ?? []
  return broken.map((it) => it.subject)
}

mutateContent('announces no order fault where a wildcard may take the element', () => {
  assert.equal(disordered('##any'), [])
  assert.equal(disordered('##targetNamespace'), [])
  assert.equal(disordered('##other'), ['s'])
})

mutateContent.run()
