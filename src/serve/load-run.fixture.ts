// `npm run test:load -- [--rounds N] [--seconds N] [--seed N] [--only T6|T23]`: ten times of what the gateway can carry out, from
// another process over real sockets, then as much as it can; and one noisy party of a thousand. Prints medians over the rounds,
// writes all figures to dist/load.json, ends by itself; the last line is `N passed, N failed`.

import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { noisyParty, overload } from './load/rounds.fixture.ts'
import type { Figures, RoundPlan } from './load/rounds.fixture.ts'
import { endAll } from './process.fixture.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
  },
})
const rounds = Number(values.rounds)

/** Most that a figure may be; undefined = it is only told. */
type Limit = number | ((figures: Figures) => number)

interface Part {
  readonly what: string
  readonly seconds: number
  readonly run: (plan: RoundPlan) => Promise<Figures>
  readonly limits: Readonly<Record<string, Limit>>
}

const of = (figures: Figures, name: string) => figures[name] ?? 0

/** What is run, by its name. */
const PARTS: Readonly<Record<string, Part>> = {
  T6: {
    what: 'ten times of what it can carry out',
    seconds: 60,
    run: overload,
    limits: {
      'refused without Retry-After': 0,
      'refused p99 ms': 100,
      'loop p99 ms': 100,
      'memory over idle MB': 150,
      'p99 after ms': (it) => Math.max(50, 1.5 * of(it, 'p99 before ms')),
      'without an answer': 0,
      lost: 0,
      sneaked: 0,
    },
  },
  T23: {
    what: 'one noisy party of a thousand',
    seconds: 10,
    run: noisyParty,
    limits: {
      'cost %': 10,
      'others refused': 0,
      'refused without Retry-After': 0,
      lost: 0,
      sneaked: 0,
    },
  },
}

function medianOf(all: readonly Figures[]): Figures {
  const names = Object.keys(all[0] ?? {})
  const middle = (name: string) =>
    all.map((it) => of(it, name)).toSorted((a, b) => a - b)[Math.floor((all.length - 1) / 2)] ?? 0
  return Object.fromEntries(names.map((name) => [name, middle(name)]))
}

/** What may never happen counts in its worst round, all else in the median. */
function judged(name: string, all: readonly Figures[], limit: Limit | undefined) {
  const median = medianOf(all)
  const most = typeof limit === 'function' ? limit(median) : limit
  const value = most === 0 ? Math.max(...all.map((it) => of(it, name))) : of(median, name)
  return { name, value, most, isMet: most === undefined || value <= most }
}

const shown = (it: number) => (Math.abs(it) < 10 ? it.toFixed(2) : String(Math.round(it)))

const machine = {
  node: process.version,
  platform: process.platform,
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  loadBefore: loadavg()[0],
}
const report: Record<string, unknown> = { machine, seed: Number(values.seed), rounds }
console.log(
  Object.entries(machine)
    .map((it) => it.join(' '))
    .join(', '),
)

let [passed, failed] = [0, 0]
for (const [name, { what, seconds, run, limits }] of Object.entries(PARTS)) {
  if (values.only !== undefined && values.only !== name) continue
  const all: Figures[] = []
  for (let n = 0; n < rounds; n += 1) {
    const seed = Number(values.seed) * 1_000 + n * 10
    all.push(await run({ seconds: Number(values.seconds ?? seconds), seed }))
    console.log(
      `${name}: round ${n + 1} of ${rounds}: ${JSON.stringify(all.at(-1), (_, it: unknown) => (typeof it === 'number' ? Number(it.toFixed(2)) : it))}`,
    )
  }
  report[name] = all
  console.log(`\n${name}: ${what}, medians of ${rounds}`)
  for (const figure of Object.keys(all[0] ?? {})) {
    const { value, most, isMet } = judged(figure, all, limits[figure])
    const due = most === undefined ? '' : `  at most ${shown(most)}  ${isMet ? 'met' : 'MISSED'}`
    console.log(`  ${figure.padEnd(30)}${shown(value).padStart(10)}${due}`)
    if (most !== undefined) isMet ? (passed += 1) : (failed += 1)
  }
}
const file = fileURLToPath(new URL('../../load.json', import.meta.url))
writeFileSync(file, JSON.stringify(report, null, 2))
await endAll()
console.log(`\nall figures: ${file}\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
