// A document that is looked at before it is judged: what a SOAP envelope says about itself, what a peer has answered.
// The guard of messages stands before it, and its tree stays.

import type { Element } from '../../envelope/element.ts'
import { LIMITS } from '../../envelope/limits.ts'
import type { Limits } from '../../envelope/limits.ts'
import { isEngineLoaded } from './engine.ts'
import { open } from './open.ts'
import { openPlain } from './plain.ts'
import { plainTree } from './plain-document.ts'
import { detached } from './tree.ts'

/** The element tree; undefined for what is no document within the limits, and for a DOCTYPE. */
export function readXml(bytes: Uint8Array, limits: Limits = LIMITS): Element | undefined {
  const plain = openPlain(bytes, { limits })
  if (plain !== undefined) {
    const root = plainTree(plain.document)
    plain.document.release()
    return root
  }
  if (!isEngineLoaded()) return undefined
  const opened = open(bytes, limits)
  if ('findings' in opened) return undefined
  const root = detached(opened.root)
  opened.dispose()
  return root
}
