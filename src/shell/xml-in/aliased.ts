// A document read by aliases, or a message in a generic SOAP wrapper, is judged as if it had been written so; places and
// text stay those of the original.

import { applyAliases } from '../../envelope/aliases.ts'
import type { Aliases } from '../../envelope/aliases.ts'
import type { Draft } from '../../envelope/finding.ts'
import type { Element } from '../../envelope/element.ts'
import type { Limits } from '../../envelope/limits.ts'
import { soapBody, withNamedMessage } from '../../envelope/soap.ts'
import { writeElement } from '../../envelope/write.ts'
import { open } from './open.ts'
import type { NotOpened, Opened } from './open.ts'
import { detached } from './tree.ts'

/** Opens a document, a second time in its rewritten form where an alias applies. */
export function openAs(
  bytes: Uint8Array,
  limits: Limits,
  aliases: Aliases | undefined,
): Opened | NotOpened {
  const opened = open(bytes, limits)
  if ('findings' in opened) return opened
  const rewritten = rewrite(opened.root, aliases)
  if (rewritten === undefined) return opened
  const { root, applied, sent } = rewritten
  // The text is needed later: it is decoded from the bytes, which the engine no longer holds.
  opened.dispose()
  // What we write may be longer than what came; the original was within its limit.
  const again = open(Buffer.from(writeElement(root)), { ...limits, bodyBytes: Infinity })
  return 'findings' in again ? again : { ...again, text: opened.text, notes: applied, sent }
}

/** Undefined where the document is to be read as it is. */
function rewrite(root: Element, aliases: Aliases | undefined) {
  const isPlain = aliases === undefined || isEmpty(aliases)
  if (isPlain && soapBody(root)?.wrapper === undefined) return undefined
  const sent = detached(root)
  const aliased = isPlain ? { root: sent, applied: [] } : applyAliases(sent, aliases)
  const named = withNamedMessage(aliased.root)
  if (named === undefined && aliased.applied.length === 0) return undefined
  return { root: named ?? aliased.root, applied: aliased.applied, sent }
}

/** True where nothing is to be read as anything else. */
export function isEmpty({ namespaces = {}, verbs = {} }: Aliases): boolean {
  return Object.keys(namespaces).length + Object.keys(verbs).length === 0
}

/** Tells that an alias was used, so that nobody takes the dialect for the standard. */
export function aliasDraft(note: string): Draft {
  return {
    layer: 'envelope-rule',
    rule: 'ENV-ALIAS',
    severity: 'info',
    clause: '',
    at: 0,
    expected: 'edition 1 as published',
    found: note,
    message: `Read by an alias: ${note}.`,
    mend: 'Ask the sender to write edition 1; then take the alias out.',
  }
}
