// A schema as text for the engine: every element on a line of its own, so that the line of a complaint tells the element.
// Annotations are left out; they say nothing to the engine.

import type { Element } from '../../envelope/element.ts'
import { writeElement } from '../../envelope/write.ts'
import { XSD_NS } from '../../schema/builtins.ts'

/** A text, and the elements by the lines that they begin on: the first one on line 1. */
export interface EngineText {
  readonly text: string
  readonly elements: readonly Element[]
}

/** A schema with each of its elements on a line of its own, so that the engine tells which one it means. */
export function engineText(root: Element): EngineText {
  const elements: Element[] = []
  const spaced = (it: Element): Element => {
    elements.push(it)
    const children = it.children.filter(({ ns, name }) => ns !== XSD_NS || name !== 'annotation')
    const own = children.map(spaced)
    return { ...it, text: '', children: own, mixed: own.flatMap((one) => ['\n', one]) }
  }
  return { text: writeElement(spaced(root)), elements }
}

/** libxml2 keeps lines in 16 bits */
const LAST_LINE = 65_535

/** The element on a line; undefined where the engine does not know the line. */
export function elementOn(line: number, { elements }: EngineText): Element | undefined {
  return line < LAST_LINE ? elements[line - 1] : undefined
}
