// An XSD file as the engine gets it: every import and include points at the file that the catalogue chose,
// so that no remote, absolute or missing schemaLocation decides anything.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { XSD_NS } from '../../schema/builtins.ts'
import { resolveLocation } from '../../schema/catalogue.ts'
import type { SchemaDocument } from '../../schema/compile.ts'

const REFERENCES: readonly string[] = ['import', 'include', 'redefine']

/** @param documents the closure that the file belongs to */
export function linked(document: SchemaDocument, documents: readonly SchemaDocument[]): Element {
  const children = document.root.children.map((it) =>
    it.ns === XSD_NS && REFERENCES.includes(it.name) ? link(it, document, documents) : it,
  )
  return { ...document.root, children, mixed: null }
}

function link(node: Element, from: SchemaDocument, documents: readonly SchemaDocument[]): Element {
  const written = attribute(node, 'schemaLocation')
  const here =
    written === undefined
      ? undefined
      : documents.find((it) => it.location === resolveLocation(from.location, written))
  const byNamespace =
    node.name === 'import'
      ? documents.find((it) => it.targetNamespace === attribute(node, 'namespace'))
      : undefined
  const target = here ?? byNamespace
  const others = node.attributes.filter((it) => it.name !== 'schemaLocation')
  const location =
    target === undefined
      ? []
      : [{ name: 'schemaLocation', ns: '', prefix: '', value: target.location }]
  return { ...node, attributes: [...others, ...location] }
}
