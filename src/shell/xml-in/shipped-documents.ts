// What comes with cimgate for its documentation: the samples, flow by flow, and what the tests of this build came to.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Acceptance, Describe, Sample } from '../../gateway/ports.ts'

/** Samples lie beside the build, in a clone as in a package; what the tests came to is a part of it. */
const [SAMPLES, ACCEPTANCE] = ['../../../../samples', '../../../acceptance.json'].map((it) =>
  fileURLToPath(new URL(it, import.meta.url)),
) as [string, string]

/** Both, as this build has them. */
export const shippedDocuments: Pick<Describe, 'samples' | 'acceptance'> = {
  samples: async (flow) => flowSamples(SAMPLES, flow),
  acceptance: async () => acceptanceIn(ACCEPTANCE),
}

/** Valid ones first, those that are wrong behind them; none where there is no such folder. @param folder of all samples */
function flowSamples(folder: string, flow: string): readonly Sample[] {
  return ['', 'invalid'].flatMap((below) => samplesIn(join(folder, flow, below), below))
}

/** undefined where no test has run on this build. @param file written by the runner of the tests */
function acceptanceIn(file: string): Acceptance | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Acceptance
  } catch {
    return undefined
  }
}

function samplesIn(folder: string, below: string): readonly Sample[] {
  const names = entriesOf(folder).filter((it) => /\.(xml|json)$/.test(it))
  return names.sort().map((it) => ({
    name: below === '' ? it : `${below}/${it}`,
    text: readFileSync(join(folder, it), 'utf8'),
  }))
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
