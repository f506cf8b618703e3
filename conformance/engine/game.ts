// One run of the tester as server while it goes on: what has come, what each case waits for, what is answered.

import { openNumbers } from '../checks/repeated.ts'
import { TRANSPORT_CHECKS } from '../checks/transport.ts'
import { textAt } from '../find.ts'
import type { Observation } from '../finding.ts'
import { uuidOf } from '../ids.ts'
import type { CaseResult } from '../results-shape.ts'
import type { ClientCase, Role } from '../shapes.ts'
import type { Asked, Told } from '../transport/listen.ts'
import { heardOf } from '../transport/memory.ts'
import { received } from '../transport/received.ts'
import { nobody } from './answering.ts'
import type { Standing } from './answering.ts'
import { seenOf } from './client-steps.ts'
import type { Open } from './client-steps.ts'
import { matched } from './inbox.ts'
import type { Incoming, Matched } from './inbox.ts'
import type { ServerRun } from './server.ts'
import { summed } from './summary.ts'
import type { Ran } from './summary.ts'
import { weighed } from './weigh.ts'
import { openWire } from './wire.ts'

/** @param run what it is made with */
export function openGame(run: ServerRun) {
  const token = uuidOf(run.seed, 'run').slice(0, 8)
  const roles = run.peers.map((it) => it.role)
  const peers = new Map<Role, Standing>(
    run.peers.map((it) => [it.role, it.stand(run.seed, run.now)]),
  )
  const opens: readonly Open[] = run.clients.map((client) => ({
    ...{ played: { client, first: undefined, follow: [], until: undefined }, undecided: undefined },
    ...{
      found: { request: [], again: [] },
      files: { request: '', again: '' },
      notAsked: undefined,
      isAsked: false,
    },
  }))
  const [wire, numbers, timers] = [openWire(), openNumbers(), new Set<NodeJS.Timeout>()]
  const unmatched: { readonly file: string; readonly why: string }[] = []
  const issued = new Map<string, ClientCase>()
  const names = new Set<string>([...Object.keys(run.capability.roles), run.capability.product.name])
  /** a fault of the suite: then no verdict stands */
  let broken: string | undefined
  let current: Open | undefined
  let changed: () => void = () => undefined
  let chain: Promise<unknown> = Promise.resolve()

  /** With a backchannel only what was asked for is waited for. */
  const waiting = () =>
    opens.filter(
      (it) => run.trigger === undefined || it === current || it.played.until !== undefined,
    )

  async function take(asked: Asked): Promise<{ readonly told: Told; readonly isLate: boolean }> {
    const judged = await run.judge(asked.bytes)
    const { root, answered } = received(asked.bytes, judged.root !== undefined)
    const it: Incoming = { path: asked.path, root, bytes: asked.bytes }
    const match = matched(
      it,
      waiting().map((one) => one.played),
      { token, roles, issued, names },
      Date.now(),
    )
    const open =
      'client' in match ? opens.find((one) => one.played.client === match.client) : undefined
    const file = takeDown(asked, match)
    const how = open?.played.client.answer ?? 'reference'
    const peer = match.role === undefined ? undefined : peers.get(match.role)
    // What is repeated is answered as it would have been, so that the case comes to an end.
    const isSecond = 'client' in match && match.step === 'again'
    const said = isSecond && !['refused', 'fault'].includes(how) ? 'reference' : how
    const why = 'why' in match ? match.why : ''
    const answer = peer === undefined ? nobody(why) : peer.hear({ ...heardOf(judged), root }, said)
    const observations = [...typeOf(asked), ...judged.observations, ...numbers.take(judged)]
    const name = textAt(root, 'Header/Source') ?? textAt(root, 'Header/User/Organization')
    if (name !== undefined && match.role !== undefined) names.add(name)
    tell(match, it, file, observations)
    if (open !== undefined && 'client' in match) {
      const assigned = textAt(answer.message, 'Payload/**/EndDeviceGroup/mRID')
      note(open, it, match.step, { file, observations, undecided: judged.undecided, assigned })
    } else if ('why' in match) unmatched.push({ file, why: match.why + notMet(observations) })
    const reply = answer.message === undefined ? undefined : answered(answer.message, answer.status)
    if (reply === undefined && how === 'lost') return { told: undefined, isLate: false }
    const bytes = new TextEncoder().encode(reply?.text ?? '')
    const { status = 204, contentType = '' } = reply ?? {}
    wire.add({
      ...placeOf(match),
      direction: 'reply',
      from: match.role ?? 'tester',
      to: 'target',
      status,
      contentType,
      bytes,
    })
    const headers: Record<string, string> =
      reply === undefined ? {} : { 'Content-Type': contentType }
    return { told: { status, headers, bytes }, isLate: answer.isLate }
  }

  function takeDown({ headers, bytes }: Asked, match: Matched): string {
    const contentType = headers['content-type'] ?? ''
    return wire.add({
      ...placeOf(match),
      direction: 'request',
      from: 'target',
      to: match.role ?? 'tester',
      status: null,
      contentType,
      bytes,
    }).file
  }

  function note(
    open: Open,
    it: Incoming,
    step: 'request' | 'again',
    {
      file,
      observations,
      undecided,
      assigned,
    }: {
      readonly file: string
      readonly observations: readonly Observation[]
      readonly undecided: string | undefined
      readonly assigned: string | undefined
    },
  ) {
    open.found[step].push(...observations)
    open.files[step] = file
    open.undecided ??= undecided
    const { played } = open
    const { then } = played.client
    open.played =
      step === 'again'
        ? {
            ...played,
            follow: [...played.follow, it],
            ...(['repeat', 'uses-id', 'unanswered'].includes(then) ? { until: Date.now() } : {}),
          }
        : {
            ...played,
            first: it,
            until: Date.now() + (then === 'nothing' ? 0 : run.waitMs),
            ...(assigned === undefined ? {} : { assigned }),
          }
    const wait = Math.max(0, (open.played.until ?? 0) - Date.now())
    timers.add(setTimeout(() => changed(), wait + 1))
  }

  function tell(
    match: Matched,
    { root }: Incoming,
    file: string,
    observations: readonly Observation[],
  ) {
    const what =
      root === undefined
        ? 'something that cannot be read'
        : `${textAt(root, 'Header/Verb') ?? root.name} ${textAt(root, 'Header/Noun') ?? ''}`.trim()
    const where =
      'client' in match
        ? `${match.client.id}, step ${match.step} (by ${match.by})`
        : `nothing: ${match.why}`
    run.tell(`came: ${what} [${file}], taken for ${where}${notMet(observations)}`)
  }

  const isOver = ({ played: { first, until = Infinity }, notAsked }: Open) =>
    notAsked !== undefined || (first !== undefined && until <= Date.now())
  const until = async (what: () => boolean) => {
    while (!what()) await new Promise<void>((done) => void (changed = done))
  }

  async function ask(
    open: Open,
    trigger: NonNullable<ServerRun['trigger']>,
    address: string,
  ): Promise<void> {
    const { client } = open.played
    const correlationID = uuidOf(run.seed, 'asked', client.id)
    issued.set(correlationID, client)
    current = open
    const { id, title, message: expects, peer } = client
    run.tell(`asking for ${expects.verb} ${expects.noun}: ${id}`)
    open.notAsked = await trigger({
      case: id,
      step: 'request',
      title,
      address: `${address}/t/${token}/${peer}`,
      correlationID,
      expects,
    })
    if (open.notAsked !== undefined) return run.tell(`${id}: ${open.notAsked}`)
    open.isAsked = true
    const end = Date.now() + run.waitMs
    timers.add(setTimeout(() => changed(), run.waitMs + 1))
    await until(() => open.played.first !== undefined || Date.now() >= end)
    if (open.played.first !== undefined) await until(() => isOver(open))
  }

  return {
    timers,
    answer: async (asked: Asked): Promise<Told> => {
      // One after the other: what comes second is judged by what the first has left.
      const taken = chain.then(() => take(asked))
      chain = taken.catch((error: unknown) => {
        broken ??= `the suite gave up on a message: ${error instanceof Error ? error.message : String(error)}`
        run.tell(broken)
      })
      const { told, isLate } = await taken
      changed()
      if (isLate) await new Promise<void>((done) => void timers.add(setTimeout(done, run.waitMs)))
      return told
    },
    tellAddresses: (address: string) => {
      for (const role of roles) run.tell(`${role}: ${address}/t/${token}/${role}`)
      if (run.trigger === undefined)
        for (const { id, title, message } of run.clients)
          run.tell(
            `waiting for ${message.verb} ${message.noun}${message.lacks === undefined ? '' : ` without ${message.lacks}`}: ${id}, ${title}`,
          )
    },
    over: () => until(() => opens.every(isOver)),
    triggered: async (
      trigger: NonNullable<ServerRun['trigger']>,
      address: string,
      isStopped: () => boolean,
    ) => {
      for (const it of opens) if (!isStopped()) await ask(it, trigger, address)
    },
    end: () => timers.forEach((it) => clearTimeout(it)),
    summed: (startedAt: string, address: string): Ran => {
      const weights = { plan: run.plan, waivers: run.waivers, today: startedAt.slice(0, 10) }
      const cases = run.plan.cases.map((planned): CaseResult => {
        const open = opens.find((it) => it.played.client.id === planned.scenario.id)
        const seen = open === undefined ? undefined : seenOf(open, run.waitMs, isOver(open))
        const result = weighed(planned, seen, weights)
        if (broken !== undefined) return { ...result, verdict: 'harness-error', why: broken }
        return run.trigger === undefined && open?.played.first !== undefined
          ? { ...result, attested: true }
          : result
      })
      for (const [at, it] of cases.entries()) run.progress(it, at + 1, cases.length)
      const why = `Nothing came to ${address}/t/${token}/: see whether the product was told to send, and where to.`
      return summed(
        { ...run, target: `${address}/t/${token}/` },
        {
          mode: 'server',
          transport: 'http',
          startedAt,
          cases,
          wire,
          unmatched,
          ...(wire.passed.length === 0 ? { why } : {}),
        },
      )
    },
  }
}

function placeOf(match: Matched): { readonly scenario: string; readonly step: string } {
  return 'client' in match
    ? { scenario: match.client.id, step: match.step }
    : { scenario: 'unmatched', step: 'message' }
}

function notMet(observations: readonly Observation[]): string {
  const wrong = [...new Set(observations.map((it) => it.requirement))].join(', ')
  return wrong === '' ? '' : `; not met: ${wrong}`
}

/** A request has to say that it is XML. */
function typeOf({ headers, bytes }: Asked): readonly Observation[] {
  const answer = {
    kind: 'answered',
    status: 200,
    contentType: headers['content-type'] ?? '',
    bytes,
  } as const
  return TRANSPORT_CHECKS.filter((it) => it.requirement === 'TRN-03').flatMap((it) =>
    it.judge(answer),
  )
}
