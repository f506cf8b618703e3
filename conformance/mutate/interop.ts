// Replies of interoperability cases that are wrong in one thing, where the contrary of an expectation is also wrong in
// another, or where there is nothing in the reply to make it from: rows as in replies.ts.

import { all, instead, swap, text } from './edits.ts'
import type { Edit } from './edits.ts'
import type { Row } from './replies.ts'

/** What was asked for by its id is there. @param content of the object, behind its mRID */
function there(noun: string, object: string, content: string): Edit {
  return (message, around) => {
    const id = /<ID[^>]*>([^<]*)<\/ID>/.exec(around.request)?.[1] ?? ''
    const payload = `<${noun} xmlns="http://cimgate.example/draft/2026/${noun}#"><${object}><mRID>${id}</mRID>${content}</${object}></${noun}>`
    const rest = `<Reply><Result>OK</Result></Reply><Payload>${payload}</Payload>`
    return instead('ResponseMessage', 'reply', rest)(message, around)
  }
}

const NAMED = (name: string) =>
  `<${name}><Names><name>made for this mutant</name></Names></${name}>`
const REQUEST = `<createdDateTime>2026-07-14T08:00:00Z</createdDateTime><kind>derInterconnection</kind>${NAMED('Customer')}`

const FAILED =
  '<Reply><Result>FAILED</Result><Error><code>5.3</code><reason>made for this mutant</reason></Error></Reply>'

const ENROLLMENT = [
  '<assetOwnership>customerOwned</assetOwnership><installationMethod>bringYourOwn</installationMethod>',
  `<transactionId>made</transactionId>${NAMED('Customer')}${NAMED('DemandResponseProgram')}`,
  `${NAMED('EndDevices')}<validityInterval><start>2026-07-14T08:00:00Z</start></validityInterval>`,
].join('')

const LAST_NOT_DONE = /<code>5\.9<\/code>(?![\s\S]*<code>5\.9)/

/** All of them. */
export const INTEROP_REPLIES: readonly Row[] = [
  [
    'OPS-20',
    'the Operation at fault is another one',
    'IT-24/four#2',
    all(swap('<code>5.3</code>', '<code>5.9</code>'), swap(LAST_NOT_DONE, '<code>5.3</code>')),
  ],
  ['ERR-02', 'a refusal that only informs', 'IT-17/kind#2', text('level', 'INFORM')],
  [
    'RPL-14',
    'a revision that is refused by another code',
    'IT-40/revision#1',
    instead('ResponseMessage', 'reply', FAILED),
  ],
  ['SRQ-02', 'a request that has gone on by itself', 'IT-01#3', text('value', 'registered')],
  [
    'SRQ-04',
    'a request that was refused is there',
    'IT-02#3',
    there('ServiceRequests', 'ServiceRequest', REQUEST),
  ],
  [
    'GRQ-02',
    'a request about a group that was refused is there',
    'IT-18#6',
    there('DERGroupRequests', 'DERGroupRequest', `<action>form</action>${NAMED('requestor')}`),
  ],
  [
    'ENR-03',
    'an enrollment that was refused is there',
    'IT-29#4',
    there('ProgramEnrollments', 'ProgramEnrollment', ENROLLMENT),
  ],
  [
    'EVT-02',
    'a device is reserved for what is cancelled',
    'IT-38#released',
    text('state', 'RESERVED'),
  ],
  ['OPT-01', 'who has opted out is reserved', 'IT-39#out', text('state', 'RESERVED')],
]
