// Takes a message that comes to the tester as server: for which case, what is wrong in it, and what it is answered.

import { CHECKS, asked, attempt, gathered, together } from '../checks/checks.ts'
import type { Asked as Found } from '../checks/checks.ts'
import { misfitIn, objectsIn } from '../checks/came.ts'
import { textAt } from '../find.ts'
import type { ClientCase } from '../shapes.ts'
import { UNREAD, UNREAD_WHY, arrived } from '../transport/arrived.ts'
import type { Arrived } from '../transport/arrived.ts'
import type { Asked, Told } from '../transport/listen.ts'
import { heardOf } from '../transport/memory.ts'
import { received } from '../transport/received.ts'
import type { Reply } from '../transport/received.ts'
import { nobody } from './answering.ts'
import type { Answering } from './answering.ts'
import { waiting } from './board.ts'
import type { Board } from './board.ts'
import { againName, noted } from './client-steps.ts'
import { matched } from './inbox.ts'
import type { Incoming, Matched } from './inbox.ts'
import type { Judged } from './judge.ts'
import { cameLine, notMet } from './telling.ts'
import { strayPlace } from './unmatched.ts'
import { whyOf } from '../why.ts'

/** What is sent back, and whether it is kept back until it is late. */
export interface Taken {
  readonly told: Told
  readonly isLate: boolean
}

/** A message that has come, with all that is known of it. */
interface Arrival extends Incoming {
  readonly asked: Asked
  readonly came: Arrived
  readonly judged: Judged
  readonly match: Matched
  /** where it is kept */
  readonly place: { readonly scenario: string; readonly step: string }
}

/** Judges a message, notes it in its case, and answers. */
export async function take(asked: Asked, board: Board): Promise<Taken> {
  const came = arrived(asked)
  const judged = await judgedOf(came, board)
  const { root, answered } = received(came.bytes, judged.root !== undefined)
  const incoming = { path: asked.path, root, bytes: came.bytes }
  const match = matchOf(incoming, came, board)
  const place = placeOf(match, board)
  const it = { ...incoming, asked, came, judged, match, place }
  const file = takenDown(it, board)
  const [answer, failure] = answerTo(it, board)
  const found = gathered([foundIn(it, board), failure])
  board.run.tell(cameLine(it, match, file, found))
  remember(it, board)
  note(it, { file, found, answer }, board)
  const reply = answer.message === undefined ? undefined : answered(answer.message, answer.status)
  return { told: toldOf(reply, answer, it, board), isLate: answer.isLate }
}

/** Of what asks without a message, and of what is not read, nothing is to judge. */
async function judgedOf({ bytes, unread, isProbe }: Arrived, { run }: Board): Promise<Judged> {
  if (unread === undefined && !isProbe) return run.judge(bytes)
  return { bytes, root: undefined, observations: [], undecided: undefined }
}

function matchOf(it: Incoming, { isProbe, method }: Arrived, board: Board): Matched {
  const played = waiting(board).map((one) => one.played)
  const roles = [...board.peers.keys()]
  const match = matched(it, played, { ...board, roles }, board.bell.now())
  if (!isProbe || 'client' in match) return match
  return { ...match, why: `${method} brings no message`, isOfProduct: false }
}

/** Each under a name of its own, so that what is found in it is found in it alone. */
function placeOf(match: Matched, { unmatched, cases }: Board): Arrival['place'] {
  if (!('client' in match)) return strayPlace(match.role, unmatched)
  const { id } = match.client
  const before = cases.get(id)?.again.length ?? 0
  return { scenario: id, step: match.step === 'request' ? 'request' : againName(before) }
}

function takenDown(it: Arrival, { wire }: Board): string {
  const { bytes, asked } = it
  const place = { ...it.place, from: 'target', to: it.match.role ?? 'tester' }
  const contentType = asked.headers['content-type'] ?? ''
  return wire.add({ ...place, direction: 'request', status: null, contentType, bytes }).file
}

