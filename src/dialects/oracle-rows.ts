// The rows that messages of Oracle's customer programme side and of its DERMS have in common. Field names and lengths: Oracle REST
// reference 23A to 26.4 and mapping guide 22C. Where each of them stands in the draft nouns is ours.

import { DEVICE_KEY, external } from './oracle-names.ts'
import type { CodeRow, InlineRow, NameField, NamesRow, Row } from './row.ts'

/** Names of the object itself. */
export function named(...names: readonly NameField[]): NamesRow {
  return { kind: 'names', cim: 'Names', names }
}

/** A member of CIM that the vendor knows by names of its own. */
export function known(cim: string, ...names: readonly NameField[]): Row {
  return { kind: 'inline', cim, rows: [named(...names)] }
}

/** The status, where the vendor says it by one code. */
export function coded(codes: CodeRow['codes']): InlineRow {
  return {
    kind: 'inline',
    cim: 'status',
    rows: [{ kind: 'code', vendor: 'status', cim: 'value', codes }],
  }
}

/** The status, where the vendor says it by one code, and in words why it is so. */
export function codedWithReason(codes: CodeRow['codes']): InlineRow {
  const { rows, ...status } = coded(codes)
  return { ...status, rows: [...rows, { kind: 'value', vendor: 'message', cim: 'reason' }] }
}

/** How somebody is called. */
export const CALLED: Row = named({ vendor: 'name', type: 'name', most: 254 })

/** Where somebody is written to. */
export const EMAIL: Row = {
  kind: 'inline',
  cim: 'electronicAddress',
  rows: [{ kind: 'value', vendor: 'email', cim: 'email1', most: 254 }],
}

/** Where somebody is called up. */
export function telephone(vendor: string, cim: string): Row {
  return {
    kind: 'inline',
    cim,
    rows: [{ kind: 'value', vendor, cim: 'localNumber', most: 24 }],
  }
}

/** From when to when, in members that the vendor calls so. */
export function interval(cim: string, start: string, end: string, how: 'as-is' | 'utc'): Row {
  const written = how === 'utc' ? ({ local: true, utc: true } as const) : {}
  return {
    kind: 'inline',
    cim,
    rows: [
      { kind: 'stamp', vendor: start, cim: 'start', ...written },
      { kind: 'stamp', vendor: end, cim: 'end', ...written },
    ],
  }
}

/** A device by its key, as the one member of CIM that names it. */
export const KEYED_DEVICE: Row = known('EndDevice', DEVICE_KEY)

/** The stage that a message of the vendor is about, once for all of its devices. */
export function sharedStage(vendor: string): Row {
  return { kind: 'shared', rows: [known('stage', external(vendor))] }
}

/** The device that a status check is about; its key is spelled nicid there (mapping guide 22C, 2.4). */
export function checkedDevice(vendor: string): Row {
  return {
    kind: 'nest',
    vendor,
    rows: [
      { kind: 'value', vendor: 'division', cim: 'division' },
      {
        kind: 'inline',
        cim: 'EndDevice',
        rows: [
          { kind: 'value', vendor: 'deviceType', cim: 'deviceType' },
          { kind: 'value', vendor: 'specification', cim: 'specification' },
          named({ ...DEVICE_KEY, vendor: 'nicid' }),
        ],
      },
    ],
  }
}
