// For tests only: pages of runs in which nobody answers the tester: of a product that sends, and of parties that were captured.

import { octetsOf } from '../captured/captured.ts'
import { serverRun } from '../engine/game.fixture.ts'
import { openGame } from '../engine/game.ts'
import { offline } from '../engine/offline.ts'
import { pair } from '../engine/pair.ts'
import { planFor } from '../engine/plan.ts'
import type { Ran } from '../engine/summary.ts'
import { unstated } from '../modes.ts'
import { caseOf, playedOf } from '../script.ts'
import { runFor } from '../selftest/playing.ts'
import type { Ground } from '../selftest/playing.ts'
import { statementOf } from '../statement.ts'
import { written } from '../stranger-messages.fixture.ts'
import { reportsOf } from './evidence.ts'

/** What a run has come to, as its page. */
export function pageOf({ results, passed }: Pick<Ran, 'results' | 'passed'>): string | Uint8Array {
  const octets = new Map(passed.map((it) => [it.file, it.bytes]))
  return reportsOf(results, (it) => octets.get(it))['report.html'] ?? ''
}

/** A person has it send: one case passes, one is open, one fails, and three messages belong nowhere. */
export async function sendingPage(ground: Ground): Promise<string | Uint8Array> {
  const only = ['create', 'refused', 'wrong-correlation', 'delete'].map((it) => `clients/${it}`)
  let address = ''
  const tell = (line: string) => (address = /^DOP: (\S+)/.exec(line)?.[1] ?? address)
  const game = openGame(serverRun(ground, { only, waitMs: 60_000, tell }))
  void game.play('http://tester', () => false)
  const post = (verb: string, number: number, path = new URL(address).pathname) => {
    const mRID = verb === 'create' ? `g-${number}` : 'g-1'
    const { text } = written({ verb, noun: 'DERGroups', mRID, number }, `id-${number}`)
    const headers = { 'content-type': 'application/xml' }
    return game.answer({ method: 'POST', path, headers, bytes: octetsOf(text) })
  }
  await post('create', 5, `/somewhere/${'else/'.repeat(30)}`)
  for (const number of [1, 2, 2, 3]) await post('create', number)
  await post('change', 4)
  await post('create', 6, '/t/another-run/DOP')
  return pageOf(game.end('2026-07-14T09:00:00Z', 'http://tester'))
}

/** A scenario of six parties, played by the tester alone: nothing is wrong in it. */
export async function scenarioPage(ground: Ground): Promise<string | Uint8Array> {
  const { register, judge } = ground
  const scripts = register.scripts.flatMap(playedOf).filter(({ branch }) => branch.id === SCENARIO)
  const capability = unstated({ mode: 'pair', wait: 1, header: {} }, register)
  const scenarios = scripts.map(caseOf)
  const plan = planFor(capability, { ...register, scenarios }, { only: [], strict: false })
  const played = new Map(scripts.map((it) => [it.branch.id, it]))
  return pageOf(await pair({ ...runFor(capability, ground), plan, judge, scripts: played }))
}

const SCENARIO = 'S-4-1/connected'

/** A dozen parties, some of whom are wrong. */
export async function capturedPage(ground: Ground): Promise<string | Uint8Array> {
  const messages = Array.from({ length: 12 }, (_it, at) => {
    const name =
      at === 3 ? `a party with a name as long as ${'possible '.repeat(12)}` : `party ${at}`
    const zone = at % 3 === 0 ? '' : 'Z'
    const { text } = written(
      { verb: 'create', noun: 'DERGroups', mRID: 'g', number: at },
      `id-${at}`,
      zone,
    )
    const bytes = octetsOf(text.replace('>stranger<', `>${name}<`))
    return { name: `${at}-request.xml`, bytes, status: null, contentType: 'application/xml' }
  })
  const leftOut = [{ name: `notes/${'long-'.repeat(40)}.txt`, why: 'it is no XML' }]
  const statement = { ...statementOf('AGG', ground.register), roles: {} }
  const run = runFor(statement, ground)
  return pageOf(await offline({ messages, leftOut }, { ...run, judge: ground.judge }))
}
