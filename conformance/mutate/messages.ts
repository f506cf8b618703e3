// Messages that are wrong in one thing, as data: where it is put, what is done to it, and exactly which requirements say so.
// A reply is that of the reference peer in a case; a request, or an event, is judged as one that the target would send.

import type { Answer } from '../transport/answer.ts'
import { CARRIER_MUTANTS } from './carriers.ts'
import { all, before, drop, swap, text } from './edits.ts'
import type { Edit } from './edits.ts'
import { INTEROP_REPLIES } from './interop.ts'
import { CREATE, GET, REFUSED, REPLIES, UNREADABLE } from './replies.ts'
import type { Row } from './replies.ts'

/** One of them. */
export interface MessageMutant {
  readonly id: string
  /** all requirements that are found not to be met, and no other */
  readonly kills: readonly string[]
  readonly of: 'reply' | 'request' | 'event'
  /** case and step: `DERG-1a#1` */
  readonly at: string
  readonly edit?: Edit
  /** what the transport does to it */
  readonly answer?: (it: Extract<Answer, { kind: 'answered' }>) => Answer
}

/** Of a message that a target sends by itself. */
const REQUESTS: readonly Row[] = [
  ['VRB-01', 'a request that says reply', CREATE, text('Verb', 'reply')],
  ['VRB-01', 'a request in the past tense', CREATE, text('Verb', 'created')],
  ['MSG-01', 'a verb that does not exist', CREATE, text('Verb', 'update')],
  [
    'NOU-02',
    'a Noun that does not exist',
    GET,
    all(text('Noun', 'Banana'), swap(/<Request>[^]*<\/Request>/, '<Request><ID>7</ID></Request>')),
  ],
  ['NOU-01', 'the Noun of another payload', CREATE, text('Noun', 'EndDeviceControls')],
  [
    'COR-02',
    'AsyncReplyFlag without ReplyAddress',
    CREATE,
    before('MessageID', '<AsyncReplyFlag>true</AsyncReplyFlag>'),
  ],
  ['PAY-02', 'create without a payload', CREATE, drop('Payload')],
  [
    'PAY-04',
    'Compressed that holds nothing compressed',
    CREATE,
    swap(
      /<Payload>[^]*<\/Payload>/,
      '<Payload><Compressed>bm90aGluZw==</Compressed><Format>XML</Format></Payload>',
    ),
  ],
  [
    'PAY-05',
    'a Format that is not told',
    CREATE,
    swap('</Payload>', '<Format>banana</Format></Payload>'),
  ],
  [
    'OPS-02',
    'the same operationId twice',
    'DERG-3-integrity#2',
    swap('<operationId>2<', '<operationId>1<'),
  ],
  ['OPS-03', 'an Operation in the past tense', 'DERG-3#2', text('verb', 'deleted')],
  ['OPS-04', 'a create of an element', 'DERG-3#2', swap('<verb>delete<', '<verb>create<')],
  ['OPS-05', 'an OperationSet under another verb', 'DERG-3#2', text('Verb', 'change')],
  ['OPS-06', 'an Operation without its object', 'DERG-3-integrity#2', drop('DERGroups')],
  [
    'OPS-08',
    'operationIds that do not rise',
    'DERG-3-integrity#2',
    swap('<operationId>2<', '<operationId>0<'),
  ],
  ['HDR-01', 'a request without MessageID', CREATE, drop('MessageID')],
]

const EVENTS: readonly Row[] = [
  ['VRB-02', 'an event in the present tense', CREATE, text('Verb', 'create')],
  ['PAY-02', 'an event without a payload', CREATE, drop('Payload')],
  ['NOU-01', 'an event with the Noun of the query', CREATE, text('Noun', 'DERGroupQueries')],
  ['HDR-04', 'an event at a time of no zone', CREATE, text('Timestamp', '2026-07-14T09:00:00.000')],
]

const TRANSPORT: readonly Omit<MessageMutant, 'of'>[] = [
  {
    kills: ['TRN-01'],
    id: 'no answer in time',
    at: CREATE,
    answer: () => ({ kind: 'late', waitedMs: 1000 }),
  },
  {
    kills: ['TRN-01'],
    id: 'a refusal that is cut off',
    at: REFUSED,
    answer: (it) => ({
      ...{ ...it, kind: 'cut-off', why: 'the connection was closed' },
      bytes: it.bytes.subarray(0, 100),
    }),
  },
  {
    kills: ['TRN-01'],
    id: 'a connection that is closed in place of a refusal',
    at: UNREADABLE,
    answer: () => ({
      ...{ kind: 'cut-off', status: null, contentType: '', bytes: new Uint8Array() },
      why: 'the connection was closed',
    }),
  },
  {
    kills: ['XML-01'],
    id: 'a refusal of which one octet is no UTF-8',
    at: REFUSED,
    answer: (it) => ({
      ...it,
      bytes: Buffer.concat([it.bytes, Buffer.from('<!--\xe9-->', 'latin1')]),
    }),
  },
  {
    kills: ['TRN-03', 'XML-01'],
    id: 'a page in place of a refusal',
    at: REFUSED,
    answer: (it) => ({
      ...{ ...it, contentType: 'text/html' },
      bytes: Buffer.from('<html><body>It works!<br></body></html>'),
    }),
  },
  {
    kills: ['XML-02'],
    id: 'more than anybody has to read',
    at: CREATE,
    answer: () => ({ kind: 'too-long', mostBytes: 16 * 2 ** 20 }),
  },
  {
    kills: ['TRN-02'],
    id: 'no body',
    at: CREATE,
    answer: (it) => ({ ...it, bytes: new Uint8Array() }),
  },
  {
    kills: ['TRN-03'],
    id: 'plain text',
    at: CREATE,
    answer: (it) => ({ ...it, contentType: 'text/plain' }),
  },
  {
    kills: ['TRN-04'],
    id: 'a reply under a status of failure',
    at: CREATE,
    answer: (it) => ({ ...it, status: 500 }),
  },
  {
    kills: ['TRN-04'],
    id: 'a fault as if all were well',
    at: UNREADABLE,
    answer: (it) => ({ ...it, status: 200 }),
  },
]

/** All of them. */
export const MESSAGE_MUTANTS: readonly MessageMutant[] = [
  ...TRANSPORT.map((it) => ({ ...it, of: 'reply' as const })),
  ...CARRIER_MUTANTS.map(([kills, id, at, answer]) => ({
    ...{ id, kills: [kills], of: 'reply' as const, at, answer },
  })),
  ...[...REPLIES, ...INTEROP_REPLIES].map((it) => mutant('reply', it)),
  ...REQUESTS.map((it) => mutant('request', it)),
  ...EVENTS.map((it) => mutant('event', it)),
]

function mutant(of: MessageMutant['of'], [kills, id, at, edit]: Row): MessageMutant {
  return { id, kills: kills.split(' '), of, at, edit }
}
