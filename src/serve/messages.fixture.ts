// Groups with any number of members, as CIM XML and as JSON.

import { randomUUID } from 'node:crypto'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'

/** A group to be made. */
export interface Group {
  readonly mRID: string
  readonly name: string
  readonly members: readonly string[]
}

const BADGE = { name: 'badgeNumber', NameTypeAuthority: { name: 'dso-cs' } }

/** A group that nobody has made before. */
export function newGroup(members = 2): Group {
  const mRID = randomUUID()
  return {
    mRID,
    name: `group ${mRID}`,
    members: Array.from({ length: members }, () => randomUUID()),
  }
}

/** The body of `POST /api/v1/der-groups`. */
export function groupJson({ mRID, name, members }: Group): string {
  const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true]))
  const EndDevices = members.map((it) => ({
    mRID: it,
    Names: [{ name: badgeOf(it), NameType: BADGE }],
  }))
  return JSON.stringify({ EndDeviceGroup: [{ mRID, DERFunction, EndDevices, Names: [{ name }] }] })
}

/** The message for `POST /cim`; its MessageID is the mRID unless another is given. */
export function groupXml({ mRID, name, members }: Group, messageID = mRID): string {
  const flags = DER_FUNCTIONS.map((it) => `<${it}>true</${it}>`).join('')
  const devices = members.map(
    (it) =>
      `<EndDevices><mRID>${it}</mRID><Names><name>${badgeOf(it)}</name><NameType><name>badgeNumber</name>` +
      `<NameTypeAuthority><name>dso-cs</name></NameTypeAuthority></NameType></Names></EndDevices>`,
  )
  const group =
    `<mRID>${mRID}</mRID><DERFunction>${flags}</DERFunction>` +
    `${devices.join('')}<Names><name>${name}</name></Names>`
  return request('create', messageID, `<EndDeviceGroup>${group}</EndDeviceGroup>`)
}

/** A request about groups. */
export function request(verb: string, messageID: string, content: string): string {
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb>` +
    `<Noun>DERGroups</Noun><Timestamp>2026-07-14T09:31:07Z</Timestamp><Source>dso-dms</Source>` +
    `<MessageID>${messageID}</MessageID><CorrelationID>${messageID}</CorrelationID></Header><Payload>` +
    `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${content}</DERGroups></Payload></RequestMessage>`
  )
}

/** The same group asked for. */
export function query(mRID: string): string {
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>get</Verb>` +
    `<Noun>DERGroupQueries</Noun><Timestamp>2026-07-14T09:31:07Z</Timestamp><Source>dso-dms</Source>` +
    `<MessageID>${randomUUID()}</MessageID></Header><Request><DERGroupQueries ` +
    `xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"><EndDeviceGroup><mRID>${mRID}</mRID>` +
    `</EndDeviceGroup></DERGroupQueries></Request></RequestMessage>`
  )
}

/** Twenty digits, as badges have them. */
function badgeOf(mRID: string): string {
  return BigInt(`0x${mRID.replaceAll('-', '').slice(0, 16)}`)
    .toString()
    .padStart(20, '0')
}
