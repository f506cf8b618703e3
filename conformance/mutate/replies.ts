// Replies that are wrong in one thing, a row each: the requirements that have to say so, what is wrong, in which case and
// step, and how it is made of the reply of a reference peer.

import { all, asAsked, before, behind, drop, instead, swap, text } from './edits.ts'
import type { Edit } from './edits.ts'

/** One of them. */
export type Row = readonly [kills: string, id: string, at: string, edit: Edit]

/** The plainest exchange: a group is created, and asked for. */
export const [CREATE, GET] = ['DERG-1a#1', 'DERG-1a#2']
/** A request that is refused, of which the script asks nothing but that. */
export const REFUSED = '100/verb/update#1'
/** What no peer can read. */
export const UNREADABLE = '100/xml/truncated#1'
const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'
const OK = '<Reply><Result>OK</Result></Reply>'
/** The answer of a target that says OK to everything. */
const fine = instead('ResponseMessage', 'reply', OK)

/** The group that is asked for is there, in a namespace that nobody has a schema of. */
const trace: Edit = (message, around) => {
  const id = /<mRID>([^<]*)</.exec(around.request)?.[1] ?? ''
  const group = `<EndDeviceGroup><mRID>${id}</mRID></EndDeviceGroup>`
  const payload = `<DERGroups xmlns="http://iec.ch/TC57/2015/DERGroups#">${group}</DERGroups>`
  const rest = `${OK}<Payload>${payload}</Payload>`
  return instead('ResponseMessage', 'reply', rest)(message, around)
}

const FUNCTIONS = [
  ...['connectDisconnect', 'frequencyWattCurveFunction', 'maxRealPowerLimiting'],
  ...['rampRateControl', 'reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'],
  ...['voltVarCurveFunction', 'voltWattCurveFunction'],
].map((it) => `<${it}>false</${it}>`)
/** A group with a member, as a payload of its own. */
const MEMBERS = `<DERGroups xmlns="${GROUPS}"><EndDeviceGroup><DERFunction>${FUNCTIONS.join('')}</DERFunction><EndDevices><mRID>7</mRID></EndDevices></EndDeviceGroup></DERGroups>`

