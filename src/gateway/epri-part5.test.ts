// EPRI's cases of IEC 61968-5 (script 3002014703): XML in, reply judged, state asked for, events counted.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { groupsIn, listOf, textsOf } from './epri-case.fixture.ts'
import type { Case } from './epri-case.fixture.ts'
import { CASES } from './epri-part5.fixture.ts'
import { openFixture } from './gateway.fixture.ts'
import type { Fixture } from './gateway.fixture.ts'
import { message } from './messages.fixture.ts'

const test = suite('epri part 5')

const opened: Record<'partial' | 'failed', Promise<Fixture>> = {
  partial: openFixture(),
  failed: openFixture({ mixedBatch: 'failed' }),
}

for (const [title, it] of Object.entries(CASES))
  if (/^DERG-1[a-e] /.test(title)) test(`GF-04/AC1: ${title}`, () => played(it))
  else test(title, () => played(it))

async function played(it: Case): Promise<void> {
  const fixture = await opened[it.mixedBatch ?? 'partial']
  await fixture.forgetObjects()
  for (const xml of it.before ?? []) assert.is((await fixture.send(fresh(xml))).result, 'OK')
  const known = (await fixture.events()).length
  const reply = await fixture.send(fresh(it.send))
  assert.is(reply.judged.verdict, 'valid', reply.text)
  assert.is(reply.rendered.status, 200)
  assert.is(reply.result, it.result, reply.text)
  assert.equal(reply.codes, it.codes ?? [])
  assert.equal(failedIds(reply.json), it.failedIds ?? [])
  const events = (await fixture.events()).slice(known)
  assert.equal(
    events.map((one) => one.verb),
    it.events,
  )
  if (it.state !== 'assigned') assert.equal(await stateOf(fixture), it.state)
  await it.also?.(reply, fixture)
}

test.after(async () => {
  for (const fixture of Object.values(opened)) await (await fixture).close()
})

let sent = 0

/** The same message under ids of its own, as no id is ever used twice. */
function fresh(xml: string): string {
  sent += 1
  return xml.replace(/m-\d+/g, `sent-${sent}`)
}

async function stateOf({ send }: Fixture): Promise<Readonly<Record<string, readonly Json[]>>> {
  const { json } = await send(message({ verb: 'get' }, ''))
  return Object.fromEntries(
    groupsIn(json).map((it) => [
      String(it['mRID']),
      listOf(it, 'EndDevices').map((one) => member(one, 'mRID') ?? ''),
    ]),
  )
}

function failedIds(json: JsonObject): readonly string[] {
  return listOf(member(json, 'reply'), 'Error').flatMap((it) =>
    textsOf({ ID: [it['ID'] ?? null] }, 'ID'),
  )
}

test.run()
