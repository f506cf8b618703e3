// A load generator over bare sockets: so many create requests a second whatever becomes of them (open loop), or each as soon
// as the last is answered (closed loop). It keeps a ledger of what was answered, and waits are counted from the moment at which
// a request was due, so that a gateway that makes its clients wait cannot hide it.

import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { groupXml } from '../messages.fixture.ts'

/** What is sent. */
export interface FloodPlan {
  readonly port: number
  /** 0 = closed loop */
  readonly perSecond: number
  readonly durationMs: number
  readonly connections: number
  /** tells the ids of this flood from those of all others, up to 2 ** 32 */
  readonly seed: number
  /** who sends: each connection is that of the next one; without any, of nobody */
  readonly senders?: readonly Sending[]
  /** members of each group: about 290 octets each */
  readonly members?: number
}

/** A party that sends. */
export interface Sending {
  readonly party: string
  readonly key: string
}

/** What came of it. */
export interface Flooded {
  readonly sent: number
  /** numbers of the requests that were answered OK */
  readonly accepted: readonly number[]
  /** answers by status, of those that were not accepted */
  readonly refused: Readonly<Record<string, number>>
  /** of these, with Retry-After */
  readonly told: number
  /** numbers of the requests that no answer came to: they may have been carried out */
  readonly unknown: readonly number[]
  /** due, and not sent because every connection waited for too long */
  readonly unsent: number
  /** milliseconds from when they were due */
  readonly acceptedMs: Percentiles
  readonly refusedMs: Percentiles
  /** milliseconds from when they were sent: beyond what a machine can send and refuse at all, it is the sender that is late */
  readonly refusalMs: Percentiles
  readonly perSecond: number
}

/** Of waiting times, in milliseconds. */
export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** a request that has been due so long without a connection is given up */
const GIVE_UP_MS = 5_000
/** for what is under way at the end */
const LAST_MS = 10_000

/** The id of the n-th group, and message, of a flood. */
export function idOf(seed: number, n: number): string {
  return `${hex(seed, 8)}-0000-4000-8000-${hex(n, 12)}`
}

function hex(n: number, digits: number): string {
  return n.toString(16).padStart(digits, '0')
}

interface Line {
  socket: Socket
  /** number of the request under way */
  at: number | undefined
  dueMs: number
  sentMs: number
  text: string
  readonly head: string
  /** of the body, between which its id stands */
  readonly pieces: readonly string[]
}

/** Sends until its time is over, and waits for what is under way. */
export function flood(plan: FloodPlan): Promise<Flooded> {
  const { port, perSecond, durationMs, connections, seed, senders = [], members = 4 } = plan
  const sample = idOf(seed, 0xabcdef)
  const body = groupXml({
    mRID: sample,
    name: `group ${sample}`,
    members: Array.from({ length: members }, (_, n) => idOf(0, n)),
  })
  const accepted: number[] = []
  const unknown: number[] = []
  const refused: Record<string, number> = {}
  const [acceptedMs, refusedMs, refusalMs]: [number[], number[], number[]] = [[], [], []]
  let [sent, told, unsent, isOver] = [0, 0, 0, false]
  const idle: Line[] = []
  const due: number[] = []
  const began = performance.now()
  let done: (it: Flooded) => void = () => undefined

  function send(line: Line, dueMs: number): void {
    line.at = sent
    line.dueMs = dueMs
    line.sentMs = performance.now()
    line.text = ''
    line.socket.write(line.head + line.pieces.join(idOf(seed, sent)))
    sent += 1
  }

  function free(line: Line): void {
    line.at = undefined
    const next = due.shift()
    if (perSecond === 0 && !isOver) send(line, performance.now())
    else if (next !== undefined) send(line, next)
    else idle.push(line)
    if (isOver) finish()
  }

  function heard(line: Line, text: string): void {
    line.text += text
    const end = line.text.indexOf('\r\n\r\n')
    if (end < 0 || line.at === undefined) return
    const head = line.text.slice(0, end)
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
    if (Buffer.byteLength(line.text) < end + 4 + length) return
    const tookMs = performance.now() - line.dueMs
    const status = head.slice(9, 12)
    if (status === '200' && line.text.includes('<Result>OK<')) {
      accepted.push(line.at)
      acceptedMs.push(tookMs)
    } else {
      refused[status] = (refused[status] ?? 0) + 1
      if (/retry-after: \d/i.test(head)) told += 1
      refusedMs.push(tookMs)
      refusalMs.push(performance.now() - line.sentMs)
    }
    if (/connection: close/i.test(head)) {
      line.at = undefined
      line.socket.destroy()
    } else free(line)
  }

  function dial(line: Line): void {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    line.socket = socket
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => heard(line, text)).on('error', () => undefined)
    socket.once('connect', () => free(line))
    socket.once('close', () => {
      if (line.at !== undefined) unknown.push(line.at)
      line.at = undefined
      // A server ends what has been idle for long: dialled again it is idle once, or two would be sent on it at a time.
      const place = idle.indexOf(line)
      if (place >= 0) idle.splice(place, 1)
      if (isOver) finish()
      else setTimeout(() => dial(line), 20)
    })
  }

  const lines = Array.from({ length: connections }, (_, n): Line => {
    const sender = senders[n % Math.max(1, senders.length)]
    const own = sender === undefined ? body : body.replace('dso-dms', sender.party)
    const key = sender === undefined ? '' : `X-API-Key: ${sender.key}\r\n`
    const head = `POST /cim HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/xml\r\n${key}Content-Length: ${Buffer.byteLength(own)}\r\n\r\n`
    const pieces = own.split(sample)
    return {
      socket: undefined as unknown as Socket,
      at: undefined,
      dueMs: 0,
      sentMs: 0,
      text: '',
      head,
      pieces,
    }
  })

  let asked = 0
  const tick = () => {
    const now = performance.now()
    const total = Math.floor(((now - began) * perSecond) / 1_000)
    for (; asked < total; asked += 1) {
      const dueMs = began + (asked * 1_000) / perSecond
      // In turn: the last one to be free would send nearly all, and its party more than it may.
      const line = idle.shift()
      if (line === undefined) due.push(dueMs)
      else send(line, dueMs)
    }
    while ((due[0] ?? now) < now - GIVE_UP_MS) {
      due.shift()
      unsent += 1
    }
  }
  const ticking = perSecond === 0 ? undefined : setInterval(tick, 1)

  function finish(): void {
    if (lines.some((it) => it.at !== undefined)) return
    for (const it of lines) it.socket.destroy()
    done({
      sent,
      accepted,
      refused,
      told,
      unknown,
      unsent,
      acceptedMs: percentilesOf(acceptedMs),
      refusedMs: percentilesOf(refusedMs),
      refusalMs: percentilesOf(refusalMs),
      perSecond: (accepted.length / durationMs) * 1_000,
    })
    done = () => undefined
  }

  setTimeout(() => {
    clearInterval(ticking)
    unsent += due.splice(0).length
    isOver = true
    setTimeout(() => lines.forEach((it) => it.socket.destroy()), LAST_MS).unref()
    finish()
  }, durationMs)
  lines.forEach(dial)
  return new Promise((resolve) => (done = resolve))
}

/** Nearest rank. */
function percentilesOf(waits: readonly number[]): Percentiles {
  const sorted = Float64Array.from(waits).sort()
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
  return { count: waits.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 }
}
