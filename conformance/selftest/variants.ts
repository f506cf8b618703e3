// The other rows of the kill matrix: replies that say otherwise than a script expects, broken peers, and what is written
// otherwise and is the same.

import type { Checks } from '../checks/checks.ts'
import { fillOf } from '../engine/compose.ts'
import { textAt } from '../find.ts'
import { expectationMutants } from '../mutate/expectations.ts'
import type { ExpectationMutant } from '../mutate/expectations.ts'
import { NO_OPS } from '../mutate/no-op.ts'
import { BROKEN_PEERS } from '../peers/broken/broken.ts'
import type { Peer } from '../peers/peer.ts'
import { writeXml } from '../peers/write.ts'
import type { Step } from '../shapes.ts'
import type { Transport } from '../transport/answer.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import { foundIn, placeOf, withAnswer } from './messages.ts'
import type { Place } from './messages.ts'
import { played } from './playing.ts'
import type { Ground } from './playing.ts'
import { idsOf } from './row.ts'
import type { Row } from './row.ts'

/** How far rows are made. */
export interface Asking {
  /** all, where nothing is said */
  readonly checks?: Checks
  /** after this row nobody needs the others */
  readonly isEnough?: (row: Row) => boolean
}

/** Each expectation that a peer is asked for, not met. Where its reply gives nothing to make that from there is no row. */
export async function expectationRows(
  peers: readonly Peer[],
  ground: Ground,
  { checks, isEnough = () => false }: Asking = {},
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const it of expectationMutants(ground.register.scenarios)) {
    rows.push(...(await expectationRow(it, peers, ground, checks)))
    if (rows.slice(-1).some(isEnough)) break
  }
  return rows
}

async function expectationRow(
  mutant: ExpectationMutant,
  peers: readonly Peer[],
  ground: Ground,
  checks: Checks | undefined,
): Promise<readonly Row[]> {
  const place = placeOf(mutant.at, peers, ground)
  if (place === undefined) return []
  let isMade = false
  const earlier: (Node | undefined)[] = []
  const between = (transport: Transport): Transport => {
    const listening = withAnswer(transport, undefined, (answer) => {
      earlier.push(readXml(answer.bytes))
      return answer
    })
    return withAnswer(listening, place.at, (answer) => {
      const reply = earlier.at(-1)
      const around = { fill: fillIn(place, earlier, ground), earlier: earlier.slice(0, -1) }
      const made = reply === undefined ? undefined : mutant.change(reply, around)
      if (made === undefined) return answer
      isMade = true
      const status = made.name === 'FaultMessage' ? 400 : answer.status
      return { ...answer, status, bytes: new TextEncoder().encode(writeXml(made)) }
    })
  }
  const game = { only: [place.scenario], between, ...(checks === undefined ? {} : { checks }) }
  const found = idsOf(foundIn((await played(place.peer, ground, game)).results))
  if (!isMade) return []
  const isRight = found.includes(mutant.kills)
  return [
    {
      kind: 'expectation',
      id: `reply ${mutant.at}: ${mutant.id}`,
      due: [mutant.kills],
      found,
      isRight,
    },
  ]
}

/** Fills the places of a script as the tester does, with what replies so far have given. */
function fillIn(
  { scenario: id, step, at }: Place,
  replies: readonly (Node | undefined)[],
  { register: { scenarios, payload }, seed }: Ground,
): (text: string) => string {
  const steps = scenarios.find((it) => it.id === id)?.steps ?? []
  const given = steps.slice(0, at).flatMap(({ capture = {} }, number) =>
    Object.entries(capture).flatMap(([name, path]) => {
      const text = textAt(replies[number], path)
      return text === undefined ? [] : [[name, text] as const]
    }),
  )
  const captured = Object.fromEntries(given)
  const writing = { seed, scenario: id, source: '', now: '2026-07-14T09:00:00Z', captured, payload }
  const own = steps.find((it) => it.id === step)
  return own === undefined ? (text) => text : fillOf(own, writing)
}

/** Each broken peer in all cases: it has to be found under all ids that it names, or under these alone where it says so. */
export async function brokenRows(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { id, role, kills, isExact, of } of BROKEN_PEERS)
    for (const peer of peers.filter((it) => it.role === role)) {
      const only = casesFor(id, kills, ground)
      const found = idsOf(foundIn((await played(of(peer), ground, { only })).results))
      const isWhole = kills.every((it) => found.includes(it)) && !found.includes('harness-error')
      const isRight = isWhole && (!isExact || found.length === kills.length)
      rows.push({ kind: 'peer', id: `${role} ${id}`, due: idsOf(kills), found, isRight })
    }
  return rows
}

/** What no quick case asks for is looked for in the large ones, too. */
function casesFor(id: string, kills: readonly string[], ground: Ground): readonly string[] {
  if (id.startsWith('keeps ')) return []
  const quick = quickCases(ground)
  const asking = (requirement: string) =>
    ground.register.scenarios
      .filter((it) => it.steps.some((step) => asksFor(step, requirement)))
      .map((it) => it.id)
  const large = kills.map(asking).filter((ids) => !ids.some((it) => quick.includes(it)))
  return [...quick, ...large.flat()]
}

function asksFor({ expect = [] }: Step, requirement: string): boolean {
  return expect.some((it) => it.requirement === requirement)
}

/** A thousand members take a tenth of a second: they are there for what loses some of them. */
export function quickCases({ register }: Ground): readonly string[] {
  return register.scenarios.filter((it) => it.isLarge !== true).map((it) => it.id)
}

/** Each answer of a peer written otherwise: whatever is found is a false alarm. */
export async function noOpRows(peers: readonly Peer[], ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { id, change } of NO_OPS)
    for (const peer of peers) {
      const between = (transport: Transport): Transport => ({
        ...transport,
        send: async (bytes, about, as) => {
          const answer = await transport.send(bytes, about, as)
          return answer.kind === 'answered' && answer.bytes.length > 0 ? change(answer) : answer
        },
      })
      const game = { between, only: quickCases(ground) }
      const found = idsOf(foundIn((await played(peer, ground, game)).results))
      rows.push({
        kind: 'no-op',
        id: `${peer.role} ${id}`,
        due: [],
        found,
        isRight: found.length === 0,
      })
    }
  return rows
}
