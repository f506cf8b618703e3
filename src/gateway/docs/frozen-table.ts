// What of an object stays as it is, and from when on, as the page of its flow shows it: made of what the flow declares.

import type { Freeze, Frozen } from '../../flows/frozen.ts'
import { nameOf } from '../../flows/frozen.ts'
import { markup, table } from './html.ts'
import type { Html, Part } from './html.ts'

/** One row for each set of members that are frozen together. */
export function frozenTable({ rule, freezes }: Frozen): Html {
  const rows = freezes.map((it) => [what(it), when(it), names([rule])])
  return table(['what', 'stays as it is', 'rule'], rows)
}

/** An object that is kept is there as long as its members stay. */
function what({ members, kept }: Freeze): Part {
  const all = names(members.map(nameOf))
  if (kept === undefined) return all
  return members.length === 0 ? 'that it is there' : markup`${all}, and that it is there`
}

function when({ in: states, of, each, since, only }: Freeze): Part {
  const whose = only === undefined ? '' : `, of ${only.what}`
  if (since !== undefined) return `once ${since.when}${whose}`
  if (states === undefined) return `from the beginning${whose}`
  const what =
    each === undefined ? (of === undefined ? 'it' : `its ${of.named}`) : `the ${each.list}`
  return markup`while ${what} is ${names(states)}${whose}`
}

function names(all: readonly string[]): Html {
  return markup`${all.map((it, at) => markup`${at === 0 ? '' : ', '}<code class="whole">${it}</code>`)}`
}
