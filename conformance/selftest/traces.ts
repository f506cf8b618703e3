// Scenarios as rows of the kill matrix: what passed in each branch made wrong in one thing, replies that are not as the script
// expects, parties that are broken, and what comes between and is harmless.

import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { seenIn } from '../engine/acted.ts'
import { act } from '../engine/acting.ts'
import type { Acted } from '../engine/acting.ts'
import { castOf } from '../engine/pair.ts'
import { isStep } from '../engine/scene.ts'
import { openWire } from '../engine/wire.ts'
import { expectationMutants } from '../mutate/expectations.ts'
import { interleaved, sceneMutants } from '../mutate/scenes.ts'
import type { Donor, SceneMutant } from '../mutate/scenes.ts'
import { BROKEN_SCENES } from '../peers/broken-scenes.ts'
import type { Peer } from '../peers/peer.ts'
import { openStage } from '../peers/stage.ts'
import type { Passage } from '../peers/stage.ts'
import { caseOf, playedOf } from '../script.ts'
import type { Played } from '../script.ts'
import type { Node } from '../xml.ts'
import type { Ground } from './playing.ts'
import { idsOf } from './row.ts'
import type { Row } from './row.ts'

const EPOCH = '2026-07-14T09:00:00.000Z'

/** A branch with parties in memory. */
export function acted(
  played: Played,
  { register, judge, seed }: Ground,
  peers: readonly Peer[] = castOf(played),
): Promise<Acted> {
  return act(played, {
    ...{ seed, payload: register.payload, products: new Set<never>() },
    open: async (meanwhile) => ({
      ground: openStage(peers, { judge, seed, begins: EPOCH, meanwhile }),
      close: async () => undefined,
    }),
  })
}

/** Requirements that are not met in it. */
export function foundIn(
  it: Acted,
  { register }: Ground,
  checks: Checks = CHECKS,
): readonly string[] {
  const roles = it.played.script.roles
  const seen = seenIn(it, {
    ...{ requirements: register.requirements, wire: openWire(), checks },
    isJudged: (role) => roles.includes(role),
    isHidden: () => false,
  })
  return idsOf(
    seen.flatMap((one) => [
      ...one.observations.map((found) => found.requirement),
      ...(one.undecided === undefined ? [] : ['harness-error']),
      ...(it.unprepared === undefined ? [] : ['not-run']),
    ]),
  )
}

/** All of it. A thousand members are there for who loses some of them. */
export async function traceRows(ground: Ground): Promise<readonly Row[]> {
  const all = ground.register.scripts.flatMap(playedOf)
  const small = all.filter((it) => !it.branch.id.endsWith('/1000-members'))
  const acts: Acted[] = []
  for (const it of small) acts.push(await acted(it, ground))
  return [
    ...acts.flatMap((it) => noOps(it, ground)),
    ...acts.flatMap((it) => contraries(it, acts, ground)),
    ...acts.flatMap((it) => replies(it, ground)),
    ...(await brokenRows(all, ground)),
  ]
}

function noOps(it: Acted, ground: Ground): readonly Row[] {
  const id = it.played.branch.id
  const status = it.passages.find(({ message: { root } }) => root?.name === 'RequestMessage')
  const more = status === undefined ? [] : interleaved(it.passages, harmless(status))
  const rows = [
    ['as it is', it],
    ['with status gets and everything twice', moved(it, more)],
  ] as const
  return rows.map(([what, one]) => {
    const found = foundIn(one, ground)
    return { kind: 'no-op', id: `${id} ${what}`, due: [], found, isRight: found.length === 0 }
  })
}

/** A get that no script is about, answered. */
function harmless(passage: Passage): Passage {
  const named = (root: Node | undefined, verb: string) =>
    root === undefined
      ? undefined
      : withHeader(root, { Verb: verb, Noun: 'DERGroupStatuses', MessageID: `a status ${verb}` })
  const { message, reply } = passage
  const bytes = new TextEncoder().encode('a status get')
  return {
    ...passage,
    message: { ...message, observations: [], bytes, root: named(message.root, 'get') },
    reply: reply === undefined ? undefined : { ...reply, root: named(reply.root, 'reply') },
  }
}

function withHeader(root: Node, texts: Readonly<Record<string, string>>): Node {
  const children = root.children.map((it) =>
    it.name === 'Header'
      ? {
          ...it,
          children: it.children.map((one) => ({ ...one, text: texts[one.name] ?? one.text })),
        }
      : it,
  )
  return { ...root, children }
}

/** What was said is found again by what it is, wherever it stands now. */
function moved(it: Acted, passages: readonly Passage[]): Acted {
  const said = it.said.flatMap((one) => {
    const bytes = it.passages[one.at]?.message.bytes
    const at = passages.findIndex(({ message }) => message.bytes === bytes)
    return at < 0 ? [] : [{ ...one, at }]
  })
  return { ...it, passages, said }
}

