// For tests only: T13. Whatever comes over HTTP: an answer of the right kind without a trace of the inside, or the end of the
// connection; never one request for two.

import { connect } from 'node:net'
import * as assert from 'uvu/assert'
import { raw } from '../../shell/http/raw.fixture.ts'
import { waitFor } from '../../shell/wait.fixture.ts'
import { randomOf } from '../../shell/xml-in/mutated.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { askedWrongly } from './asked-wrongly.fixture.ts'
import { rawRequests } from './raw-requests.fixture.ts'
import type { RequestEnd } from './raw-requests.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'
import { slowClients } from './slow-clients.fixture.ts'

export const HTTP_EDGE: Attack = {
  id: 'T13',
  about: 'no request is taken for another, none shows the inside, and slow ones hold nobody up',
  full: 600,
  few: 40,
  run: attack,
}

/** What an answer shows of the inside, which is nobody's business. */
const INSIDE = /node:|node_modules|\.js\b|\.ts:|\bat \w+ \(|\/dist\/|Error:|root:x:|do-not-echo/

async function attack(how: Attacking) {
  const { attempt, count, seed, isFull } = how
  const served = await openServed()
  const some = <T>(all: readonly T[]) => {
    const every = isFull ? 1 : Math.max(1, Math.floor(all.length / (4 * count)))
    return all.filter((_, at) => at % every === seed % every)
  }
  try {
    for (const { name, end, octets } of some(rawRequests()))
      await attempt(name, () => assertEnd(served, octets, end))
    for (const { name, status, pieces } of some(askedWrongly()))
      await attempt(name, async () => {
        const answer = await raw(served.port, ...pieces)
        assert.ok(status.includes(answer.status), answer.all.slice(0, 400))
        if (answer.status >= 400) assert.not.match(answer.all, INSIDE)
        assert.is(({} as { readonly polluted?: unknown }).polluted, undefined)
      })
    for (let n = 0; n < count; n += 1)
      await attempt(`a request spoiled by ${seed + n}`, () => assertEnd(served, spoiled(seed + n)))
    const counts = await slowClients(served, how)
    await takesStill(served)
    return counts
  } finally {
    await served.close()
  }
}

/** Of what is refused, nothing that comes behind is answered any more. @param end absent = any but a fault of ours */
async function assertEnd({ port }: ServedHere, octets: string, end?: RequestEnd): Promise<void> {
  const bytes = Buffer.from(octets, 'latin1')
  if (typeof end === 'number') return assert.is((await raw(port, bytes)).status, end)
  const all = await untilClosed(port, bytes, end === undefined)
  const answers = [...all.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((it) => Number(it[1]))
  assert.not.match(all, INSIDE)
  if (end === 'refused')
    return assert.equal(answers, [400], `answered ${answers}: ${all.slice(0, 400)}`)
  assert.ok(
    answers.every((it) => it < 500),
    all.slice(0, 400),
  )
}

/** Everything that is answered until the server closes. @param isEnding we close our side behind the last octet */
async function untilClosed(port: number, octets: Uint8Array, isEnding: boolean): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let [all, isEnded] = ['', false]
  socket.on('data', (it: Buffer) => (all += it.toString('latin1')))
  for (const event of ['end', 'close', 'error']) socket.on(event, () => (isEnded = true))
  if (isEnding) socket.end(octets)
  else socket.write(octets)
  await waitFor(() => isEnded, `the end of the connection behind ${all.slice(0, 400)}`)
  socket.destroy()
  return all
}

function spoiled(seed: number): string {
  const random = randomOf(seed)
  if (random(3) === 0)
    return String.fromCharCode(...Array.from({ length: random(300) }, () => random(256)))
  const all = rawRequests()
  const it = all[random(all.length)]?.octets.slice(0, 2_000) ?? ''
  const at = random(it.length)
  const ways = [
    () => it.slice(0, at),
    () => it.slice(0, at) + String.fromCharCode(random(256)) + it.slice(at + 1),
    () => it.slice(0, at) + it.slice(at + 1 + random(9)),
    () => it.slice(0, at) + it.slice(random(it.length)),
    () => it + it.slice(at),
  ]
  return ways[random(ways.length)]?.() ?? it
}
