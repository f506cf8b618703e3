// For tests only: B6. Whoever names an address to be told at is told at registered ones alone, however it is spelled; nobody asks
// for the name, and nobody connects.

import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import * as assert from 'uvu/assert'
import { escapeText } from '../../envelope/escape.ts'
import { groupXml, newGroup } from '../messages.fixture.ts'
import { newFolder } from '../process.fixture.ts'
import { auth } from '../scene.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { openCanaries } from './canaries.fixture.ts'
import { openServed } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'
import { HOSTS, INSIDE, confusions, spelledBySeed, spellingsOf } from './spellings.fixture.ts'

/** What may be posted to; nobody is there. */
const REGISTERED = new URL('http://partner.example:8080/replies')

export const REPLY_ADDRESSES: Attack = {
  id: 'B6',
  about: 'an address to be told at is a registered one, however it is spelled',
  full: 2_000,
  few: 40,
  run: attack,
}

async function attack({ attempt, count, seed }: Attacking) {
  const canaries = await openCanaries()
  const { host, port } = new URL(canaries.http)
  const served = await openServed(configuration())
  const addresses = [
    ...INSIDE.flatMap(spellingsOf).map((it) => `http://${it}:${port}/replies`),
    ...HOSTS.map((it) => `http://${it}:${port}/replies`),
    ...confusions(REGISTERED, host),
    ...Array.from({ length: count }, (_, n) => `http://${spelledBySeed(seed + n)}:${port}/replies`),
    canaries.name,
    canaries.file,
  ]
  try {
    for (const address of new Set(addresses))
      await attempt(JSON.stringify(address), async () => {
        const text = await askedToReplyAt(served, address)
        assert.match(text, /<Result>FAILED</, text)
        // What is no address at all is told by the schema of the Header, or is not even a character of XML.
        assert.match(text, /rule=REPLY-ADDRESS|<code>1\.8</)
        canaries.assertSilent()
      })
    await attempt('a registered one', async () => {
      const text = await askedToReplyAt(served, `${REGISTERED.href}/1`)
      assert.match(text, '<code>0.3</code>')
    })
  } finally {
    await served.close()
    await canaries.close()
  }
  return {}
}

function configuration(): string {
  const file = join(newFolder(), 'cimgate.yaml')
  writeFileSync(
    file,
    `
parties:
  cs: {${auth('cs')}, operator: true, sources: [dso-dms], replyAddresses: ["${REGISTERED.href}"]}
  dms: {${auth('dms')}, binding: {type: cim-xml, url: "http://127.0.0.1:9/dms", timeout: 1s}}
routes:
  - {when: {noun: DERGroups, from: cs}, to: dms, order: none, timeout: 5s}
`,
  )
  return file
}

async function askedToReplyAt({ address }: ServedHere, at: string): Promise<string> {
  const asked = `<AsyncReplyFlag>true</AsyncReplyFlag><ReplyAddress>${escapeText(at)}</ReplyAddress>`
  const response = await fetch(`${address}/cim`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/xml', 'X-API-Key': 'key-of-cs' },
    body: groupXml(newGroup()).replace('<MessageID>', `${asked}<MessageID>`),
  })
  return response.text()
}
