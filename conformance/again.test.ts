// The command that shows a finding again: what else the command line said stands in it, and no value of a header.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { saidOf } from './again.ts'
import type { ConformanceOptions } from './index.ts'
import { commandFor } from './report/command.ts'
import type { Results } from './results-shape.ts'

const test = suite('conformance again')

const RUN: Results['run'] = {
  ...{
    seed: 's',
    mode: 'client',
    clock: 'real',
    startedAt: '',
    target: 'http://h/cim',
    strict: false,
  },
  ...{ transport: 'soap', ics: '', redacted: false },
}
const ASKED: ConformanceOptions = {
  ...{ only: [], strict: false },
  ...{ transport: 'soap', header: { 'X-Key': 'secret' }, wait: 3, negative: ['DERGroups'] },
  ...{ count: 5, port: 8081, host: '127.0.0.1' },
}

/** [mode, case, the command that shows it again, behind `npx cimgate conformance run`] */
const AGAIN: readonly (readonly [string, string, string])[] = [
  [
    'client',
    'DERG-1a',
    `--ics ics.json --target http://h/cim --transport soap --header 'X-Key=…' --wait 3 --xsd /own --port 8081 --only DERG-1a --seed s`,
  ],
  [
    'client',
    'negative/DERGroups/a',
    `--ics ics.json --target http://h/cim --transport soap --header 'X-Key=…' --wait 3 --xsd /own --negative DERGroups --count 5 --port 8081 --only negative/DERGroups/a --seed s`,
  ],
  [
    'server',
    'clients/create',
    "--ics ics.json --mode server --transport soap --header 'X-Key=…' --wait 3 --xsd /own --port 8081 --only clients/create --seed s",
  ],
  ['middle', 'anything', '--mode offline --messages wire --xsd /own'],
]

for (const [mode, scenario, command] of AGAIN)
  test(`what shows ${scenario} of mode ${mode} again says all that was said, and no secret`, () => {
    const options = saidOf(ASKED, { xsd: ['/own'] })
    assert.not.match(JSON.stringify(options), /secret/)
    const shown = commandFor({ run: { ...RUN, mode, options } }, scenario)
    assert.is(shown, `npx cimgate conformance run ${command}`)
  })

test.run()
