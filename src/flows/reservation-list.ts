// The devices that are reserved for a stage of an event, as a list: Oracle's reservation is a JSON header and a CSV with one
// row for each device (Oracle Utilities mapping guide 22C, Device Reservation).

import { NIC_ID, namesBy, textOfKey } from './device-key.ts'
import { boundsOf } from './interval.ts'
import { referenceTo } from './long-list.ts'
import type { Cells, Common, ListEnd, LongList, Wrong } from './long-list.ts'
import { keysOf, listOf } from './reference.ts'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'

/** RS-01: create EventParticipations. */
export const RESERVATIONS: LongList = {
  noun: 'EventParticipations',
  objectType: 'EventParticipation',
  report: { noun: 'OperationReports', object: reportOf },
  below: { noun: 'ProgramEvents', name: 'reservations' },
  common: [
    { member: 'ProgramEvent', objectType: 'ProgramEvent' },
    { member: 'stage', objectType: 'ProgramEventStage' },
  ],
  about:
    'reserve devices for a stage of an event: up to 100,000, in JSON or as CSV, with a header or without',
  header: {
    stage: 'part',
    messageId: 'messageID',
    eventStartDateTime: 'start',
    eventEndDateTime: 'end',
    replyAddress: 'replyAddress',
    drmsInstanceId: 'property',
    eventId: 'property',
    eventType: 'property',
    eventStatus: 'property',
  },
  columns: [
    {
      name: 'recordId',
      isDue: true,
      example: '1',
      about: 'number of the record in the list of its sender',
    },
    {
      name: NIC_ID,
      isDue: true,
      example: '00135500000012345678',
      about: 'of the device, together with its head-end system',
    },
    {
      name: 'headEndSystemId',
      also: ['headEndSystem'],
      isDue: true,
      example: 'HES-NORTH',
      about: 'head-end system that the device belongs to',
    },
    {
      name: 'reservationStartDateTime',
      isDue: false,
      about: 'xs:dateTime; empty = that of the event',
    },
    {
      name: 'reservationEndDateTime',
      isDue: false,
      about: 'xs:dateTime; empty = that of the event',
    },
  ],
  object: reservationOf,
  shown: (it) => {
    const [device] = devicesIn(it)
    return {
      recordId: textAt(it, 'recordId'),
      nicId: device?.nicId ?? '',
      headEndSystemId: device?.headEnd ?? '',
    }
  },
  once: {
    key: (it) => {
      const [device] = devicesIn(it)
      if (device !== undefined) return keyOf(device.headEnd, device.nicId)
      return keysOf(member(it, 'EndDevice'))[0]
    },
    ofCells: ({ nicId = '', headEndSystemId = '' }) => keyOf(headEndSystemId, nicId),
    rule: 'DEV-DUP',
    reason: 'The device is in the list more than once; its first record counts.',
    mend: 'Send each device once: NIC id and head-end system together are its key.',
  },
  latest: ({ start }) => start,
  part: stageOf,
}

function keyOf(headEnd: string, nicId: string): string {
  return textOfKey({ headEndSystem: headEnd, nicId })
}

function reservationOf(
  { recordId = '', nicId = '', headEndSystemId = '', ...times }: Cells,
  { references, start = '', end = '' }: Common,
): { readonly object: JsonObject } | Wrong {
  const [from, to] = [
    times['reservationStartDateTime'] || start,
    times['reservationEndDateTime'] || end,
  ]
  const wrong = [from, to].find((it) => it !== '' && !DATE_TIME.test(it))
  if (wrong !== undefined)
    return {
      rule: 'LIST-TIME',
      reason: `${wrong} is no xs:dateTime.`,
      mend: 'Write 2026-07-14T17:00:00Z or the like, or leave the cell empty for the time of the event.',
    }
  const [starts, ends] = boundsOf({ start: from, end: to })
  if (from !== '' && to !== '' && ends <= starts)
    return {
      rule: 'LIST-TIME',
      reason: `The reservation ends at ${to}, and begins at ${from}.`,
      mend: 'Write an end that is later than the start, or leave both empty.',
    }
  return {
    object: {
      recordId,
      EndDevice: { Names: namesBy({ headEndSystem: headEndSystemId, nicId }) },
      ...references,
      ...(from === '' || to === '' ? {} : { reservation: { end: to, start: from } }),
    },
  }
}

