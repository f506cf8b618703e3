// Finds the parts of the envelope in an element tree, and reads the texts they hold.

import type { Element } from './element.ts'
import { MESSAGE_NS } from './namespaces.ts'

/**
 * The first part of the envelope with this name. Parts are in the message namespace or, in typed messages, in
 * their parent's; those without namespace are found too, so that what a wrong message says can be reported.
 */
export function partOf(parent: Element | undefined, name: string): Element | undefined {
  if (parent === undefined) return undefined
  const { children } = parent
  // Asked some fifty times of every message: such a loop makes nothing that has to be cleared away.
  for (let at = 0; at < children.length; at += 1) {
    const it = children[at] as Element
    if (it.name === name && belongs(parent, it)) return it
  }
  return undefined
}

/** All parts of the envelope with this name, found as by `partOf`. */
export function partsOf(parent: Element | undefined, name: string): readonly Element[] {
  return parent?.children.filter((it) => it.name === name && belongs(parent, it)) ?? []
}

/** The text of the first part with this name, exactly as written. */
export function partText(parent: Element | undefined, name: string): string | undefined {
  return partOf(parent, name)?.text
}

/** False for an extension, which may bear the name of a part in its own namespace. */
function belongs(parent: Element, it: Element): boolean {
  return it.ns === MESSAGE_NS || it.ns === parent.ns || it.ns === ''
}

/** The truth value of an xs:boolean, blanks around it included; false when it is absent. */
export function isTrue(text: string | undefined): boolean {
  return ['true', '1'].includes(text?.trim() ?? '')
}

/** True for a text that is absent, empty or blank. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === ''
}
