// The tester between two products: each calls the other at an address of the tester, which passes everything on as it is,
// takes it down octet by octet, and judges both.

import type { Checks } from '../checks/checks.ts'
import { openNumbers } from '../checks/repeated.ts'
import type { Captured } from '../captured/captured.ts'
import type { CaseResult } from '../results-shape.ts'
import { arrived } from '../transport/arrived.ts'
import { listen } from '../transport/listen.ts'
import type { Asked, Listening, Place, Told } from '../transport/listen.ts'
import { relayed } from '../transport/relayed.ts'
import type { Relayed } from '../transport/relayed.ts'
import { exchanged } from './exchanged.ts'
import type { Judged } from './judge.ts'
import { checksOf } from './offline.ts'
import { halfOf } from './paired.ts'
import type { Told as Message } from './paired.ts'
import { summed } from './summary.ts'
import type { Ran, Run } from './summary.ts'
import { weighed } from './weigh.ts'
import { openWire } from './wire.ts'
import { whyOf } from '../why.ts'

/** What a run between two products is made with. */
export interface MiddleRun extends Run {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  /** all, where nothing is said */
  readonly checks?: Checks
  /** address of the other product */
  readonly other: string
  /** of the one that stands for the target; the other one listens at the next port */
  readonly place: Place
  readonly waitMs: number
  readonly forMs: number | undefined
  readonly stopped: Promise<unknown>
  readonly tell: (line: string) => void
}

/** One product in the eyes of the other. */
interface Side {
  readonly name: string
  readonly url: string
}

/** Passes on until somebody has had enough, then judges what there was. */
export async function between(run: MiddleRun): Promise<Ran> {
  const startedAt = run.now()
  const own = checksOf(run)
  const taken = new Map<string, number>()
  const kept = { numbers: openNumbers(), wire: openWire(), taken }
  const watching = { ...kept, source: 'as it passed', ...own }
  const weights = { plan: run.plan, waivers: run.waivers, today: startedAt.slice(0, 10) }
  const cases: CaseResult[] = []
  const [target, other]: readonly [Side, Side] = [
    { name: 'target', url: run.target },
    { name: 'other', url: run.other },
  ]
  const unmatched: { readonly file: string; readonly why: string }[] = []
  let chain: Promise<unknown> = Promise.resolve()

  const passing =
    (from: Side, to: Side) =>
    async (asked: Asked): Promise<Told> => {
      if (asked.isTooLong === true) return refusedAsTooLong(asked)
      const answer = await relayed(asked, to.url, run.waitMs)
      // Judged one after the other, and after it was passed on: nobody waits for us.
      if (asked.method === 'POST')
        chain = chain.then(() =>
          judge(asked, answer, from, to).catch((error: unknown) => giveUp(asked, error)),
        )
      else
        unmatched.push({
          file: `${asked.method} ${asked.path}`,
          why: 'it is no POST: passed on, and not judged',
        })
      return answer.told
    }

  function refusedAsTooLong({ method, path }: Asked): Told {
    const why = 'it is longer than a message may be: refused by HTTP 413, and not passed on'
    unmatched.push({ file: `${method} ${path}`, why })
    return { status: 413, headers: {}, bytes: new Uint8Array() }
  }

  /** What the suite itself fails on stays in the report, and takes no other exchange with it. */
  function giveUp({ method, path }: Asked, error: unknown): void {
    const id = `captured/${String(cases.length + 1).padStart(4, '0')}-not-judged`
    const why = `The suite gave up on it: ${whyOf(error)}`
    const none = { target: [], profiles: [], needs: [], steps: [], pack: 'captured' }
    const scenario = { ...none, id, title: `${method} ${path}`, source: watching.source }
    const seen = { step: 'request', notRun: undefined, isAsExpected: false, observations: [] }
    const whole = [{ ...seen, undecided: why, reply: '' }]
    cases.push(weighed({ scenario, notApplicable: undefined }, whole, weights))
  }

  async function judge(asked: Asked, answer: Relayed, from: Side, to: Side): Promise<void> {
    const name = `${String(cases.length + 1).padStart(4, '0')}-${from.name}-to-${to.name}`
    const messages = await Promise.all(
      halvesOf(asked, answer, name).map((it) => toldOf(it, run.judge)),
    )
    const [first, ...replies] = messages
    if (first === undefined) return
    const sides = { first: from.name, second: to.name }
    const unread = replies.length > 0 ? {} : { unread: answer.answer }
    const { scenario, seen } = exchanged(
      { first, replies, isRepeat: false },
      { ...watching, sides, ...unread },
    )
    const result = weighed({ scenario, notApplicable: undefined }, seen, weights)
    cases.push(result)
    run.progress(result, cases.length, cases.length)
  }

  const { host, port } = run.place
  const second = { host, port: port === 0 ? 0 : port + 1 }
  const listening: readonly Listening[] = [
    await listen(run.place, passing(other, target)),
    await listen(second, passing(target, other)),
  ]
  run.tell(
    `the other product calls the target at ${listening[0]?.address ?? ''}${pathOf(run.target)}`,
  )
  run.tell(
    `the target calls the other product at ${listening[1]?.address ?? ''}${pathOf(run.other)}`,
  )
  await until(run)
  for (const it of listening) await it.close()
  await chain
  const why =
    'Nothing passed: see whether the products call each other at the addresses of the tester.'
  return summed(run, {
    ...{ mode: 'middle', transport: 'http', startedAt, cases, wire: watching.wire },
    ...{ parties: [target.name, other.name], unmatched },
    ...(cases.length > 0 ? {} : { why }),
  })
}

async function until({ stopped, forMs }: MiddleRun): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>(
    (done) => void (timer = forMs === undefined ? undefined : setTimeout(done, forMs)),
  )
  await Promise.race([stopped, over])
  clearTimeout(timer)
}

function pathOf(url: string): string {
  return new URL(url).pathname
}

async function toldOf(captured: Captured, judge: MiddleRun['judge']): Promise<Message> {
  const judged = await judge(captured.bytes)
  return { captured, judged, half: halfOf(captured, judged) }
}

function halvesOf(asked: Asked, { answer }: Relayed, exchange: string): readonly Captured[] {
  const request = {
    bytes: arrived(asked).bytes,
    status: null,
    contentType: asked.headers['content-type'] ?? '',
    half: 'request',
    name: exchange,
  } as const
  if (answer.kind !== 'answered' || answer.bytes.length === 0) return [request]
  const { status, contentType } = answer
  return [
    request,
    { bytes: answer.bytes, status, contentType, half: 'reply', name: `${exchange}-reply` },
  ]
}