function contraries(it: Acted, acts: readonly Acted[], ground: Ground): readonly Row[] {
  return sceneMutants(it, donorFor(it, acts)).map((mutant) => rowOf(mutant, it, ground))
}

function rowOf({ id, kills, passages }: SceneMutant, it: Acted, ground: Ground): Row {
  const found = foundIn(moved(it, passages), ground)
  const isRight = found.includes(kills)
  return { kind: 'peer', id: `${it.played.branch.id} ${id}`, due: [kills], found, isRight }
}

const NAMES = ['A', 'B']

/** A message of a step from another branch, about the groups of this one. */
function donorFor(it: Acted, acts: readonly Acted[]): Donor {
  return (id) => {
    const others = acts.filter((one) => one !== it && one.played.script === it.played.script)
    for (const other of others) {
      const step = other.played.script.steps.find((one) => one.id === id)
      const passage = other.passages.find(
        (one) => step !== undefined && isStep(step, one, other.fill),
      )
      if (passage !== undefined) return retargeted(passage, other, it)
    }
    return undefined
  }
}

function retargeted(passage: Passage, from: Acted, to: Acted): Passage {
  const ids = new Map(
    NAMES.map((name) => [from.fill(`{{uuid ${name}}}`), to.fill(`{{uuid ${name}}}`)]),
  )
  const put = (node: Node): Node => ({
    ...node,
    text: ids.get(node.text) ?? node.text,
    children: node.children.map(put),
  })
  const { message } = passage
  const root = message.root === undefined ? undefined : put(message.root)
  return { ...passage, message: { ...message, root } }
}

/** Replies to what the tester says, otherwise than the script expects. */
function replies(it: Acted, ground: Ground): readonly Row[] {
  return expectationMutants([caseOf(it.played)]).flatMap(({ id, kills, at, change }) => {
    const own = it.said.find(({ say }) => at === `${it.played.branch.id}#${say.id}`)
    const reply = own === undefined ? undefined : it.passages[own.at]?.reply
    if (own === undefined || reply?.root === undefined) return []
    const earlier = it.passages.slice(0, own.at).map((one) => one.reply?.root)
    const root = change(reply.root, { fill: own.fill, earlier })
    if (root === undefined) return []
    const passages = it.passages.map((one, place) =>
      place === own.at ? { ...one, reply: { ...reply, root } } : one,
    )
    const found = foundIn({ ...it, passages }, ground)
    const isRight = found.includes(kills)
    return [
      { kind: 'expectation' as const, id: `reply ${at}: ${id}`, due: [kills], found, isRight },
    ]
  })
}

/** A party that is broken, among others that are as they should be, in the branches that it shows in. */
async function brokenRows(all: readonly Played[], ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { id, role, kills, branches, of } of BROKEN_SCENES) {
    const found: string[] = []
    for (const it of all.filter(({ branch }) => branches.includes(branch.id))) {
      const peers = castOf(it).map((one) => (one.role === role ? of(one) : one))
      found.push(...foundIn(await acted(it, ground, peers), ground))
    }
    const isRight = kills.every((it) => found.includes(it))
    rows.push({
      kind: 'peer',
      id: `${role} ${id}`,
      due: idsOf(kills),
      found: idsOf(found),
      isRight,
    })
  }
  return rows
}

/** Each check of scenarios left out: what it has to find has to get away. Each failing by itself: the suite is at fault. */
export async function traceHoles(ground: Ground): Promise<readonly Row[]> {
  const all = ground.register.scripts.flatMap(playedOf)
  const acts: Acted[] = []
  for (const it of all.filter(({ branch }) => !branch.id.endsWith('/1000-members')))
    acts.push(await acted(it, ground))
  const made = acts.flatMap((it) =>
    sceneMutants(it, donorFor(it, acts)).map((mutant) => ({ mutant, it })),
  )
  return CHECKS.scenario.flatMap((check) => {
    const own = made.filter(({ mutant }) => mutant.check === check.name)
    const [first] = acts
    if (first === undefined || own.length === 0) return []
    const rest = { ...CHECKS, scenario: CHECKS.scenario.filter((it) => it !== check) }
    const isMissed = own.some(({ mutant, it }) => {
      const found = foundIn(moved(it, mutant.passages), ground, rest)
      return !found.includes(mutant.kills)
    })
    const throwing = { ...check, judge: () => thrown() }
    const failing = {
      ...CHECKS,
      scenario: CHECKS.scenario.map((it) => (it === check ? throwing : it)),
    }
    const isSaid = foundIn(first, ground, failing).includes('harness-error')
    return [
      hole(`without the check "${check.name}" of scenarios`, isMissed),
      hole(`the check "${check.name}" of scenarios fails by itself`, isSaid),
    ]
  })
}

function thrown(): never {
  throw new Error('broken on purpose')
}

function hole(id: string, isRight: boolean): Row {
  return { kind: 'harness', id, due: [], found: [], isRight }
}
