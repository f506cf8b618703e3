// When things happen in a sample, as data: what comes first in the life of a thing comes first here.

import type { Primitive } from '../model.ts'
import type { Row } from './owners.ts'

/** Instants, days and times of day. */
export const TIMES: readonly Row[] = [
  [/(manufactured|purchase|received)Date$/, '2025-03-10T08:00:00Z'],
  [/installationDate$/, '2025-05-04T08:00:00Z'],
  [/signDate$/, '2026-07-13T18:00:00Z'],
  [/(request|submitted)\w*(DateTime|Date)$/i, '2026-07-13T15:20:00Z'],
  [/\/TimeTariffIntervals?\/startTime$/, '16:00:00'],
  [/(created|creation)\w*(DateTime|Date)?$/i, '2026-07-13T16:00:00Z'],
  [/(approved|decided|notified)DateTime$/, '2026-07-13T17:30:00Z'],
  [/(lastModified|modified|synced|replaced|reported)DateTime$/, '2026-07-14T15:45:00Z'],
  [/[sS]tatus\/dateTime$/, '2026-07-14T15:45:00Z'],
  [/lastCommunication$/, '2026-07-14T15:55:00Z'],
  [/(earliest\w*|\w*[eE]ffective\w*|validFrom)$/, '2026-07-14T16:00:00Z'],
  [/(Readings?|IntervalReadings?|\w*Data)\/timeStamp$/, '2026-07-14T16:15:00Z'],
  [/(crewETA|eta)$/i, '2026-07-14T17:10:00Z'],
  [/seasons?\/startDate$/, '--06-01'],
  [/seasons?\/endDate$/, '--09-30'],
  [/[wW]indows?\/startTime$/, '16:00:00'],
  [/[wW]indows?\/endTime$/, '21:00:00'],
  [/(Tariff|Profile)s?\/startDate$/, '2026-08-01T07:00:00Z'],
  [/(Tariff|Profile)s?\/endDate$/, '2027-08-01T07:00:00Z'],
  [/validityInterval\/start$/, '2026-08-01T07:00:00Z'],
  [/validityInterval\/end$/, '2031-08-01T07:00:00Z'],
  [/dueDate$/, '2026-07-24T16:00:00Z'],
  [/calculated\w*$/, '2026-07-14T21:00:00Z'],
  [/(timePeriod|valuesInterval)\/start$/, '2026-07-14T16:00:00Z'],
  [/(timePeriod|valuesInterval)\/end$/, '2026-07-14T16:15:00Z'],
  [/(start|begin)\w*$/i, '2026-07-14T16:00:00Z'],
  [/(end|until|expir|latest|removal|retired|shutOff|cancel)\w*$/i, '2026-07-14T20:00:00Z'],
  [/(time|date|at)\w*$/i, '2026-07-14T16:30:00Z'],
]

/** Primitives that the rows of `TIMES` are for, and what of an instant each of them shows. */
export const CUTS: Readonly<Partial<Record<Primitive, (text: string) => string>>> = {
  dateTime: (text) => text,
  date: (text) => text.slice(0, 10),
  time: (text) => (text.includes('T') ? text.slice(11) : text),
  gMonthDay: (text) => (text.startsWith('--') ? text : `-${text.slice(4, 10)}`),
}
