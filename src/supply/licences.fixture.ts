// deploy/licences.md: every package that is there when cimgate runs, with its licence.

import { runtimeOf } from './lockfile.fixture.ts'
import type { Locked } from './lockfile.fixture.ts'

const HEAD = `# Licences

Every package that is there when cimgate runs, from \`package-lock.json\`; of those for one platform a machine has its own. \`npm run licences\` writes this file.

| package | version | licence |
| --- | --- | --- |
`

/** The whole file. */
export function licencesFile(all: readonly Locked[]): string {
  const rows = runtimeOf(all).map(
    ({ name, version, license = '' }) => `| \`${name}\` | ${version} | ${license} |`,
  )
  return `${HEAD}${[...new Set(rows)].sort().join('\n')}\n`
}
