// The file of what has come of a stage for each of its devices (EV-04). Oracle publishes the fields of its REST operation and the
// codes of the outcome, but no file; the columns are ours.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { deviceKeySaid, deviceKeyText } from './device-key.ts'
import { deviceText } from './device.ts'
import { DEVICE_COLUMNS, deviceIn, deviceKeyOf, externally } from './file-device.ts'
import type { Column, FileKind, Row } from './file-kind.ts'
import { TO_COME } from './participation-state.ts'
import { listOf } from './reference.ts'

/** By Oracle's code, and by the word of our nouns; of this field alone: D1CN means nothing elsewhere. */
const OUTCOMES: Readonly<Record<string, string>> = {
  D1SP: 'success',
  D1IO: 'inFlightOverride',
  D1ND: 'nonResponsive',
  D1ER: 'error',
  D1CN: 'cancelled',
  success: 'success',
  inFlightOverride: 'inFlightOverride',
  nonResponsive: 'nonResponsive',
  error: 'error',
  cancelled: 'cancelled',
}

const TIME = { required: false, is: 'dateTime', most: 40 } as const satisfies Partial<Column>

/** Outcomes of one stage. */
export const OUTCOME_FILE: FileKind = {
  id: 'event-outcomes',
  noun: 'EventParticipations',
  verb: 'changed',
  about: 'what has come of a stage for each of its devices',
  source: 'EV-04',
  columns: [
    { name: 'eventExternalIdentifier', about: 'id of the stage', required: true, most: 120 },
    ...DEVICE_COLUMNS,
    { name: 'outcome', about: 'what has come of it', required: true, among: OUTCOMES },
    { name: 'participationStartDateTime', about: 'when the device began', ...TIME },
    { name: 'participationEndDateTime', about: 'when it ended', ...TIME },
    { name: 'errorMessage', about: 'why; never with success, always with error', required: false },
  ],
  keyOf: (row) => keyText(row['eventExternalIdentifier'] ?? '', deviceKeyOf(row)),
  keyIs: 'eventExternalIdentifier, headEndSystem and nicId',
  faults,
  toCim: (row) => ({
    ...(row['errorMessage'] ? { errorMessage: row['errorMessage'] } : {}),
    outcome: outcomeOf(row),
    EndDevice: deviceIn(row),
    ...interval(row),
    stage: externally(row['eventExternalIdentifier'] ?? ''),
  }),
  expects: {
    groupOf: (row) => row['eventExternalIdentifier'] ?? '',
    isMissing: (participation, stage) =>
      TO_COME.includes(String(member(participation, 'state'))) &&
      listOf(member(participation, 'stage'), 'Names').some((it) => member(it, 'name') === stage),
    keyOf: (participation, stage) =>
      keyText(stage, deviceKeyText(member(participation, 'EndDevice')) ?? ''),
    called: (participation) => {
      const device = member(participation, 'EndDevice')
      return deviceKeyText(device) === undefined ? deviceText(device) : deviceKeySaid(device)
    },
    what: 'device of the stage',
    rule: 'OUT-MISSING',
  },
}

function keyText(stage: string, device: string): string {
  return `${JSON.stringify(stage)} ${device}`
}

function outcomeOf(row: Row): string {
  return OUTCOMES[row['outcome'] ?? ''] ?? ''
}

function faults(row: Row): readonly string[] {
  const [outcome, message] = [outcomeOf(row), row['errorMessage'] ?? '']
  const [start, end] = [row['participationStartDateTime'], row['participationEndDateTime']]
  return [
    ...(outcome === 'success' && message !== '' ? ['errorMessage stands beside a success'] : []),
    ...(outcome === 'error' && message === '' ? ['errorMessage is empty beside an error'] : []),
    ...(!start === !end ? [] : ['only one of the two times of the participation is there']),
    ...(start && end && Date.parse(end) <= Date.parse(start)
      ? ['participationEndDateTime is not after participationStartDateTime']
      : []),
  ]
}

function interval(row: Row): JsonObject {
  const [start, end] = [row['participationStartDateTime'], row['participationEndDateTime']]
  return start && end ? { outcomeInterval: { end, start } } : {}
}