/** All of them. */
export const REPLIES: readonly Row[] = [
  ['XML-01', 'ends in the middle', GET, (it) => it.slice(0, it.length / 2)],
  ['XML-01', 'an end tag is missing', GET, swap('</Source>', '')],
  ['XML-01', 'a prefix that nothing declares', GET, swap('<Source>', '<x:Source>')],
  ['XML-01', 'two roots', GET, (it) => `${it}<again/>`],
  ['XML-01', 'a character that XML does not have', GET, text('Source', 'D&#1;OP')],
  ['XML-02', 'a DOCTYPE', GET, before('ResponseMessage', '<!DOCTYPE ResponseMessage>')],
  [
    'XML-02',
    'entities that multiply',
    GET,
    all(
      before('ResponseMessage', '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'),
      text('Source', '&b;'),
    ),
  ],
  [
    'XML-02',
    'ten thousand elements deep',
    GET,
    behind('CorrelationID', '<x xmlns="urn:x">'.repeat(10_000) + '</x>'.repeat(10_000)),
  ],
  [
    'MSG-01',
    'Header out of order',
    GET,
    swap(
      /(<Verb>.*?<\/Verb>)(<Noun>.*?<\/Noun>)/,
      '<Noun>DERGroupQueries</Noun><Verb>reply</Verb>',
    ),
  ],
  [
    'MSG-01',
    'an element that the Header does not have',
    GET,
    behind('Verb', '<Urgency>high</Urgency>'),
  ],
  [
    'MSG-01',
    'an element of Reply in no namespace',
    CREATE,
    swap('</Reply>', '<ID xmlns="">7</ID></Reply>'),
  ],
  ['MSG-01', 'a level that Error does not have', REFUSED, text('level', 'Fatal')],
  ['MSG-01', 'a Timestamp of another form', GET, text('Timestamp', '14-07-2026 09:00')],
  [
    'MSG-01',
    'a FaultMessage with Header',
    UNREADABLE,
    before(
      'Reply',
      '<Header><Verb>reply</Verb><Noun>DERGroups</Noun><MessageID>7</MessageID><CorrelationID>7</CorrelationID></Header>',
    ),
  ],
  [
    'ENV-01',
    'the namespace with www.',
    GET,
    swap(' xmlns="http://iec.ch/TC57/2011', ' xmlns="http://www.iec.ch/TC57/2011'),
  ],
  ['ENV-02', 'a FaultMessage that says OK', UNREADABLE, all(text('Result', 'OK'), drop('Error'))],
  ['HDR-01', 'no MessageID', CREATE, drop('MessageID')],
  ['HDR-01', 'no MessageID under a payload', GET, drop('MessageID')],
  ['HDR-02', 'the MessageID of the request', CREATE, asAsked('MessageID')],
  ['HDR-03', 'no Timestamp', CREATE, drop('Timestamp')],
  ['HDR-04', 'a Timestamp without zone', CREATE, text('Timestamp', '2026-07-14T09:00:00')],
  ['VRB-01', 'the verb of the request', CREATE, text('Verb', 'create')],
  ['VRB-01', 'the verb of an event', CREATE, text('Verb', 'created')],
  ['NOU-03', 'another Noun', 'DERG-2a#2', text('Noun', 'EndDeviceControls')],
  ['COR-01', 'no CorrelationID', CREATE, drop('CorrelationID')],
  [
    'COR-01',
    'the CorrelationID of another exchange',
    CREATE,
    text('CorrelationID', '4f8f0a35-0f3f-4a2e-9b4f-0d8f6a3c1b2e'),
  ],
  [
    'COR-01',
    'MessageID and CorrelationID of the request mixed up',
    '100/header/correlation-echoed#1',
    asAsked('CorrelationID', 'MessageID'),
  ],
  [
    'COR-01',
    'the CorrelationID in capitals',
    CREATE,
    (it) => it.replace(/(?<=<CorrelationID>).*?(?=<)/, (id) => id.toUpperCase()),
  ],
  [
    'ENV-04',
    'a fault for what could be read',
    'DERG-4#4',
    () =>
      `<FaultMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Reply><Result>FAILED</Result><Error><code>1.8</code><reason>not understood</reason></Error></Reply></FaultMessage>`,
  ],
  ['PAY-01', 'a required element is missing', GET, drop('connectDisconnect')],
  ['PAY-01', 'a required element is empty', GET, text('connectDisconnect', '')],
  ['PAY-01', 'a value that is none of its type', GET, text('connectDisconnect', 'yes')],
  ['PAY-01', 'a decimal comma', GET, text('revision', '0,5')],
  [
    'PAY-01',
    'an element that the schema does not have',
    GET,
    before('DERFunction', '<capacity>5</capacity>'),
  ],
  [
    'PAY-01',
    'elements out of order',
    GET,
    all(drop('DERFunction'), behind('Names', '<DERFunction/>')),
  ],
  ['PAY-01', 'an element in no namespace', GET, swap('<DERFunction>', '<DERFunction xmlns="">')],
  [
    'PAY-03',
    'the namespace of another year',
    CREATE,
    swap(GROUPS, 'http://iec.ch/TC57/2015/DERGroups#'),
  ],
  [
    'PAY-03 GRP-11',
    'what was asked for, in the namespace of another year',
    'DERG-4#5',
    swap(GROUPS, 'http://iec.ch/TC57/2015/DERGroups#'),
  ],
  [
    'PAY-03 VRB-03',
    'what was refused, in the namespace of another year',
    '100/verb/update#2',
    trace,
  ],
  ['RPL-01', 'FAILED without Error', REFUSED, drop('Error')],
  [
    'RPL-01',
    'OK with a fatal Error',
    CREATE,
    behind('Result', '<Error><code>0.0</code><level>FATAL</level><reason>none</reason></Error>'),
  ],
  [
    'RPL-02',
    'PARTIAL that does not say what failed',
    'DERG-5a#3',
    all(
      text('Result', 'PARTIAL'),
      behind(
        'Result',
        '<Error><code>6.1</code><level>FATAL</level><reason>one of them</reason></Error>',
      ),
    ),
  ],
  [
    'RPL-03',
    'a path in xpath',
    REFUSED,
    behind('reason', '<xpath>/RequestMessage/Header[1]</xpath>'),
  ],
  ['RPL-04', 'an Error that nobody can read', REFUSED, drop('reason')],
  ['RPL-05', 'a code that nobody knows', REFUSED, text('code', 'E-1234')],
  [
    'RPL-06',
    'an event for an answer',
    'DERG-4#4',
    instead(
      'EventMessage',
      'created',
      `<Payload><DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"><EndDeviceGroup><mRID>7</mRID></EndDeviceGroup></DERGroupQueries></Payload>`,
    ),
  ],
  ['OPS-07', 'an operation that the request does not have', 'DERG-3#2', text('operationId', '99')],
  ['OPS-09', 'OK that names no operation', 'DERG-3#2', drop('operationId')],
  [
    'STA-02',
    'the members beside the status',
    'DERGS-1a#3',
    swap('</Payload>', `${MEMBERS}</Payload>`),
  ],
  ['RPL-08', 'OK to what cannot be read', UNREADABLE, fine],
  ['XML-03', 'OK to a DOCTYPE', '100/xml/doctype#1', fine],
  ['VRB-03', 'OK to a verb that does not exist', REFUSED, fine],
  ['NOU-04', 'OK to a noun that does not exist', '100/noun/other#1', fine],
  ['PAY-07', 'OK to a payload that is none', '100/payload/value#1', fine],
  ['COR-03', 'OK to a reply that goes nowhere', '100/reply/nowhere#1', fine],
]
