// The file of device scores (SC-01). Oracle says only that it has a score and an availability for each device; the columns are
// ours.

import { DEVICE_COLUMNS, deviceIn, deviceKeyOf } from './file-device.ts'
import type { FileKind } from './file-kind.ts'

/** Device scores. */
export const SCORE_FILE: FileKind = {
  id: 'device-scores',
  noun: 'DeviceScores',
  verb: 'created',
  about: 'how well each device is suited for events of a programme',
  source: 'SC-01',
  columns: [
    ...DEVICE_COLUMNS,
    { name: 'endDevice', about: 'mRID of the device, where it is known', required: false },
    {
      name: 'programCode',
      about: 'programme that it holds for; empty for all',
      required: false,
      most: 120,
    },
    { name: 'score', about: 'higher is better', required: true, is: 'decimal', most: 100 },
    { name: 'available', about: 'whether the device is available', required: true, is: 'boolean' },
    {
      name: 'calculatedDateTime',
      about: 'when it was worked out',
      required: true,
      is: 'dateTime',
      most: 40,
    },
  ],
  keyOf: (row) => `${deviceKeyOf(row)} ${row['programCode'] ?? ''}`,
  keyIs: 'headEndSystem, nicId and programCode',
  toCim: (row, mRID) => {
    const { score = '', available = '', calculatedDateTime = '', programCode = '' } = row
    const NameType = { name: 'programCode' }
    return {
      mRID,
      available: available === 'true' || available === '1',
      calculatedDateTime,
      score,
      ...(programCode === ''
        ? {}
        : { DemandResponseProgram: { Names: [{ name: programCode, NameType }] } }),
      EndDevice: deviceIn(row, row['endDevice']),
    }
  },
  outdatedBy: ['SCO-OLD'],
}
