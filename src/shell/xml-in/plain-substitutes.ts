// References to heads of substitution groups as libxml2 reads them right. Of one that may stand several times it makes a
// loop that leads back to what may stand before, so that an element of the content before it is taken behind it. Written
// once in a sequence that may stand as often, it means the same.

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { SchemaDocument } from '../../schema/compile/compile.ts'
import { XSD_NS } from '../../schema/builtins.ts'

/** Local names of the heads that a set of files knows: one too many does no harm. */
export function headNames(documents: readonly SchemaDocument[]): ReadonlySet<string> {
  const heads = documents.flatMap(({ root }) =>
    root.children.flatMap((it) => attribute(it, 'substitutionGroup') ?? []),
  )
  return new Set(heads.map(localName))
}

function localName(name: string): string {
  return name.trim().split(':').at(-1) ?? ''
}

/** A schema, or part of one, with repeated references to heads in a sequence each; the same object where nothing changes. */
export function withPlainSubstitutes(node: Element, heads: ReadonlySet<string>): Element {
  if (node.ns !== XSD_NS || heads.size === 0) return node
  if (isRepeatedHead(node, heads)) return repeated(node)
  const children = node.children.map((it) => withPlainSubstitutes(it, heads))
  const isSame = children.every((it, at) => it === node.children[at])
  return isSame ? node : { ...node, children, mixed: null }
}

function isRepeatedHead(node: Element, heads: ReadonlySet<string>): boolean {
  const ref = node.name === 'element' ? attribute(node, 'ref') : undefined
  const most = attribute(node, 'maxOccurs')?.trim() ?? '1'
  return ref !== undefined && heads.has(localName(ref)) && !['0', '1'].includes(most)
}

const OCCURS: readonly string[] = ['minOccurs', 'maxOccurs']

function repeated(reference: Element): Element {
  const isOccurs = ({ name, ns }: { name: string; ns: string }) =>
    ns === '' && OCCURS.includes(name)
  const once = {
    ...reference,
    attributes: reference.attributes.filter((it) => !isOccurs(it)),
  }
  const attributes = reference.attributes.filter(isOccurs)
  return { ...reference, name: 'sequence', attributes, children: [once], mixed: null }
}
