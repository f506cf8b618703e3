// Writes the figures of the self-test, after a change of the suite.

import { writeFileSync } from 'node:fs'
import { suiteIdentity } from '../report/identity.ts'
import { selfTested } from './command.ts'
import { FIGURES } from './figures.ts'

const { figures, problems } = await selfTested('selftest', { xsd: [] }, (it) => console.log(it))
for (const it of problems) console.error(it)
if (problems.length > 0) process.exitCode = 1
else {
  const shipped = { suite: suiteIdentity([]).hash, ...figures }
  writeFileSync(FIGURES, `${JSON.stringify(shipped, undefined, 2)}\n`)
  console.log(JSON.stringify(shipped))
}
