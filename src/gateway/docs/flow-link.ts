// Where the page of a flow is.

import { FLOWS } from '../../flows/index.ts'
import { markup } from './html.ts'
import type { Html } from './html.ts'

/** A flow by its name; as text where it has no page of its own. */
export function flowLink(id: string): Html {
  const isOne = FLOWS.some((it) => it.id === id)
  return isOne
    ? markup`<a href="${flowPath(id)}"><code>${id}</code></a>`
    : markup`<code>${id}</code>`
}

function flowPath(id: string): string {
  return `/docs/flow/${encodeURIComponent(id)}`
}
