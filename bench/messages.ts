// The messages that are measured with: one group of as many members as it takes for a size, and wrong ones of it.

import { randomUUID } from 'node:crypto'

/** Sizes in octets by the names they are printed under. */
export const SIZES = {
  '2 kB': 2_000,
  '20 kB': 20_000,
  '200 kB': 200_000,
  '5 MB': 5_000_000,
} as const
export type Size = keyof typeof SIZES

/** Identifiers of one message; they are new ones each time unless given. */
export interface Ids {
  readonly messageID?: string
  readonly groupName?: string
}

/** A create request for one group of about that many octets. */
export function groupOfSize(octets: number, ids: Ids = {}): string {
  const empty = groupOf(0, ids).length
  return groupOf(Math.max(1, Math.round((octets - empty) / member(0).length)), ids)
}

/** A create request for one group with that many members. */
export function groupOf(members: number, ids: Ids = {}): string {
  const { messageID = randomUUID(), groupName = `group ${messageID}` } = ids
  const all = Array.from({ length: members }, (_, at) => member(at)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb><Noun>DERGroups</Noun><Timestamp>2026-07-14T16:30:00Z</Timestamp><Source>bench</Source><MessageID>${messageID}</MessageID><CorrelationID>${messageID}</CorrelationID></Header><Payload><DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"><EndDeviceGroup><DERFunction>${FUNCTIONS}</DERFunction>${all}<Names><name>${groupName}</name></Names></EndDeviceGroup></DERGroups></Payload></RequestMessage>
`
}

/** A create request for that many groups without members. */
export function manyGroups(count: number): string {
  const one = groupOf(0)
  const name = /<name>(.*)<\/name>/.exec(one)?.[1] ?? ''
  return one.replace(/<EndDeviceGroup>.*<\/EndDeviceGroup>/, (group) =>
    Array.from({ length: count }, (_, at) => group.replace(name, `${name} ${at}`)).join(''),
  )
}

const FUNCTIONS = [
  'connectDisconnect',
  'frequencyWattCurveFunction',
  'maxRealPowerLimiting',
  'rampRateControl',
  'reactivePowerDispatch',
  'realPowerDispatch',
  'voltageRegulation',
  'voltVarCurveFunction',
  'voltWattCurveFunction',
]
  .map((it) => `<${it}>true</${it}>`)
  .join('')

function member(at: number): string {
  const id = `${at}`.padStart(12, '0')
  return `<EndDevices><mRID>5a4bde19-a6c0-4603-b6ff-${id}</mRID><Names><name>98765432${id}</name><NameType><name>badgeNumber</name><NameTypeAuthority><name>utility</name></NameTypeAuthority></NameType></Names></EndDevices>`
}

/** One member in this many is wrong in an invalid message. */
const WRONG_EVERY = 10

/** The same message with a misspelt boolean, and a misspelt element in every tenth member. */
export function invalid(message: string): string {
  let members = 0
  return message
    .replace('>true</rampRateControl>', '>True</rampRateControl>')
    .replace(/<mRID>([^<]*)<\/mRID>/g, (whole, id: string) => {
      members += 1
      return members % WRONG_EVERY === 1 ? `<mrid>${id}</mrid>` : whole
    })
}

/** The same message cut off in its payload. */
export function malformed(message: string): string {
  return message.slice(0, -60)
}
