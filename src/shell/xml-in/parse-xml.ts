// An XML document that is no message, such as a schema file: the same guard, and only its tree. Where it says the same
// without its DOCTYPE, it is read without.

import type { Element } from '../../envelope/element.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import { withoutDoctype } from './doctype.ts'
import { open } from './open.ts'
import { openPlain } from './plain.ts'
import { plainTree } from './plain-document.ts'
import { detached } from './tree.ts'

/** A schema nests deeper than a message and names more namespaces. */
const SCHEMA_LIMITS: Limits = { ...LIMITS, depth: 128, namespaces: 128 }

/** The element tree, or why there is none. What is no plain document takes the engine, which has to be loaded. */
export function parseXml(
  written: Uint8Array,
  limits: Limits = SCHEMA_LIMITS,
): Element | { readonly reason: string } {
  const bytes = withoutDoctype(written, limits)
  if ('reason' in bytes) return bytes
  const plain = openPlain(bytes, { limits })
  if (plain !== undefined) return plainTree(plain.document)
  const opened = open(bytes, limits)
  if ('findings' in opened) return { reason: opened.findings.map((it) => it.message).join(' ') }
  const root = detached(opened.root)
  opened.dispose()
  return root
}
