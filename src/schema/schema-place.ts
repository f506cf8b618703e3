// Where something stands in a schema file, as people write it: path, line, column.

import type { Element } from '../envelope/element.ts'
import type { SchemaDocument } from './compile/compile.ts'

/** A component, reference or other part of one schema file. */
export interface SchemaPart {
  readonly node: Element
  readonly document: SchemaDocument
}

/** `xsd/part5/X.xsd:12:3`; the path alone where the text is gone, or the part stands in no text. */
export function placeOf({ node, document }: SchemaPart): string {
  const { source, location } = document
  return placeAt(source?.path ?? location, source?.locator?.()?.(node.index))
}

/** The same for a place that is known already. */
export function placeAt(
  path: string,
  place: { readonly line: number; readonly column: number } | undefined,
): string {
  const { line, column } = place ?? { line: 0, column: 0 }
  return line > 0 ? `${path}:${line}:${column}` : path
}
