// What a peer answers, as messages: a ResponseMessage with the ids of its request and an Error for everything that was not
// done, or a FaultMessage.

import { textAt, textsAt } from '../find.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'
import type { Answer, Heard, Tools } from './peer.ts'
import { MESSAGE, element } from './write.ts'

/** Why something was not done, or not in full. */
export interface Failure {
  readonly code: string
  readonly reason: string
  /** what it is about, an mRID or a name, and of which type */
  readonly id?: string
  readonly objectType?: string
  readonly operationId?: string
  /** which rule says so */
  readonly rule?: string
}

/** What a request has come to. */
export interface Outcome {
  readonly failures?: readonly Failure[]
  readonly notes?: readonly Failure[]
  /** some of it was done all the same */
  readonly isPartly?: boolean
  readonly payload?: Node | undefined
}

/** The answer to a request: its ids, what has become of it, and what was asked for. */
export function replyTo(
  request: Node,
  { failures = [], notes = [], isPartly = false, payload }: Outcome,
  role: Role,
  messageID: string,
  { now }: Tools,
): Answer {
  const header = (name: string, text: string | undefined) =>
    text === undefined ? undefined : element(MESSAGE, name, text)
  const result = failures.length === 0 ? 'OK' : isPartly ? 'PARTIAL' : 'FAILED'
  const message = element(MESSAGE, 'ResponseMessage', [
    element(MESSAGE, 'Header', [
      header('Verb', 'reply'),
      header('Noun', textAt(request, 'Header/Noun')),
      header('Revision', textAt(request, 'Header/Revision')),
      header('Timestamp', now),
      header('Source', role),
      header('MessageID', messageID),
      header(
        'CorrelationID',
        textAt(request, 'Header/CorrelationID') ?? textAt(request, 'Header/MessageID'),
      ),
    ]),
    replyElement(result, [...failures, ...notes], onlyOperation(request)),
    payload === undefined ? undefined : element(MESSAGE, 'Payload', [payload]),
  ])
  return { status: 200, message }
}

/** What a reply about one Operation repeats; one about several is about the whole set. */
function onlyOperation(request: Node): string | undefined {
  const [only, ...others] = textsAt(request, 'Payload/OperationSet/Operation/operationId')
  return others.length === 0 ? only : undefined
}

function replyElement(result: string, failures: readonly Failure[], operationId?: string): Node {
  const rest = result === 'PARTIAL' ? [REST] : []
  return element(MESSAGE, 'Reply', [
    element(MESSAGE, 'Result', result),
    ...[...rest, ...failures].map(errorOf),
    operationId === undefined ? undefined : element(MESSAGE, 'operationId', operationId),
  ])
}

/** Of what was done in part: nothing more of it comes. */
const REST: Failure = { code: '0.2', reason: 'What is named here was not done; the rest was.' }

function errorOf({ code, reason, rule, id, objectType, operationId }: Failure): Node {
  const mild = code === '0.0' ? 'INFORM' : 'WARNING'
  return element(MESSAGE, 'Error', [
    element(MESSAGE, 'code', code),
    element(MESSAGE, 'level', code.startsWith('0.') ? mild : 'FATAL'),
    element(MESSAGE, 'reason', reason),
    rule === undefined ? undefined : element(MESSAGE, 'details', `rule=${rule}`),
    id === undefined ? undefined : idOf(id, objectType),
    operationId === undefined ? undefined : element(MESSAGE, 'operationId', operationId),
  ])
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function idOf(id: string, objectType: string | undefined): Node {
  const kind = UUID.test(id) ? 'uuid' : 'name'
  const attributes = { kind, ...(objectType === undefined ? {} : { objectType }) }
  return { ...element(MESSAGE, 'ID', id), attributes }
}

/** What cannot be read as a message, or is none of the standard. */
export function faultOf({ wrong }: Heard): Answer {
  const reason = wrong[0]?.message ?? 'This is no message of IEC 61968-100.'
  const code = wrong[0]?.requirement === 'XML-02' ? '7.7' : '1.8'
  const hint = `Messages are in the namespace ${MESSAGE}.`
  const reply = replyElement('FAILED', [{ code, reason: `${reason} ${hint}` }])
  return { status: 400, message: element(MESSAGE, 'FaultMessage', [reply]) }
}
