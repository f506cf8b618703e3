// The party of CIM behind a gateway: it takes objects of whatever noun, knows each by its mRID, refuses one that it has already,
// and answers a message that comes again as it did before.

import { find, textAt } from '../find.ts'
import type { Node } from '../xml.ts'
import { MESSAGE, element } from './write.ts'

/** What it knows. */
export interface Known {
  /** mRIDs of objects, with their nouns */
  readonly objects: ReadonlySet<string>
  /** by MessageID */
  readonly answers: ReadonlyMap<string, Node>
}

/** Nothing yet. */
export const NOTHING: Known = { objects: new Set(), answers: new Map() }

/** @param root of the message; undefined where it cannot be read @param now ISO 8601 with Z */
export function partyHears(
  known: Known,
  root: Node | undefined,
  now: string,
): { readonly known: Known; readonly status: number; readonly message: Node } {
  const messageID = textAt(root, 'Header/MessageID')
  if (root === undefined || messageID === undefined)
    return {
      known,
      status: 400,
      message: element(MESSAGE, 'FaultMessage', [reply([], true, '1.8')]),
    }
  const before = known.answers.get(messageID)
  if (before !== undefined) return { known, status: 200, message: before }
  const noun = textAt(root, 'Header/Noun') ?? ''
  const ids = find(root, 'Payload/*/*/mRID').map((it) => it.text)
  const isCreating = textAt(root, 'Header/Verb') === 'create'
  const twice = isCreating ? ids.filter((it) => known.objects.has(`${noun} ${it}`)) : []
  const isAll = twice.length > 0 && twice.length === ids.length
  const message = element(MESSAGE, 'ResponseMessage', [
    headerOf(root, messageID, now),
    reply(twice, isAll, '6.1'),
  ])
  const objects = new Set([...known.objects, ...ids.map((it) => `${noun} ${it}`)])
  return {
    known: { objects, answers: new Map([...known.answers, [messageID, message]]) },
    status: 200,
    message,
  }
}

function headerOf(root: Node, messageID: string, now: string): Node {
  const copied = (name: string, from = name) => {
    const text = textAt(root, `Header/${from}`)
    return text === undefined ? undefined : element(MESSAGE, name, text)
  }
  return element(MESSAGE, 'Header', [
    element(MESSAGE, 'Verb', 'reply'),
    copied('Noun'),
    element(MESSAGE, 'Timestamp', now),
    element(MESSAGE, 'Source', 'cimgate-conformance'),
    element(MESSAGE, 'MessageID', `reply-to-${messageID}`),
    copied('CorrelationID') ?? copied('CorrelationID', 'MessageID'),
  ])
}

function reply(twice: readonly string[], isAll: boolean, code: string): Node {
  if (twice.length === 0 && !isAll)
    return element(MESSAGE, 'Reply', [element(MESSAGE, 'Result', 'OK')])
  const errors = twice.length === 0 ? [undefined] : twice
  return element(MESSAGE, 'Reply', [
    element(MESSAGE, 'Result', isAll ? 'FAILED' : 'PARTIAL'),
    ...errors.map((id) =>
      element(MESSAGE, 'Error', [
        element(MESSAGE, 'code', code),
        element(MESSAGE, 'level', 'FATAL'),
        element(
          MESSAGE,
          'reason',
          id === undefined ? 'This cannot be read.' : `${id} is there already.`,
        ),
        id === undefined ? undefined : idOf(id),
      ]),
    ),
  ])
}

function idOf(id: string): Node {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)
  return { ...element(MESSAGE, 'ID', id), attributes: { kind: isUuid ? 'uuid' : 'other' } }
}
