// The shapes in which vendors acknowledge a message, both ways.

import type { Json } from '../schema/json-text.ts'
import type { Ack, AckContext, AckWritten } from './ack.ts'
import { readMsgAck, writeMsgAck } from './msg-ack.ts'
import { readProblem, writeProblem } from './problem-document.ts'

/** One shape. */
interface Shape {
  readonly write: (ack: Ack, context: AckContext) => AckWritten
  /** undefined for what is no acknowledgement of this shape. @param status of HTTP */
  readonly read: (json: Json, status: number) => Ack | undefined
}

/** Every shape there is, by the name that routes use. */
const SHAPES = {
  'msg-ack': { write: writeMsgAck, read: readMsgAck },
  problem: { write: writeProblem, read: readProblem },
} as const satisfies Readonly<Record<string, Shape>>

export type AcknowledgementStyle = keyof typeof SHAPES

/** An acknowledgement in the shape of a route. */
export function writtenAck(style: AcknowledgementStyle, ack: Ack, context: AckContext): AckWritten {
  return SHAPES[style].write(ack, context)
}

/**
 * What an answer of a vendor says became of a message. An acknowledgement may come in any shape, since one vendor may be
 * reached through another; undefined = it is none.
 */
export function readAck(json: Json, status: number): Ack | undefined {
  return SHAPES['msg-ack'].read(json, status) ?? SHAPES.problem.read(json, status)
}
