// Scores of all devices, as a file with its manifest.

import { createHash } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HEAD_END, PROGRAM } from './devices.ts'
import type { Device } from './devices.ts'
import { total } from './step.ts'
import type { SeasonParts, SeasonStep } from './step.ts'

const NAME = 'scores.csv'
const COLUMNS = 'headEndSystem,nicId,programCode,score,available,calculatedDateTime'

/** One file. */
export function scoring({ cast, devices, folder }: SeasonParts): readonly SeasonStep[] {
  const eligible = devices.filter((it) => it.isEligible)
  return [
    {
      title: 'a file with the scores of all devices',
      answers: 1,
      run: async (tell) => {
        await written(folder, [COLUMNS, ...eligible.map(scored), ''].join('\n'), eligible.length)
        tell()
      },
      totals: () => [
        total(
          'scores known to the DERMS',
          eligible.length,
          cast['dso-derms'],
          'created DeviceScores',
        ),
      ],
    },
  ]
}

function scored({ n, nicId }: Device): string {
  const score = (n % 1_000) / 1_000
  return [HEAD_END, nicId, PROGRAM.code, score, true, '2026-06-02T00:00:00Z'].join()
}

/** The manifest comes last: until it is there, the file waits. */
async function written(folder: string, text: string, recordCount: number): Promise<void> {
  const manifest = {
    fileName: NAME,
    sizeBytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
    recordCount,
    createdDateTime: '2026-06-02T00:00:00Z',
    sequence: 1,
  }
  await writeFile(join(folder, NAME), text)
  const place = join(folder, `${NAME}.manifest.json`)
  await writeFile(`${place}.new`, JSON.stringify(manifest))
  await rename(`${place}.new`, place)
}
