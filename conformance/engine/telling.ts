// What the tester as server tells its user while it waits, a line each.

import type { Asked } from '../checks/checks.ts'
import { textAt } from '../find.ts'
import type { ClientCase } from '../shapes.ts'
import { addressOf } from './board.ts'
import type { Board } from './board.ts'
import type { Incoming, Matched } from './inbox.ts'

/** Where the product has to call, and what is waited for. */
export function beginning(board: Board, address: string): readonly string[] {
  const { run, peers } = board
  const addresses = [...peers.keys()].map((it) => `${it}: ${addressOf(board, address, it)}`)
  return [...addresses, ...(run.trigger === undefined ? run.clients.map(waitingLine) : [])]
}

function waitingLine({ id, title, message: { verb, noun, lacks } }: ClientCase): string {
  const without = lacks === undefined ? '' : ` without ${lacks}`
  return `waiting for ${verb} ${noun}${without}: ${id}, ${title}`
}

/** What has come, and for what it was taken. */
export function cameLine({ root }: Incoming, match: Matched, file: string, found: Asked): string {
  const words = [textAt(root, 'Header/Verb') ?? root?.name, textAt(root, 'Header/Noun')]
  const what = root === undefined ? 'something that cannot be read' : words.join(' ').trim()
  const where =
    'client' in match
      ? `${match.client.id}, step ${match.step} (by ${match.by})`
      : `nothing: ${match.why}`
  return `came: ${what} [${file}], taken for ${where}${notMet(found)}`
}

/** The requirements that a message does not meet, and what the suite could not judge, for the end of a line. */
export function notMet({ observations, broken }: Asked): string {
  const wrong = [...new Set(observations.map((it) => it.requirement))].join(', ')
  const met = wrong === '' ? '' : `; not met: ${wrong}`
  return broken === undefined ? met : `${met}; ${broken}`
}
