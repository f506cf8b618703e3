// For tests only: T22, signed tokens that something has been done to. None of them names a party, none is a fault of ours, and
// none makes the gateway fetch a key; before the body the named ones are shown by src/shell/tokens/tokens.test.ts.

import * as assert from 'uvu/assert'
import { accessOf } from '../../gateway/access/access.ts'
import { party, topologyOf } from '../../gateway/access/parties.fixture.ts'
import { sha256 } from '../../shell/digest.ts'
import { SERVER, SHOWN_KEYS, attacksOf } from '../../shell/tokens/attacks.fixture.ts'
import { tokenReader } from '../../shell/tokens/index.ts'
import { CLAIMS, NOW_MS, issuerOf, tokenOf } from '../../shell/tokens/tokens.fixture.ts'
import type { Attack } from './attack.fixture.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'

export const TOKENS: Attack = {
  id: 'T22',
  about: 'a signed token that was altered, or is none, proves nobody',
  full: 20_000,
  run: async ({ count, seed, attempt }) => {
    const fetched: string[] = []
    const access = accessWith(fetched)
    const who = (token: string) => access.who({ authorization: `Bearer ${token}` })
    const right = tokenOf(SERVER)
    await attempt('the token itself is taken', async () =>
      assert.ok('sender' in (await who(right))),
    )
    for (const [name, token] of attacksOf('http://127.0.0.1:1'))
      await attempt(name, async () => refusedAs(await who(token), fetched))
    const draw = drawnBy(seed)
    for (let n = 0; n < count; n += 1) {
      const token = altered(right, draw)
      await attempt(`altered ${n}`, async () => refusedAs(await who(token), fetched))
    }
    return { altered: count }
  },
}

function accessWith(fetched: string[]) {
  const topology = topologyOf(
    [party('acme', { proofs: [{ kind: 'token', subject: CLAIMS.sub }] })],
    { access: { tokens: [issuerOf(SHOWN_KEYS)] } },
  )
  const fetchText = async (url: string) => (fetched.push(url), '{}')
  return accessOf({
    topology: () => topology,
    digest: sha256,
    agreed: { tolerate: [], aliases: {} },
    readToken: tokenReader({ fetchText, now: () => NOW_MS }),
  })
}

function refusedAs(who: object, fetched: readonly string[]): void {
  assert.ok('refused' in who, JSON.stringify(who))
  assert.is((who.refused as { readonly code: string }).code, 'wrong-credentials')
  assert.equal(fetched, [])
}

type Draw = (below: number) => number

/** A linear congruential generator: the same for the same seed. */
function drawnBy(seed: number): Draw {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** One to three letters exchanged, put in, taken out; or a piece of it twice, or gone. */
function altered(token: string, draw: Draw): string {
  let it = token
  while (it === token || decodesAlike(it, token)) {
    it = token
    for (let n = draw(3); n >= 0; n -= 1) it = once(it, draw)
  }
  return it
}

function once(text: string, draw: Draw): string {
  const at = draw(text.length)
  const letter = LETTERS[draw(LETTERS.length)] ?? ''
  const rest = draw(40)
  const made = [
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + rest),
    text.slice(0, at + rest) + text.slice(at),
  ]
  return made[draw(made.length)] ?? text
}

/** The last letter of base64 has bits that mean nothing: another one there can be the same signature. */
function decodesAlike(one: string, other: string): boolean {
  const octets = (it: string) =>
    it
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('hex'))
      .join('.')
  return octets(one) === octets(other)
}
