// A MessageID over several messages of one sender or more: the same one again is either the same message, octet by octet,
// or it is wrong.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'

/** A message as this check sees it. */
export interface Numbered {
  readonly root: Node | undefined
  readonly bytes: Uint8Array
}

/** Takes down every MessageID, and says which have been used before for another message. */
export interface Numbers {
  readonly take: (it: Numbered) => readonly Observation[]
}

/** With nothing taken down. */
export function openNumbers(): Numbers {
  const known = new Map<string, Uint8Array>()
  return {
    take: ({ root, bytes }) => {
      const id = textAt(root, 'Header/MessageID')
      const before = id === undefined ? undefined : known.get(id)
      if (id === undefined || root === undefined) return []
      if (before === undefined) known.set(id, bytes)
      return before === undefined || Buffer.compare(before, bytes) === 0 ? [] : [reused(id, root)]
    },
  }
}

function reused(got: string, root: Node): Observation {
  const expected = 'a MessageID of its own, or the same message octet by octet'
  const message = 'The MessageID was used before, for another message.'
  const line = find(root, 'Header/MessageID')[0]?.line ?? root.line
  return observed('HDR-02', 'L6', {
    expected,
    got,
    message,
    path: `/${root.name}/Header/MessageID`,
    line,
  })
}
