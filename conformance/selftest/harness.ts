// The suite turned against itself: each check taken away, each of them failing by itself, the order of verdicts swapped,
// each file of data spoilt. Whatever of that nobody notices is a hole.

import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { FACADE_CHECKS } from '../checks/facade.ts'
import { VERDICTS, rolledUp } from '../layer.ts'
import type { Verdict } from '../layer.ts'
import { MESSAGE_MUTANTS } from '../mutate/messages.ts'
import type { Peer } from '../peers/peer.ts'
import { brokenRows } from './broken-checks.ts'
import { clientRows } from './clients.ts'
import { spoilt, spoiltVectors } from './fixtures.ts'
import { messageRows } from './messages.ts'
import type { Ground } from './playing.ts'
import { requestRows } from './requests.ts'
import { noticed } from './row.ts'
import type { Row } from './row.ts'
import { expectationRows } from './variants.ts'

/** All of it. */
export async function harnessRows(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  return [
    ...(await withoutChecks(peers, ground)),
    ...withoutConduct(ground),
    ...withoutRequests(),
    ...(await withoutRequirements(peers, ground)),
    ...(await brokenRows(peers, ground)),
    ...swappedVerdicts(),
    ...(await spoilt(ground)),
    ...spoiltVectors(ground),
  ]
}

/** Each check of an answer is left out: a mutant has to get away. */
async function withoutChecks(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const kind of ['transport', 'exchange'] as const)
    for (const { requirement } of CHECKS[kind]) {
      const checks = {
        ...CHECKS,
        [kind]: CHECKS[kind].filter((it) => it.requirement !== requirement),
      }
      const mutants = MESSAGE_MUTANTS.filter((it) => it.kills.includes(requirement))
      const got = await messageRows(peers, ground, { mutants, checks })
      rows.push(
        noticed(
          `without the check of ${requirement}`,
          got.some((it) => !it.isRight),
        ),
      )
    }
  for (const check of CHECKS.expectation) {
    const checks = { ...CHECKS, expectation: CHECKS.expectation.filter((it) => it !== check) }
    rows.push(
      noticed(
        `without the check "${check.name}" of scripts`,
        await isMissed(checks, peers, ground),
      ),
    )
  }
  return rows
}

/** Each check of products that send is left out: a client that is wrong has to get away. */
function withoutConduct(ground: Ground): readonly Row[] {
  return CHECKS.conduct.map(({ requirement }) => {
    const conduct = CHECKS.conduct.filter((it) => it.requirement !== requirement)
    const rows = clientRows(ground, { ...CHECKS, conduct })
    return noticed(
      `without the check of ${requirement}`,
      rows.some((it) => !it.isRight),
    )
  })
}

/** Each check of how a request comes. */
function withoutRequests(): readonly Row[] {
  return CHECKS.request.map(({ requirement }) => {
    const request = CHECKS.request.filter((it) => it.requirement !== requirement)
    const rows = requestRows({ ...CHECKS, request })
    return noticed(
      `without the check of ${requirement} in requests`,
      rows.some((it) => !it.isRight),
    )
  })
}

async function isMissed(checks: Checks, peers: readonly Peer[], ground: Ground): Promise<boolean> {
  const isEnough = (it: Row) => !it.isRight
  const derived = await expectationRows(peers, ground, { checks, isEnough })
  if (derived.some((it) => !it.isRight)) return true
  const replies = MESSAGE_MUTANTS.filter((it) => it.of === 'reply')
  return (await messageRows(peers, ground, { mutants: replies, checks })).some((it) => !it.isRight)
}

/** What the schemas and the rules of the envelope say under each requirement is not heard: a mutant has to get away. */
async function withoutRequirements(
  peers: readonly Peer[],
  ground: Ground,
): Promise<readonly Row[]> {
  const checked = [
    ...[...CHECKS.transport, ...CHECKS.request, ...CHECKS.exchange],
    ...FACADE_CHECKS,
  ].map((it) => it.requirement)
  const ids = [...ground.register.requirements.values()]
    .filter((it) => it.notTested === undefined && it.layer <= 'L5' && !checked.includes(it.id))
    .map((it) => it.id)
  const rows: Row[] = []
  for (const id of ids) {
    const deaf = async (bytes: Uint8Array) => {
      const judged = await ground.judge(bytes)
      return { ...judged, observations: judged.observations.filter((it) => it.requirement !== id) }
    }
    const mutants = MESSAGE_MUTANTS.filter((it) => it.kills.includes(id))
    const got = await messageRows(peers, { ...ground, judge: deaf }, { mutants })
    rows.push(
      noticed(
        `deaf to ${id}`,
        got.some((it) => !it.isRight),
      ),
    )
  }
  return rows
}

/** What is meant, said once more and not made from the table: [what counts, against what]. */
const LAWS_OF_VERDICTS: readonly (readonly [Verdict, Verdict])[] = [
  ['harness-error', 'fail'],
  ['fail', 'inconclusive'],
  ['inconclusive', 'not-run'],
  ['not-run', 'needs-review'],
  ['needs-review', 'warning'],
  ['warning', 'pass'],
  ['pass', 'not-applicable'],
]

/** Any two neighbours of the order of verdicts change places. */
function swappedVerdicts(): readonly Row[] {
  return VERDICTS.slice(1).map((verdict, at) => {
    const other = VERDICTS[at] ?? verdict
    const order = VERDICTS.map((it) => (it === verdict ? other : it === other ? verdict : it))
    const isBroken = LAWS_OF_VERDICTS.some(
      ([worse, better]) => rolledUp([better, worse], order) !== worse,
    )
    return noticed(`${verdict} counts for more than ${other}`, isBroken)
  })
}
