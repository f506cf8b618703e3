// The suite tested by itself: how many wrong messages, wrong peers and holes of its own it finds, and how often it cries
// wolf. In memory, on a clock that only it moves; the same seed gives the same lines.

import type { Peer } from '../peers/peer.ts'
import { REFERENCE_PEERS } from '../peers/peers.ts'
import { PROGRAMS } from '../peers/programs.ts'
import { readVectorFiles, samplesOf } from '../vectors.ts'
import type { Sample } from '../vectors.ts'
import { clientRows } from './clients.ts'
import { emptyRows } from './empty-words.ts'
import { feedRows } from './feeds.ts'
import { gatewayRows } from './gateways.ts'
import { harnessRows } from './harness.ts'
import { independentRows } from './independent.ts'
import { foundIn, messageRows } from './messages.ts'
import { played } from './playing.ts'
import type { Ground } from './playing.ts'
import { requestRows } from './requests.ts'
import { idsOf, isHarmless } from './row.ts'
import type { Row } from './row.ts'
import { actorRows, sceneRows } from './scenes.ts'
import { traceHoles } from './trace-holes.ts'
import { traceRows } from './traces.ts'
import { brokenRows, expectationRows, noOpRows } from './variants.ts'
import { vectorRows } from './vectors.ts'

/** What a self-test comes to. */
export interface SelfTest {
  readonly figures: Figures
  /** everything that is not as it has to be, a line each */
  readonly problems: readonly string[]
  readonly rows: readonly Row[]
}

/** The figures that every report shows. */
export interface Figures {
  /** wrong messages, replies, peers and holes that were found, each under the ids that it names */
  readonly killed: number
  /** of so many */
  readonly run: number
  /** of what was right, or the same written otherwise, how often something was found all the same */
  readonly falseAlarms: number
}

/** All of it, or the kinds of row that are named. @param told how far it is */
export async function selfTest(
  ground: Ground,
  told: (line: string) => void = () => undefined,
  peers: readonly Peer[] = [...REFERENCE_PEERS, PROGRAMS],
): Promise<SelfTest> {
  const rows: Row[] = []
  const parts: readonly (readonly [string, () => Promise<readonly Row[]>])[] = [
    ['reference peers', () => referenceRows(peers, ground)],
    ['messages that are wrong in one thing', () => messageRows(peers, ground)],
    ['replies that are not as a script expects', () => expectationRows(peers, ground)],
    ['broken peers', () => brokenRows(peers, ground)],
    ['peers that have nothing but words, in each case', () => emptyRows(peers, ground)],
    ['broken peers of somebody else', () => independentRows(peers, ground)],
    ['vectors', () => vectorRows(samplesOf(readVectorFiles(), ground.register), ground)],
    ['clients', async () => [...requestRows(), ...clientRows(ground)]],
    ['parties that are broken in a scenario', () => actorRows(ground)],
    ['scenarios, with what is harmless', () => sceneRows(ground)],
    ['scenarios that went otherwise', () => traceRows(ground)],
    ['gateways', () => gatewayRows(ground)],
    ['status feeds', () => feedRows(ground)],
    ['the same, written otherwise', () => noOpRows(peers, ground)],
    ['the suite against itself', () => harnessRows(peers, ground)],
    ['scenarios against themselves', () => traceHoles(ground)],
  ]
  for (const [what, make] of parts) {
    const made = await make()
    rows.push(...made)
    told(`${what}: ${made.filter((it) => it.isRight).length} of ${made.length} as they have to be`)
  }
  return { figures: figuresOf(rows), problems: problemsOf(rows, peers, ground), rows }
}

/** These messages, each with what has to be found in it, and nothing else. */
export async function vectorTest(samples: readonly Sample[], ground: Ground): Promise<SelfTest> {
  const rows = await vectorRows(samples, ground)
  return { figures: figuresOf(rows), problems: rows.filter((it) => !it.isRight).map(wrong), rows }
}

/** A reference peer is right: whatever is found in it is a false alarm. */
async function referenceRows(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const peer of peers) {
    const found = idsOf(foundIn((await played(peer, ground)).results))
    rows.push({
      kind: 'no-op',
      id: `${peer.role} as it is`,
      due: [],
      found,
      isRight: found.length === 0,
    })
  }
  return rows
}

/** Counted from the rows of the matrix. */
export function figuresOf(rows: readonly Row[]): Figures {
  const mutants = rows.filter((it) => !isHarmless(it))
  const alarms = rows.filter((it) => isHarmless(it) && !it.isRight)
  return {
    killed: mutants.filter((it) => it.isRight).length,
    run: mutants.length,
    falseAlarms: alarms.length,
  }
}

/** Rows that are wrong, and requirements that nothing finds, or nothing finds alone. */
export function problemsOf(
  rows: readonly Row[],
  peers: readonly Peer[],
  { register }: Ground,
): readonly string[] {
  // What nobody has named before it was found shows nothing of the requirement by itself.
  const isAlone = (it: Row) => it.isRight && it.due.length > 0 && it.found.length === 1
  const alone = new Set(rows.filter(isAlone).flatMap((it) => it.found))
  const tested = [...register.requirements.values()].filter(
    (it) => it.notTested === undefined && isPlayed(it.id, it.testability, peers, register),
  )
  return [
    ...rows.filter((it) => !it.isRight).map(wrong),
    ...tested
      .filter((it) => !alone.has(it.id))
      .map(
        (it) =>
          `${it.id} ${it.level}: no mutant is found under it alone, so nobody knows whether it is judged`,
      ),
  ]
}

function wrong(row: Row): string {
  const { kind, id, due, found, why } = row
  const got = found.length === 0 ? 'nothing' : found.join(', ')
  if (why !== undefined) return `${kind}: ${id}: ${why}`
  if (kind === 'harness') return `harness: ${id}, and nobody has noticed`
  if (isHarmless(row)) return `false alarm: ${id}: ${got}`
  return `${kind}: ${id}: due ${due.join(', ')}, found ${got}`
}

/** What only cases ask for that no reference peer plays cannot be shown in memory. */
function isPlayed(
  id: string,
  testability: string,
  peers: readonly Peer[],
  { scenarios }: Ground['register'],
): boolean {
  const asking = scenarios.filter((it) =>
    it.steps.some(({ expect = [] }) => expect.some((one) => one.requirement === id)),
  )
  if (asking.length === 0 || testability !== 'scenario') return true
  return asking.some((it) =>
    peers.some(
      (one) => it.target.includes(one.role) && it.needs.every((need) => one.takes.includes(need)),
    ),
  )
}
