// Message mutants in their cases: each is put where its row says, the case is played, and what is found is noted.

import { MESSAGE_MUTANTS } from '../mutate/messages.ts'
import type { MessageMutant } from '../mutate/messages.ts'
import type { Peer } from '../peers/peer.ts'
import { writeXml } from '../peers/write.ts'
import type { Checks } from '../checks/checks.ts'
import type { Answer, Transport } from '../transport/answer.ts'
import { played } from './playing.ts'
import type { Ground } from './playing.ts'
import { exactly } from './row.ts'
import type { Row } from './row.ts'
import { whyOf } from '../why.ts'

/** Every message mutant, or those that are given. */
export async function messageRows(
  peers: readonly Peer[],
  ground: Ground,
  {
    mutants = MESSAGE_MUTANTS,
    checks,
  }: { readonly mutants?: readonly MessageMutant[]; readonly checks?: Checks } = {},
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const it of mutants) {
    const id = `${it.of} ${it.at}: ${it.id}`
    try {
      const found =
        it.of === 'reply'
          ? await foundInReply(it, peers, ground, checks)
          : await foundInSent(it, peers, ground)
      rows.push(exactly('message', id, it.kills, found))
    } catch (error) {
      const why = whyOf(error)
      rows.push({ kind: 'message', id, due: it.kills, found: [], isRight: false, why })
    }
  }
  return rows
}

async function foundInReply(
  mutant: MessageMutant,
  peers: readonly Peer[],
  ground: Ground,
  checks: Checks | undefined,
): Promise<readonly string[]> {
  const { peer, scenario, at } = due(placeOf(mutant.at, peers, ground), mutant.at)
  const between = (transport: Transport) =>
    withAnswer(transport, at, (answer, request) => mutated(mutant, answer, request))
  const { results } = await played(peer, ground, {
    only: [scenario],
    between,
    ...(checks === undefined ? {} : { checks }),
  })
  return foundIn(results)
}

/** Requirements that a run has found not to be met; what the suite could not judge counts as one, too. */
export function foundIn({
  cases,
}: {
  readonly cases: readonly {
    readonly verdict: string
    readonly findings: readonly { readonly requirement: string }[]
  }[]
}): readonly string[] {
  return cases.flatMap((it) => [
    ...it.findings.map((one) => one.requirement),
    ...(it.verdict === 'harness-error' ? ['harness-error'] : []),
  ])
}

/** A transport whose answer of this number, from 0, is another one; without a number each is. */
export function withAnswer(
  transport: Transport,
  at: number | undefined,
  change: (answer: Extract<Answer, { kind: 'answered' }>, request: string) => Answer,
): Transport {
  let sent = -1
  const changed = (answer: Answer, request: Uint8Array) => {
    sent += 1
    if ((at !== undefined && sent !== at) || answer.kind !== 'answered') return answer
    return change(answer, new TextDecoder().decode(request))
  }
  const { later, ...rest } = transport
  return {
    ...rest,
    ...(later === undefined ? {} : { later: { ...later, reply: changedReply } }),
    send: async (bytes, about, as) => changed(await transport.send(bytes, about, as), bytes),
  }

  /** What comes later stands in its place among the steps. */
  async function changedReply(id: string): Promise<Answer> {
    const none = { kind: 'late', waitedMs: 0 } as const
    return changed((await later?.reply(id)) ?? none, new Uint8Array())
  }
}

function mutated(
  { edit, answer = (it) => it }: MessageMutant,
  it: Extract<Answer, { kind: 'answered' }>,
  request: string,
): Answer {
  if (edit === undefined) return answer(it)
  const text = edit(new TextDecoder().decode(it.bytes), { request })
  // A fault travels under a status of failure, whatever it takes the place of; a reply does not.
  const status = /<FaultMessage[ >]/.test(text) ? 400 : 200
  return answer({ ...it, status, bytes: new TextEncoder().encode(text) })
}

/** What the target would send by itself: the request of a step, or the first event that it causes. */
async function foundInSent(
  { at: place, of, edit = (it) => it }: MessageMutant,
  peers: readonly Peer[],
  ground: Ground,
): Promise<readonly string[]> {
  const { peer, scenario, step } = due(placeOf(place, peers, ground), place)
  const text =
    of === 'request'
      ? await requestOf(peer, scenario, step, ground)
      : await eventOf(peer, scenario, ground)
  const { observations, undecided } = await ground.judge(
    new TextEncoder().encode(edit(text, { request: text })),
  )
  return [
    ...observations.map((it) => it.requirement),
    ...(undecided === undefined ? [] : ['harness-error']),
  ]
}

async function requestOf(
  peer: Peer,
  scenario: string,
  step: string,
  ground: Ground,
): Promise<string> {
  const { passed } = await played(peer, ground, { only: [scenario] })
  const request = passed.find((it) => it.step === step && it.direction === 'request')
  return new TextDecoder().decode(request?.bytes)
}

async function eventOf(peer: Peer, scenario: string, ground: Ground): Promise<string> {
  const { sent } = await played(peer, ground, { only: [scenario] })
  const [event] = sent
  if (event === undefined) throw new Error(`${peer.role} sends nothing in ${scenario}`)
  return writeXml(event.message)
}

/** The peer that plays a case, and which of its messages a step is, from 0; undefined where none plays it. */
export function placeOf(
  at: string,
  peers: readonly Peer[],
  { register }: Ground,
): Place | undefined {
  const [scenario = '', step = ''] = at.split('#')
  const found = register.scenarios.find((it) => it.id === scenario)
  const peer = peers.find(
    (it) =>
      found?.target.includes(it.role) === true &&
      found.needs.every((one) => it.takes.includes(one)),
  )
  const number = found?.steps.findIndex((it) => it.id === step) ?? -1
  return peer === undefined || number < 0 ? undefined : { peer, scenario, step, at: number }
}

/** Where a message of a case is. */
export interface Place {
  readonly peer: Peer
  readonly scenario: string
  readonly step: string
  readonly at: number
}

/** @throws no peer plays it: a fault of the row */
function due(place: Place | undefined, at: string): Place {
  if (place === undefined) throw new Error(`${at}: no peer plays such a step`)
  return place
}
