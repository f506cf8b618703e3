// `npm run test:security -- [--only T9] [--seed N] [--case NAME] [--report FILE]`: every attack at
// its full number. Each failure ends with the line that repeats it; a report in JSON has seed, counts and machine. Ends by
// itself; the last line is `N passed, N failed`.

import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { endAll } from './process.fixture.ts'
import { attacked, repeatOf } from './security/attack.fixture.ts'
import type { Attack, Outcome } from './security/attack.fixture.ts'
import { ATTACKS } from './security/attacks.fixture.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seed: { type: 'string', default: '0' },
    case: { type: 'string' },
    report: { type: 'string', default: besideBuild('security-report.json') },
  },
})
const seed = Number(values.seed)
/** an attack that takes longer hangs */
const LONGEST_MS = 30 * 60_000

const machine = {
  node: process.version,
  platform: process.platform,
  cores: cpus().length,
  model: cpus()[0]?.model ?? '',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
}
const outcomes: Outcome[] = []

console.log(
  `node ${machine.node}, ${machine.platform}, ${machine.cores} cores, ${machine.memoryGiB} GiB, seed ${seed}`,
)
const chosen = ATTACKS.filter(({ id }) => values.only === undefined || values.only === id)
if (chosen.length === 0) console.log(`no attack is called ${values.only}`)
for (const it of chosen) await tell(it)
report()
await endAll()
const failed = outcomes.filter((it) => it.failures.length > 0).length
const notRun = outcomes.reduce((sum, it) => sum + it.notRun.length, 0)
console.log(`report in ${values.report}${notRun > 0 ? `, ${notRun} not run` : ''}`)
console.log(`${outcomes.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 && outcomes.length > 0 ? 0 : 1)

async function tell(attack: Attack): Promise<void> {
  const hanging = setTimeout(() => {
    console.log(`${attack.id}: no end after ${LONGEST_MS / 60_000} minutes\n0 passed, 1 failed`)
    process.exit(1)
  }, LONGEST_MS)
  const outcome = await attacked(attack, { full: true, seed, only: values.case })
  clearTimeout(hanging)
  outcomes.push(outcome)
  const { id, about, cases, failures, counts, ms } = outcome
  const counted = Object.entries(counts).map(([what, it]) => `, ${it} ${what}`)
  const mark = failures.length === 0 ? '✓' : '✗'
  console.log(
    `${mark} ${id}: ${about}: ${cases} cases${counted.join('')} (${(ms / 1_000).toFixed(0)} s)`,
  )
  for (const why of outcome.notRun) console.log(`  not run: ${why}`)
  for (const it of failures)
    console.log(`  ${it.name}: ${it.said}\n  repeat with ${repeatOf(outcome, it)}`)
}

/** With what each failure is repeated by. */
function report(): void {
  const tests = outcomes.map((it) => ({
    ...it,
    failures: it.failures.map((one) => ({ ...one, repeat: repeatOf(it, one) })),
  }))
  mkdirSync(dirname(values.report), { recursive: true })
  const whole = { at: new Date().toISOString(), machine, seed, tests }
  writeFileSync(values.report, `${JSON.stringify(whole, null, 2)}\n`)
}

function besideBuild(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url))
}
