// Traffic that is full of what no log may have: names, addresses, account numbers, keys and tokens, in right messages and in wrong
// ones of every kind, over a store that fails now and then with what it was given in its words.

import { openLog } from '../shell/log.ts'
import { auditedExchange } from './audit/audited.ts'
import { createRecorder } from './audit/recorder.ts'
import { chance } from './audit/tampered.fixture.ts'
import { virtualTime } from './delivery/virtual-time.fixture.ts'
import { openFixture } from './gateway.fixture.ts'
import { group, message, payload } from './messages.fixture.ts'
import { meteredExchange } from './meter.ts'

/** What may stand nowhere, each in a shape of its own. */
const PRIVATE: readonly ((n: number) => string)[] = [
  (n) => `Erika Mustermann-${n}`,
  (n) => `Heidestrasse ${n}, 51147 Koeln`,
  (n) => `DE${String(n).padStart(20, '8')}`,
  (n) => `erika.${n}@example.org`,
  (n) => `+49-221-${String(n).padStart(7, '5')}`,
  (n) => `eyJhbGciOiJIUzI1NiJ9.${n}.c2lnbmF0dXJl`,
  (n) => `sk-live-${String(n).padStart(24, 'a')}`,
]

/** Fragments by which each of them is found, also in part. */
const TRACES = /Mustermann|Heidestra|Koeln|DE8{5}|@example|\+49-221|eyJhbGci|c2lnbmF0|sk-live/

/** What was written, and where something stands that may not. */
export interface Leaks {
  readonly lines: number
  readonly audited: number
  readonly found: readonly string[]
}

type Make = (secret: string, n: number) => string

/** A right message, and wrong ones of every kind. */
const MESSAGES: Readonly<Record<string, Make>> = {
  right: (it, n) => named(it, n),
  'wrong verb': (it, n) => named('x', n).replace('<Verb>create<', `<Verb>${it}<`),
  'wrong noun': (it, n) => named('x', n).replace('<Noun>DERGroups<', `<Noun>${it}<`),
  'wrong element': (it, n) => named(it, n).replace('</Header>', `<${'Odd'}>${it}</Odd></Header>`),
  'wrong attribute': (it, n) => named(it, n).replace('<Header>', `<Header odd="${it}">`),
  'wrong value': (it, n) => named(it, n).replace('2026-07-14T08:00:00Z', it),
  'cut off': (it, n) => `${named(it, n).slice(0, 300)}${it}`,
  'no XML': (it) => it,
  doctype: (it) => `<!DOCTYPE x [<!ENTITY e "${it}">]><x>&e;</x>`,
  'unknown object': (it, n) =>
    message(
      { verb: 'delete', id: `u-${n}` },
      payload(group({ mRID: `${n}`, functions: false, description: it })),
    ),
  'another source': (it, n) =>
    named('x', n).replace('</Timestamp>', `</Timestamp><Source>${it}</Source>`),
}

function named(name: string, n: number): string {
  return message(
    { verb: 'create', id: `m-${n}` },
    payload(group({ mRID: `g-${n}`, description: name, name })),
  )
}

/** @param count of messages */
export async function leaks(count: number, seed: number): Promise<Leaks> {
  const pick = chance(seed)
  const found: string[] = []
  let lines = 0
  const look = (text: string) => {
    lines += 1
    if (TRACES.test(text) && found.length < 20) found.push(text.slice(0, 600))
  }
  const log = openLog('trace', { write: look })
  const time = virtualTime()
  let secret = ''
  let fails = false
  const gateway = await openFixture({
    log,
    sender: { sources: ['north'], party: 'north', from: '192.0.2.1' },
    store: (real) => ({
      ...real,
      commit: (unit) => (fails ? Promise.reject(failing(secret)) : real.commit(unit)),
    }),
  })
  const recorder = createRecorder({ store: gateway.store, ...time, log })
  const metered = meteredExchange(gateway.exchange, {
    ...{ log, isNoun: gateway.schemas.catalogue.isNoun, elapsed: () => 0 },
    meter: { received: () => undefined } as never,
  })
  const exchange = auditedExchange(metered, recorder, gateway.schemas.catalogue.isNoun)
  const kinds = Object.values(MESSAGES)
  for (let n = 0; n < count; n += 1) {
    secret = PRIVATE[n % PRIVATE.length]?.(pick(10_000)) ?? ''
    // The store keeps the audit log, too, so that it is not away for ever.
    fails = n % 10 === 9
    const xml = kinds[pick(kinds.length)]?.(secret, n) ?? ''
    const bytes = new TextEncoder().encode(xml)
    await exchange.receive({ bytes, sender: gateway.sender, bodyHash: `${n}` })
    fails = false
    if (n % 20 === 0) {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` }
      const body = JSON.stringify({ EndDeviceGroup: [{ mRID: secret, [secret]: secret }] })
      await gateway.ask('POST', '/api/v1/der-groups', { headers, body })
      log.error({ err: failing(secret), headers, password: secret, apiKey: secret }, 'a failure')
      time.step()
    }
  }
  await recorder.close()
  const audited = await gateway.store.audit({ limit: 100_000 })
  for (const line of audited) look(JSON.stringify(line))
  await gateway.close()
  return { lines: lines - audited.length, audited: audited.length, found }
}

/** As drivers of databases and parsers put it. */
function failing(secret: string): Error {
  const cause = Object.assign(new Error(`invalid input syntax for type integer: "${secret}"`), {
    detail: `Key (name)=(${secret}) already exists.`,
    parameters: [secret],
    query: `insert into t values ('${secret}')`,
  })
  return Object.assign(new Error(`Key (name)=(${secret}) is there already`, { cause }), {
    code: 'store-io',
    written: 'no',
    detail: secret,
    body: `<name>${secret}</name>`,
  })
}
