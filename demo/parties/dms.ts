// The DMS: holds what DER can do.

import type { Party } from '../party.ts'

export const DMS: Party = { id: 'dso-dms', name: 'DMS', speaks: 'xml', does: [] }