const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/

function devicesIn(
  participation: JsonObject,
): readonly { readonly nicId: string; readonly headEnd: string }[] {
  return listOf(member(participation, 'EndDevice'), 'Names').flatMap((it) => {
    const type = member(it, 'NameType')
    if (member(type, 'name') !== NIC_ID) return []
    return [
      { nicId: textAt(it, 'name'), headEnd: textAt(member(type, 'NameTypeAuthority'), 'name') },
    ]
  })
}

function textAt(it: Json | undefined, name: string): string {
  const text = member(it, name)
  return typeof text === 'string' ? text : ''
}

/** RS-04: what the mail to the stakeholders says. */
function reportOf(end: ListEnd): JsonObject {
  const { mRID, at, since, leg, common, count, failed, items } = end
  const done = count - failed
  const where = `/api/v1/messages/${leg}/results`
  const text = [
    `${done} of ${count} devices have been reserved, ${failed} have not.`,
    ...items.map(({ shown, code, reason = '' }) => `${deviceOf(shown)}: ${code} ${reason}`.trim()),
    ...(failed > items.length ? [`The other ${failed - items.length} are found at ${where}.`] : []),
  ].join('\n')
  const event = common.references['ProgramEvent']
  const value = failed === 0 ? 'succeeded' : done === 0 ? 'failed' : 'partial'
  return {
    mRID,
    createdDateTime: at,
    failedCount: failed,
    kind: 'deviceReservation',
    ...(failed === 0 ? {} : { severity: 'alarm' }),
    skippedCount: 0,
    subject: `Device reservation: ${done} of ${count} devices`,
    succeededCount: done,
    text,
    totalCount: count,
    ...(event === undefined ? {} : { about: { ...event, objectType: 'ProgramEvent' } }),
    interval: { end: at, start: since },
    ...(items.length === 0 ? {} : { items: items.map(itemOf) }),
    status: { dateTime: at, value },
  }
}

function deviceOf({ recordId = '', nicId = '', headEndSystemId = '' }: Cells): string {
  return `Record ${recordId}, device ${nicId} of ${headEndSystemId}`
}

function itemOf({
  index,
  shown,
  code,
  rule,
  reason,
  details,
}: ListEnd['items'][number]): JsonObject {
  const said = [rule === undefined ? '' : `rule=${rule}`, details ?? ''].filter((it) => it !== '')
  return {
    code,
    ...(said.length === 0 ? {} : { details: said.join('; ') }),
    index,
    outcome: 'FAILED',
    ...(reason === undefined ? {} : { reason }),
    sourceValue: deviceOf(shown),
  }
}

/** To CPM each stage is an event of its own; one that is the only one need not be named. */
function stageOf(event: JsonObject, named: string | undefined): ReturnType<LongList['part']> {
  const stages = listOf(event, 'stages')
  const found = named === undefined ? stages : stages.filter((it) => keysOf(it).includes(named))
  const [stage, ...others] = found
  const names = stages.flatMap((it) => keysOf(it)[0] ?? []).join(', ')
  if (stage === undefined || others.length > 0)
    return {
      wrong:
        named === undefined
          ? 'The event has several stages, and the list is about one of them.'
          : `The event has no stage ${named}.`,
      mend: `Name one of ${names} as stage.`,
    }
  const interval = member(stage, 'interval')
  const [start, end] = [textAt(interval, 'start'), textAt(interval, 'end')]
  return {
    common: {
      references: { ProgramEvent: referenceTo(event), stage: referenceTo(stage) },
      ...(start === '' ? {} : { start }),
      ...(end === '' ? {} : { end }),
    },
  }
}
