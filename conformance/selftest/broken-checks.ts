// Each check of the suite fails by itself: the verdict is that the suite is at fault, and never pass; and the run goes on.

import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { offline } from '../engine/offline.ts'
import type { Ran } from '../engine/run.ts'
import type { Peer } from '../peers/peer.ts'
import { statementOf } from '../statement.ts'
import { clientRows } from './clients.ts'
import { played, runFor } from './playing.ts'
import type { Ground } from './playing.ts'
import { noticed } from './row.ts'
import type { Row } from './row.ts'

/** In every mode that asks it. */
export async function brokenRows(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  const [peer] = peers
  if (peer === undefined) return []
  return [
    ...(await brokenChecks(peer, ground)),
    ...(await brokenOffline(peer, ground)),
    ...brokenConduct(ground),
  ]
}

const fail = () => {
  throw new Error('broken on purpose')
}

/** Of what a server answers. */
async function brokenChecks(peer: Peer, ground: Ground): Promise<readonly Row[]> {
  const kinds: readonly (readonly [string, Checks])[] = [
    ...brokenEach('transport'),
    ...brokenEach('exchange'),
    ...CHECKS.expectation.map((broken): readonly [string, Checks] => [
      `"${broken.name}"`,
      { ...CHECKS, expectation: CHECKS.expectation.map((it) => (it === broken ? fail : it)) },
    ]),
  ]
  const rows: Row[] = []
  for (const [name, checks] of kinds) {
    const ran = await played(peer, ground, { only: ['DERG-1a'], checks })
    rows.push(noticed(`the check of ${name} fails by itself`, isHarnessError(ran)))
  }
  return rows
}

function brokenEach(kind: 'transport' | 'exchange' | 'conduct') {
  const breaking = <T extends { readonly requirement: string }>(
    all: readonly T[],
    requirement: string,
  ) => all.map((it) => (it.requirement === requirement ? { ...it, judge: fail } : it))
  return CHECKS[kind].map(({ requirement }): readonly [string, Checks] => [
    requirement,
    { ...CHECKS, [kind]: breaking<{ readonly requirement: string }>(CHECKS[kind], requirement) },
  ])
}

function isHarnessError({ results, exitCode }: Ran): boolean {
  return results.verdict === 'harness-error' && exitCode === 4
}

/** The same where an exchange was captured: the verdict is on that exchange, and all others are judged. */
async function brokenOffline(peer: Peer, ground: Ground): Promise<readonly Row[]> {
  const once = await played(peer, ground, { only: ['DERG-1a'] })
  const messages = once.passed.map(({ file, direction, bytes, status, contentType }) => {
    const name = file.replace('wire/', '')
    return { name, half: direction, bytes, status: status ?? 200, contentType }
  })
  const run = runFor(statementOf(peer.role, ground.register), ground)
  const rows: Row[] = []
  for (const [name, checks] of [...brokenEach('transport'), ...brokenEach('exchange')]) {
    const ran = await offline({ messages, leftOut: [] }, { ...run, judge: ground.judge, checks })
    const isWhole = ran.results.cases.length === messages.length / 2
    const isSaid = isHarnessError(ran) && isWhole
    rows.push(noticed(`the check of ${name} fails by itself, offline`, isSaid))
  }
  return rows
}

/** The same of products that send. */
function brokenConduct(ground: Ground): readonly Row[] {
  return brokenEach('conduct').map(([name, checks]) =>
    noticed(
      `the check of ${name} fails by itself`,
      clientRows(ground, checks).some((it) => it.found.includes('harness-error')),
    ),
  )
}
