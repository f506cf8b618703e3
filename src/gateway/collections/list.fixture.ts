// For tests only: reservations of many devices, as messages and as lists.

import { gzipSync } from 'node:zlib'

export const EVENT = 'e0000000-0000-4000-8000-00000000e001'
export const STAGE = 'e0000000-0000-4000-8000-00000000e101'

const DRAFT = 'http://cimgate.example/draft/2026/EventParticipations#'

/** The CSV of so many devices. @param row of one that is otherwise */
export function csvOf(count: number, row: (n: number) => string = usual): string {
  const rows = Array.from({ length: count }, (_, n) => row(n + 1))
  return [
    'recordId,nicId,headEndSystemId,reservationStartDateTime,reservationEndDateTime',
    ...rows,
  ].join('\n')
}

/** The row of the device of this number. */
export function usual(n: number): string {
  return `${n},0013550000${String(n).padStart(10, '0')},HES-NORTH,,`
}

/** What a message says besides its list. */
export interface About {
  readonly messageID?: string
  readonly start?: string
  readonly end?: string
  /** inside the Header, in its place */
  readonly header?: string
}

/** A message whose payload is a CSV. */
export function listXml(csv: string, about: About = {}): string {
  const packed = gzipSync(csv).toString('base64')
  const request =
    `<Request>${about.start === undefined ? '' : `<StartTime>${about.start}</StartTime>`}` +
    `${about.end === undefined ? '' : `<EndTime>${about.end}</EndTime>`}` +
    `<ID kind="uuid" objectType="ProgramEvent">${EVENT}</ID>` +
    `<ID kind="uuid" objectType="ProgramEventStage">${STAGE}</ID></Request>`
  return message(request, `<Compressed>${packed}</Compressed><Format>CSV</Format>`, about)
}

/** A message with the participations in the open. */
export function objectsXml(numbers: readonly number[], about: About = {}): string {
  const all = numbers.map(
    (n) =>
      `<EventParticipation><recordId>${n}</recordId><EndDevice><Names><name>${n}</name><NameType><name>nicId</name>` +
      `<NameTypeAuthority><name>HES-NORTH</name></NameTypeAuthority></NameType></Names></EndDevice>` +
      `<ProgramEvent><mRID>${EVENT}</mRID></ProgramEvent><stage><mRID>${STAGE}</mRID></stage></EventParticipation>`,
  )
  return message(
    '',
    `<EventParticipations xmlns="${DRAFT}">${all.join('')}</EventParticipations>`,
    about,
  )
}

function message(request: string, payload: string, { messageID, header = '' }: About): string {
  const id = messageID ?? crypto.randomUUID()
  return (
    `<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>create</Verb>` +
    `<Noun>EventParticipations</Noun>${header}<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID>` +
    `</Header>${request}<Payload>${payload}</Payload></RequestMessage>`
  )
}
