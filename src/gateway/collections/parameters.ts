// What requests about long lists may be asked by.

import type { Parameter } from '../operation.ts'

export const LIST_PARAMETERS = {
  listStage: {
    in: 'query',
    name: 'stage',
    text: 'Of a CSV, which has no header: the stage that the list is about, by mRID or name; needed where there are several.',
    schema: { type: 'string' },
  },
  listMessage: {
    in: 'query',
    name: 'messageId',
    text: 'Of a CSV: the MessageID of its sender, under which a repeat is known.',
    schema: { type: 'string' },
  },
  listReplyAddress: {
    in: 'query',
    name: 'replyAddress',
    text: 'Of a CSV: where the end of it is told, as a message.',
    schema: { type: 'string' },
  },
  recordResult: {
    in: 'query',
    name: 'result',
    text: 'Only records that have come to this: OK, FAILED, or OPEN for what is still to come.',
    schema: { type: 'string', enum: ['OK', 'FAILED', 'OPEN'] },
  },
} as const satisfies Readonly<Record<string, Parameter>>
