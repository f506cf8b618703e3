// `npm run demo`: plays figures of EPRI 3002014619 through the gateway, prints each message as it passes, and ends with a
// sequence diagram of each. Exits with 1 when a step does not come out as it is due.

import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { Step } from './compared.ts'
import { PARTIES } from './parties/index.ts'
import { heading, stepLine, summary, verbose } from './printed.ts'
import type { Scenario } from './scenario.ts'
import { SCENARIOS } from './scenarios/index.ts'
import { openStage } from './stage.ts'

const USAGE = `npm run demo -- [--scenario ID]… [--verbose] [--pause]
  --scenario  ${SCENARIOS.map(({ id, title }) => `${id} ${title}`).join(', ')}; by default all
  --verbose   print every document as it stood on the wire
  --pause     wait for Enter before each scenario
`

const print = (text: string) => void process.stdout.write(`${text}\n`)

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      scenario: { type: 'string', multiple: true },
      verbose: { type: 'boolean', default: false },
      pause: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  const wanted = values.scenario ?? SCENARIOS.map(({ id }) => id)
  const unknown = wanted.filter((id) => !SCENARIOS.some((it) => it.id === id))
  if (values.help || unknown.length > 0) {
    print(unknown.length === 0 ? USAGE : `There is no scenario ${unknown.join(', ')}.\n${USAGE}`)
    return unknown.length === 0 ? 0 : 2
  }
  return played(
    SCENARIOS.filter(({ id }) => wanted.includes(id)),
    values,
  )
}

async function played(
  scenarios: readonly Scenario[],
  how: { readonly verbose: boolean; readonly pause: boolean },
): Promise<number> {
  let faults = 0
  for (const scenario of scenarios) {
    if (how.pause) await entered(`\nEnter plays ${scenario.id}. `)
    // Each has a gateway of its own, so that it is the same alone as among others.
    const stage = await openStage(PARTIES)
    try {
      print(heading(scenario, stage.address))
      let count = 0
      const tell = (step: Step) => {
        print(stepLine((count += 1), step))
        if (how.verbose) print(verbose(step))
      }
      const outcome = await stage.play(scenario, tell)
      print(summary(scenario, outcome))
      faults += outcome.faults.length
    } finally {
      await stage.close()
    }
  }
  print(faults === 0 ? '\nAll is as it is due.' : `\n${faults} not as due.`)
  return faults === 0 ? 0 : 1
}

async function entered(question: string): Promise<void> {
  const reader = createInterface({ input: process.stdin, output: process.stdout })
  await reader.question(question)
  reader.close()
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
