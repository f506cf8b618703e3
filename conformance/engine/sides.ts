// Who stands on the two sides of an exchange that was captured, and what it is called. Pure.

import { textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import type { Pair, Told } from './paired.ts'

/** The names of both. */
export interface Sides {
  readonly first: string
  readonly second: string
}

/** The name it was kept under, without control characters and the like: whoever captured them may have called files anything. */
export function nameOf(it: Told | undefined): string {
  return (it?.captured.name ?? 'nothing')
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_./#-]+/gu, '_')
}

/** A name that has not been taken: where it has, the second is `…~2`. */
export function untaken(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1
  taken.set(name, count)
  return count === 1 ? name : untaken(`${name}~${count}`, taken)
}

/** By what messages say of themselves; else by what the capture says. */
export function sidesOf({ first, replies }: Pair): Sides {
  const [asking, answering] = [senderIn(first), senderIn(replies[0])]
  const name = asking ?? first?.captured.from
  return {
    first: name ?? (first === undefined ? 'whoever asked' : `sender of ${nameOf(first)}`),
    second:
      answering ??
      replies[0]?.captured.from ??
      first?.captured.to ??
      `whoever answers ${name ?? nameOf(first)}`,
  }
}

/** Who says to have sent it: Source, else the organization of User. */
function senderIn(it: Told | undefined): string | undefined {
  const root = it?.judged.root
  const said = textAt(root, 'Header/Source') ?? textAt(root, 'Header/User/Organization')
  return said === undefined || said === '' ? undefined : said
}

/** What passed between them, for a reader. */
export function titleOf({ first, replies }: Pair, sides: Sides): string {
  const root = (first ?? replies[0])?.judged.root
  const about = root === undefined ? 'what cannot be read' : aboutOf(root)
  if (first === undefined) return `${about} from ${sides.second}, to nothing that was captured`
  if (replies.length > 0) return `${about} from ${sides.first}, answered by ${sides.second}`
  return `${about} from ${sides.first}${first.half === 'event' ? '' : ', without a reply'}`
}

function aboutOf(root: Node): string {
  const words = [textAt(root, 'Header/Verb'), textAt(root, 'Header/Noun')].filter(
    (it) => it !== undefined,
  )
  return words.length === 0 ? root.name : words.join(' ')
}
