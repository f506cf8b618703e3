// A party that answers later where it is asked to: at once it says that the request has come (0.3), and what has become of it is
// told to the address that the request has named (IEC 61968-100 5.2.5; Oracle 22C release notes, Device Reservation).

import { textAt } from '../find.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'
import type { Peer, Sent } from './peer.ts'
import { replyTo } from './reply.ts'

const RECEIVED = { code: '0.3', reason: 'Received; what becomes of it is told at ReplyAddress.' }

/** The same party, for requests that do not wait. */
export function answeringLater<S>(peer: Peer<S>): Peer<S> {
  return {
    ...peer,
    hear: (state, message, tools) => {
      const turn = peer.hear(state, message, tools)
      const { root } = message
      if (turn.reply === undefined || root === undefined || !isAsync(root)) return turn
      const id = tools.uuid('received', textAt(root, 'Header/MessageID') ?? '')
      return {
        ...turn,
        reply: replyTo(root, { notes: [RECEIVED] }, peer.role, id, tools),
        sends: [...turn.sends, toldTo(root, turn.reply.message)],
      }
    },
  }
}

function isAsync(request: Node): boolean {
  const isNamed = textAt(request, 'Header/ReplyAddress') !== undefined
  return isNamed && textAt(request, 'Header/AsyncReplyFlag') === 'true'
}

/** Whoever is called there: it is the sender's to say. */
function toldTo(request: Node, message: Node): Sent {
  return { to: (textAt(request, 'Header/Source') ?? '') as Role, message }
}

/** True of such an answer among what a party sends by itself. */
export function isLaterAnswer({ message }: Sent): boolean {
  return message.name === 'ResponseMessage'
}
