// Programme systems that are broken as real ones have been known to be: the known issues of a release (Oracle 22C release
// notes), a line each.

import type { Row } from './broken-words.ts'
import { statusOf } from './program-content.ts'
import { checked, keeping, programsWith } from './programs.ts'

/** All of them. */
export const PROGRAM_ROWS: readonly Row[] = [
  [
    'has a device active before its enrollment is completed',
    'SUB-01',
    () => programsWith({ 'create ProgramSubscriptions': keeping('ProgramSubscriptions') }),
  ],
  [
    'says that it has unenrolled, and has not',
    'SUB-02 SUB-03',
    () => programsWith({ 'close ProgramSubscriptions': (kept) => ({ state: kept }) }),
  ],
  [
    'enrolls a device twice',
    'DEV-01',
    () =>
      programsWith({
        'create ProgramEnrollments': keeping('ProgramEnrollments', (it) => statusOf(it, 'PENDING')),
      }),
  ],
  [
    'says that a status has failed which nobody can ask for',
    'DSC-01',
    () => programsWith({ 'get EndDeviceStatuses': checked('failed') }),
  ],
]
