// The file of network locations: first all of them, later what has changed (MD-01). The columns are ours.

import type { JsonObject } from '../schema/json-text.ts'
import type { FileKind, Row } from './file-kind.ts'

const NODE = { required: true, most: 120 } as const

/** Network locations of usage points. */
export const LOCATION_FILE: FileKind = {
  id: 'network-locations',
  noun: 'NetworkLocations',
  verb: 'created',
  about: 'where in the network each usage point is supplied from',
  source: 'MD-01',
  columns: [
    { name: 'usagePoint', about: 'the usage point, by its id', ...NODE },
    { name: 'transformer', about: 'the transformer that supplies it', ...NODE },
    { name: 'feeder', about: 'the feeder of that', ...NODE },
    { name: 'substation', about: 'the substation of that', ...NODE },
    { name: 'effective', about: 'since when', required: false, is: 'dateTime', most: 40 },
  ],
  keyOf: (row) => JSON.stringify(row['usagePoint'] ?? ''),
  keyIs: 'usagePoint',
  // It is known by its usage point, so that it has no mRID of its own.
  toCim: (row) => ({
    ...(row['effective'] ? { effective: row['effective'] } : {}),
    feeder: named('feeder', row),
    substation: named('substation', row),
    transformer: named('transformer', row),
    UsagePoint: { mRID: row['usagePoint'] ?? '' },
  }),
  beside: ({ transferKind }) => ({ transferKind }),
}

function named(type: string, row: Row): JsonObject {
  return { Names: [{ name: row[type] ?? '', NameType: { name: type } }] }
}
