// Scenarios as rows of the kill matrix: what passed in each branch made wrong in one thing, replies that are not as the script
// expects, parties that are broken, and what comes between and is harmless.

import type { Acted } from '../engine/acting.ts'
import { castOf } from '../engine/pair.ts'
import { expectationMutants } from '../mutate/expectations.ts'
import { interleaved, sceneMutants } from '../mutate/scenes.ts'
import type { SceneMutant } from '../mutate/scenes.ts'
import { BROKEN_SCENES } from '../peers/broken/scenes.ts'
import type { Passage } from '../peers/stage.ts'
import { caseOf, playedOf } from '../script.ts'
import type { Played } from '../script.ts'
import type { Node } from '../xml.ts'
import { acted, foundIn, smallActs } from './branches.ts'
import { donorFor, moved } from './donors.ts'
import type { Ground } from './playing.ts'
import { idsOf } from './row.ts'
import type { Row } from './row.ts'

/** All of it. */
export async function traceRows(ground: Ground): Promise<readonly Row[]> {
  const all = ground.register.scripts.flatMap(playedOf)
  const acts = await smallActs(ground)
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

function contraries(it: Acted, acts: readonly Acted[], ground: Ground): readonly Row[] {
  return sceneMutants(it, donorFor(it, acts)).map((mutant) => rowOf(mutant, it, ground))
}

function rowOf({ id, kills, passages }: SceneMutant, it: Acted, ground: Ground): Row {
  const found = foundIn(moved(it, passages), ground)
  const isRight = found.includes(kills)
  return { kind: 'peer', id: `${it.played.branch.id} ${id}`, due: [kills], found, isRight }
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