/** All of one message: how it came, what it says that it is, and what it is. */
function foundIn({ asked: { headers }, came, judged }: Arrival, { run, numbers }: Board): Found {
  const { transport, request } = run.checks ?? CHECKS
  const contentType = headers['content-type'] ?? ''
  const { bytes } = came
  const isCompressing = run.capability.options.compression
  const { observations, broken } = together([
    asked(came.unread === undefined ? transport.filter((it) => it.isOfRequests === true) : [], {
      kind: 'answered',
      status: 200,
      contentType,
      bytes,
    }),
    asked(request, { ...came, isCompressing }),
    judged,
    attempt('HDR-02', () => numbers.take(judged)),
  ])
  const why = judged.undecided ?? broken
  return why === undefined ? { observations } : { observations, broken: why }
}

const NOTHING: Found = { observations: [] }

/** As the case has it. A peer of the suite that fails by itself has not shown anything of the product. */
function answerTo(
  { match, judged, root, came: { unread } }: Arrival,
  { peers }: Board,
): readonly [answer: Answering, failure: Found] {
  if (unread !== undefined)
    return [{ ...nobody(UNREAD_WHY[unread]), status: UNREAD[unread] }, NOTHING]
  const peer = match.role === undefined ? undefined : peers.get(match.role)
  if (peer === undefined) return [nobody('why' in match ? match.why : ''), NOTHING]
  try {
    return [peer.hear({ ...heardOf(judged), root }, howOf(match)), NOTHING]
  } catch (error) {
    const why = `The tester failed by itself as ${match.role ?? ''}: ${whyOf(error)}`
    return [nobody(why), { observations: [], broken: why }]
  }
}

/** Whoever asks again is told the same. */
const FOR_GOOD: readonly ClientCase['answer'][] = ['refused', 'fault', 'bad-request']

/** What is repeated is answered as it would have been, so that the case comes to an end. */
function howOf(match: Matched): ClientCase['answer'] {
  if (!('client' in match)) return 'reference'
  const { answer } = match.client
  const isSecond = match.step === 'again' && !FOR_GOOD.includes(answer)
  return isSecond ? 'reference' : answer
}

/** By what it calls itself the product is known from now on. */
function remember({ root, match }: Arrival, { names }: Board): void {
  const name = textAt(root, 'Header/Source') ?? textAt(root, 'Header/User/Organization')
  if (name !== undefined && match.role !== undefined) names.add(name)
}

interface Outcome {
  readonly file: string
  readonly found: Found
  readonly answer: Answering
}

function note(it: Arrival, { file, found, answer }: Outcome, board: Board): void {
  const { match } = it
  const open = 'client' in match ? board.cases.get(match.client.id) : undefined
  if ('why' in match) {
    const { role, why, isOfProduct } = match
    const stray = { ...it.place, role, file, why: why + notMet(found), found }
    board.unmatched.push({ ...stray, weighs: isOfProduct })
  }
  if (open === undefined || !('client' in match)) return
  const assigned = objectsIn(answer.message).flatMap((one) => textAt(one, 'mRID') ?? [])[0]
  const { bell, run, cases } = board
  const now = bell.now()
  const misfit = misfitIn(answer.message)
  const seen = { it, step: match.step, file, asked: found, assigned, misfit }
  const next = noted(open, seen, now, run.waitMs)
  cases.set(match.client.id, next)
  bell.ringIn(Math.max(0, (next.played.until ?? now) - now))
}

/** Takes down what is answered. Where nothing is, the connection is closed without a word. */
function toldOf(reply: Reply | undefined, answer: Answering, it: Arrival, { wire }: Board): Told {
  if (reply === undefined && answer.isLost) return undefined
  const bytes = new TextEncoder().encode(reply?.text ?? '')
  const { status = answer.status, contentType = '' } = reply ?? {}
  const place = { ...it.place, from: it.match.role ?? 'tester', to: 'target' }
  wire.add({ ...place, direction: 'reply', status, contentType, bytes })
  return { status, headers: contentType === '' ? {} : { 'Content-Type': contentType }, bytes }
}
