// Ways in which a peer can be another one than it is: what a broken peer is made of, in one line each.

import { edited } from '../mutate/tree.ts'
import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import type { Answer, Heard, Peer, Sent, Tools, Turn } from './peer.ts'
import { MESSAGE, element } from './write.ts'

/** A peer, made into another one. */
export type Variant = (peer: Peer) => Peer

/** What it says is changed on its way out. */
export function replying(
  change: (reply: Node, message: Heard, tools: Tools) => Node,
  status: (before: number) => number = (it) => it,
): Variant {
  return (peer) => ({
    ...peer,
    hear: (state, message, tools) => {
      const turn = peer.hear(state, message, tools)
      const { reply } = turn
      const changed = (it: Answer) => ({
        status: status(it.status),
        message: change(it.message, message, tools),
      })
      return { ...turn, reply: reply === undefined ? undefined : changed(reply) }
    },
  })
}

/** What it hears is not what was said. */
export function hearing(change: (message: Heard) => Heard): Variant {
  return (peer) => ({
    ...peer,
    hear: (state, message, tools) => peer.hear(state, change(message), tools),
  })
}

/** What it sends by itself is changed on its way out, or is not sent at all. */
export function sending(change: (sent: Sent) => readonly Sent[]): Variant {
  const changed = <S>(turn: Turn<S>): Turn<S> => ({ ...turn, sends: turn.sends.flatMap(change) })
  return (peer) => {
    const { answered, woken } = peer
    return {
      ...peer,
      hear: (state, message, tools) => changed(peer.hear(state, message, tools)),
      ...(answered === undefined
        ? {}
        : {
            answered: (state, sent, reply, tools) => changed(answered(state, sent, reply, tools)),
          }),
      ...(woken === undefined
        ? {}
        : { woken: (state, word, tools) => changed(woken(state, word, tools)) }),
    }
  }
}

/** It forgets whatever it has done. */
export const idle: Variant = (peer) => ({
  ...peer,
  hear: (state, message, tools) => ({ ...peer.hear(state, message, tools), state }),
})

/** The same peer, once it has heard something of this kind another one for good. */
export function after(isIt: (message: Heard) => boolean, variant: Variant): Variant {
  return (peer) => {
    const changed = variant(peer)
    return {
      ...peer,
      start: { state: peer.start, isChanged: false },
      hear: (before, message, tools) => {
        const { state, isChanged } = before as { state: unknown; isChanged: boolean }
        const turn = (isChanged ? changed : peer).hear(state, message, tools)
        return { ...turn, state: { state: turn.state, isChanged: isChanged || isIt(message) } }
      },
      ...byItself(peer, changed),
    }
  }
}

/** What it does without being asked, in the state of one that may be another one. */
function byItself(peer: Peer, changed: Peer): Pick<Peer, 'answered' | 'woken'> {
  const turned = (
    before: unknown,
    turn: (of: Peer, state: unknown) => Turn<unknown> | undefined,
  ) => {
    const { state, isChanged } = before as { state: unknown; isChanged: boolean }
    const made = turn(isChanged ? changed : peer, state)
    const next = { state: made?.state ?? state, isChanged }
    return { reply: undefined, sends: [], ...made, state: next }
  }
  return {
    answered: (before, sent, reply, tools) =>
      turned(before, (of, state) => of.answered?.(state, sent, reply, tools)),
    woken: (before, word, tools) => turned(before, (of, state) => of.woken?.(state, word, tools)),
  }
}

/** A reply with this Result, and an Error where it is not OK. */
export function withResult(reply: Node, result: 'OK' | 'FAILED', code = '5.3'): Node {
  return edited(reply, 'Reply', (it) => ({ ...it, children: outcome(result, code) }))
}

function outcome(result: string, code: string): readonly Node[] {
  const error = element(MESSAGE, 'Error', [
    element(MESSAGE, 'code', code),
    element(MESSAGE, 'level', 'FATAL'),
    element(MESSAGE, 'reason', 'broken on purpose'),
  ])
  return [element(MESSAGE, 'Result', result), ...(result === 'OK' ? [] : [error])]
}

/** The answer that is given to everything: OK, with what can be known of the request. */
export function okTo({ root, text }: Heard, reply: Node, { now, uuid }: Tools): Node {
  const said = (name: string) => textAt(root, `Header/${name}`) ?? textIn(text, name)
  const id = textAt(reply, 'Header/MessageID') ?? uuid('made up', text)
  const header = [
    element(MESSAGE, 'Verb', 'reply'),
    element(MESSAGE, 'Noun', said('Noun') ?? 'DERGroups'),
    element(MESSAGE, 'Timestamp', now),
    element(MESSAGE, 'MessageID', id),
    element(MESSAGE, 'CorrelationID', said('CorrelationID') ?? said('MessageID') ?? ''),
  ]
  return element(MESSAGE, 'ResponseMessage', [
    element(MESSAGE, 'Header', header),
    element(MESSAGE, 'Reply', outcome('OK', '')),
    ...find(reply, 'Payload'),
  ])
}

function textIn(text: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
}
