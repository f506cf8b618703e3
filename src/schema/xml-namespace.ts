// The attributes of the XML namespace as a schema: xml:lang, xml:space, xml:base, xml:id. Foreign sets import them from an
// address on the web, where nobody looks; a folder that has a file of its own is read by that.

import { element } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import { XML_NS, XSD_NS } from './builtins.ts'
import type { SchemaFile } from './catalogue.ts'

function xs(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Element[]
): Element {
  return { ...element(XSD_NS, name, children, attributes), prefix: 'xs' }
}

const restriction = (base: string, ...literals: readonly string[]) =>
  xs(
    'simpleType',
    {},
    xs('restriction', { base }, ...literals.map((value) => xs('enumeration', { value }))),
  )

/** An empty xml:lang takes back what an outer element says (XML 1.0 §2.12). */
const LANGUAGE = xs(
  'simpleType',
  {},
  xs('union', { memberTypes: 'xs:language' }, restriction('xs:string', '')),
)

const NAMES = ['lang', 'space', 'base', 'id'] as const

const ROOT: Element = {
  ...xs(
    'schema',
    { targetNamespace: XML_NS },
    xs('attribute', { name: 'lang' }, LANGUAGE),
    xs('attribute', { name: 'space' }, restriction('xs:NCName', 'default', 'preserve')),
    xs('attribute', { name: 'base', type: 'xs:anyURI' }),
    xs('attribute', { name: 'id', type: 'xs:ID' }),
    xs(
      'attributeGroup',
      { name: 'specialAttrs' },
      ...NAMES.map((it) => xs('attribute', { ref: `xml:${it}` })),
    ),
  ),
  declared: [['xs', XSD_NS]],
}

/** What an import of the XML namespace means where no file has it. */
export const XML_ATTRIBUTES: SchemaFile = {
  location: '/built-in/xml.xsd',
  path: 'xml.xsd (built in)',
  shipped: true,
  sha256: '',
  root: ROOT,
}
