// Each known issue and each hazard is shown: the reference peer keeps to the case, and what is broken in it is found there under
// the requirement. The README tells of the same ones.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from './ground.fixture.ts'
import { HAZARDS, hazardTable } from './hazards.ts'
import type { Shown } from './hazards.ts'
import { BROKEN_PEERS } from './peers/broken/broken.ts'
import type { Peer } from './peers/peer.ts'
import { PROGRAMS } from './peers/programs.ts'
import { clientRows } from './selftest/clients.ts'
import { foundIn } from './selftest/messages.ts'
import { played } from './selftest/playing.ts'

const test = suite('conformance: hazards')
const ground = await openGround()
test.after(() => ground.close())

/** What is found in the reference peer, case by case: most are asked for more than once. */
const whole = new Map<string, Promise<readonly string[]>>()
const inReference = (id: string) => {
  const known = whole.get(id) ?? findings(PROGRAMS, id)
  whole.set(id, known)
  return known
}

const findings = async (peer: Peer, only: string) =>
  foundIn((await played(peer, ground, { only: [only] })).results)

/** What is found in the one that is broken, and in the one that is not. */
async function shownBy({ case: id, broken }: Shown) {
  const peer = BROKEN_PEERS.find((it) => it.id === broken && it.role === PROGRAMS.role)
  if (peer !== undefined)
    return [await findings(peer.of(PROGRAMS), id), await inReference(id)] as const
  const own = clientRows(ground).filter((it) => it.id.startsWith(`${id}: `))
  const wrong = own.find((it) => it.id === `${id}: a client that ${broken}`)
  const right = own.filter((it) => it.kind === 'no-op').flatMap((it) => it.found)
  return [wrong?.found ?? [`nothing is called so: ${broken}`], right] as const
}

for (const { id, about, shown } of HAZARDS)
  test(`${id}: ${about}`, async () => {
    for (const it of shown) {
      const [broken, right] = await shownBy(it)
      assert.ok(broken.includes(it.requirement), `${it.case}, ${it.broken}: ${broken.join(', ')}`)
      assert.equal(right, [], it.case)
    }
  })

test('the README has each of them', () => {
  const readme = readFileSync(new URL('../../conformance/README.md', import.meta.url), 'utf8')
  // However wide its columns are made.
  const plain = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---')
  const made = hazardTable()
  assert.ok(plain(readme).includes(plain(made)), `put this into conformance/README.md:\n${made}`)
})

test.run()
