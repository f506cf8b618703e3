// For tests only: clients that take their time, or never end: headers and bodies octet by octet, connections that are kept and not
// used, more connections than there may be. Honest ones are served meanwhile.

import { connect } from 'node:net'
import type { Socket } from 'node:net'
import * as assert from 'uvu/assert'
import { head } from '../../shell/http/raw.fixture.ts'
import { waitFor } from '../../shell/wait.fixture.ts'
import { cim } from '../client.fixture.ts'
import { groupXml, newGroup } from '../messages.fixture.ts'
import type { Attacking, Counts } from './attack.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

/** how much longer honest clients may wait */
const MOST_RATIO = 2
/** honest requests of one round, at length and in a hurry */
const HONEST = { full: 200, few: 20 }
/** milliseconds between two octets of a slow client */
const EVERY_MS = 1_000

interface Client {
  readonly socket: Socket
  readonly heard: () => string
  readonly isEnded: () => boolean
}

/** What is done, at full length only where it takes its time. */
export async function slowClients(
  served: ServedHere,
  { attempt, isFull }: Attacking,
): Promise<Counts> {
  const figures: Record<string, string> = {}
  const begin = head('POST /cim', { 'Content-Type': 'text/xml', 'Content-Length': '100000' })
  const many = isFull ? HONEST.full : HONEST.few
  const alone = await honest(served, many)
  const slow = (name: string, count: number, octets: string, isTold: boolean) =>
    attempt(name, async () => {
      const clients = await opened(served, isFull ? count : 20, octets)
      const dripping = setInterval(
        () => clients.forEach(({ socket }) => socket.write('x')),
        EVERY_MS,
      )
      const beside = await honest(served, many)
      figures[`of ${name}`] = `p99 ${beside.toFixed(0)} ms beside ${alone.toFixed(0)} alone`
      if (isFull) {
        assert.ok(beside <= MOST_RATIO * Math.max(alone, 5), figures[`of ${name}`])
        await waitFor(() => clients.every((it) => it.isEnded()), 'the end of all')
        if (isTold) for (const it of clients) assert.match(it.heard(), /^(HTTP\/1\.1 408|$)/)
      }
      clearInterval(dripping)
      for (const { socket } of clients) socket.destroy()
    })
  await slow(
    'headers that come octet by octet',
    200,
    'POST /cim HTTP/1.1\r\nHost: localhost\r\nX: ',
    true,
  )
  await slow('bodies that come octet by octet', 200, begin, true)
  await attempt('connections that are kept and not used', async () => {
    const clients = await opened(served, isFull ? 1_000 : 50, head('GET /livez'))
    await waitFor(() => clients.every((it) => it.heard().includes(' 200 ')), 'all answers')
    await honest(served, many)
    if (isFull) await waitFor(() => clients.every((it) => it.isEnded()), 'the end of all')
    for (const { socket } of clients) socket.destroy()
  })
  if (isFull) await attempt('more connections than there may be', () => crowded(served))
  return figures
}

async function opened(
  { port }: ServedHere,
  count: number,
  octets: string,
): Promise<readonly Client[]> {
  const clients = Array.from({ length: count }, (): Client => {
    let [heard, isEnded] = ['', false]
    const socket = connect(port, '127.0.0.1', () => socket.write(octets))
    socket.on('data', (it: Buffer) => (heard += it.toString('latin1')))
    for (const event of ['end', 'close', 'error']) socket.on(event, () => (isEnded = true))
    return { socket, heard: () => heard, isEnded: () => isEnded }
  })
  const isThere = ({ socket, isEnded }: Client) => !socket.connecting || isEnded()
  await waitFor(() => clients.every(isThere), 'the connections')
  return clients
}

/** p99 of so many messages, in milliseconds; each is taken. */
async function honest({ address }: ServedHere, many: number): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < many / 4; n += 1) {
    const begun = performance.now()
    const all = await Promise.all([1, 2, 3, 4].map(() => cim(address, groupXml(newGroup(1)))))
    took.push(performance.now() - begun)
    for (const { text } of all) assert.match(text, '<Result>OK<')
  }
  return took.sort((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? 0
}

/** Beyond as many as there may be the next is closed at once; when some leave, there is room. */
async function crowded(served: ServedHere): Promise<void> {
  const all = await opened(served, 2_050, 'GET /livez HTTP/1.1\r\n')
  await waitFor(() => all.filter((it) => it.isEnded()).length >= 50, 'who is one too many')
  for (const { socket } of all) socket.destroy()
  await waitFor(
    async () => (await fetch(`${served.address}/livez`).catch(() => undefined))?.ok === true,
    'room',
  )
}
