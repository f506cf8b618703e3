// Ways in which what a peer sends by itself can be another thing than it should: what broken peers of scenarios are made of.

import { textAt } from '../find.ts'
import { edited } from '../mutate/tree.ts'
import type { Node } from '../xml.ts'
import type { Heard, Peer, Sent, Tools, Turn, Wake } from './peer.ts'
import type { Remembering } from './party.ts'
import { askedBy } from './said.ts'
import type { Variant } from './variants.ts'

/** Whatever it sends, in whichever turn, is changed on its way out: to something else, to nothing, to more. */
export function sending(change: (sent: Sent, tools: Tools) => readonly Sent[]): Variant {
  const changed = (turn: Turn<unknown>, tools: Tools) => ({
    ...turn,
    sends: turn.sends.flatMap((it) => change(it, tools)),
  })
  return ({ answered, woken, ...peer }) => ({
    ...peer,
    hear: (state, message, tools) => changed(peer.hear(state, message, tools), tools),
    ...(answered && {
      answered: (state, sent, reply, tools) => changed(answered(state, sent, reply, tools), tools),
    }),
    ...(woken && { woken: (state, word, tools) => changed(woken(state, word, tools), tools) }),
  })
}

/** `create ServiceOrders to WMS` */
export function isSent({ to, message }: Sent, words: string): boolean {
  return `${askedBy(message)} to ${to}` === words
}

/** Only what is named so, `created DERRegistrations to DCS`. */
export function changing(words: string, change: (message: Node, tools: Tools) => Node): Variant {
  return sending((it, tools) => [
    isSent(it, words) ? { ...it, message: change(it.message, tools) } : it,
  ])
}

/** It never says this. @param trigger of a notice, where only those with it are meant */
export function withholding(words: string, trigger?: string): Variant {
  const isMeant = (it: Sent) =>
    isSent(it, words) && (trigger === undefined || triggerOf(it.message) === trigger)
  return sending((it) => (isMeant(it) ? [] : [it]))
}

/** What a customer is told: `connected`. */
export function triggerOf(message: Node): string | undefined {
  return textAt(message, 'Payload/*/*/trigger')
}

type Change = (turn: Turn<unknown>, message: Heard, tools: Tools) => Turn<unknown>

/** What hearing this comes to is something else. */
function onHearing(isIt: (message: Heard) => boolean, change: Change): Variant {
  return (peer) => ({
    ...peer,
    hear: (state, message, tools) => {
      const turn = peer.hear(state, message, tools)
      return isIt(message) ? change(turn, message, tools) : turn
    },
  })
}

/** Once this has been heard, it says that, too. */
export function adding(
  isIt: (message: Heard) => boolean,
  sends: (message: Heard, tools: Tools) => readonly Sent[],
): Variant {
  return onHearing(isIt, (turn, message, tools) => ({
    ...turn,
    sends: [...turn.sends, ...sends(message, tools)],
  }))
}

/** `closed ServiceOrders`, of a message as it was heard. */
export function isHeard(words: string, path?: string, text?: string): (it: Heard) => boolean {
  return ({ root }) =>
    root !== undefined &&
    askedBy(root) === words &&
    (path === undefined || textAt(root, path) === text)
}

/** The same message, under ids of its own: said once more. */
export function renumbered(message: Node, { uuid }: Tools): Node {
  const id = uuid('once more', textAt(message, 'Header/MessageID') ?? '')
  return edited(message, 'Header/MessageID', (it) => ({ ...it, text: id }))
}

/** One variant upon the other. */
export function both(...all: readonly Variant[]): Variant {
  return (peer: Peer) => all.reduce((made, variant) => variant(made), peer)
}

/** It does not know that it has had this before. */
export function forgetting(isIt: (message: Heard) => boolean): Variant {
  return (peer) => ({
    ...peer,
    hear: (state, message, tools) =>
      peer.hear(isIt(message) ? unheard(state, message) : state, message, tools),
  })
}

function unheard(state: unknown, { root }: Heard): unknown {
  const { answered, ...rest } = state as Remembering<unknown>
  const id = textAt(root, 'Header/MessageID')
  return { ...rest, answered: new Map([...answered].filter(([it]) => it !== id)) }
}

/** When this is refused, it also says that. */
export function whenRefused(words: string, sends: (sent: Heard, tools: Tools) => Sent): Variant {
  return ({ answered, ...peer }) => ({
    ...peer,
    answered: (state, sent, reply, tools) => {
      const turn = answered?.(state, sent, reply, tools) ?? { state, reply: undefined, sends: [] }
      const isRefused = textAt(reply?.root, 'Reply/Result') === 'FAILED'
      if (askedBy(sent) !== words || !isRefused) return turn
      const more = sends({ text: '', root: sent, wrong: [] }, tools)
      return { ...turn, sends: [...turn.sends, more] }
    },
  })
}

/** Once this has been heard, it also comes back to that. */
export function waking(
  isIt: (message: Heard) => boolean,
  wakes: (message: Heard) => readonly Wake[],
): Variant {
  return onHearing(isIt, (turn, message) => ({
    ...turn,
    wakes: [...(turn.wakes ?? []), ...wakes(message)],
  }))
}
