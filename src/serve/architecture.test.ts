// The reference architectures of figures 3-1 and 3-2, once for each shipped preset: a gateway started with it, fake systems
// in the place of all its parties, and every message of every row over real sockets.

import type { JsonObject } from '../schema/json-text.ts'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { GROUP_NAME, IDS, group } from './architecture-messages.fixture.ts'
import { ROWS, rowsOf } from './architecture-rows.fixture.ts'
import type { RowMessage } from './architecture-rows.fixture.ts'
import { openArchitecture } from './architecture.fixture.ts'
import type { Architecture } from './architecture.fixture.ts'
import { PRESETS, ROLES } from './flows.fixture.ts'
import type { Preset } from './flows.fixture.ts'
import { until } from './scene.fixture.ts'

const test = suite('serve: reference architectures')

const opened = new Map<Preset, Architecture>()
test.after(async () => {
  for (const it of opened.values()) await it.close()
})

async function at(preset: Preset): Promise<Architecture> {
  const known = opened.get(preset) ?? (await openArchitecture(preset))
  opened.set(preset, known)
  return known
}

const isRole = (role: string): role is 'derms' | 'derms-cs' =>
  role === 'derms' || role === 'derms-cs'

function partyOf(preset: Preset, role: string): string {
  return isRole(role) ? ROLES[preset][role] : role
}

const idOf = ({ row: [owned, third] }: RowMessage, preset: Preset) =>
  preset === 'third-party' ? third : owned

/** Until what was only acknowledged has been answered, and is on our record. */
async function settled(preset: Preset): Promise<void> {
  const { ask } = await at(preset)
  await until(async () => {
    const { json, text } = await ask('operator', 'GET', '/api/v1/messages?state=ACCEPTED')
    assert.ok(Array.isArray(json['messages']), text)
    return json['messages'].length === 0
  })
}

test('every row of both figures is played in each deployment that has it', () => {
  const due = {
    owned: ['A', 'Aa', 'B', 'Ba', 'C', 'D', 'E', 'F', 'G', 'H'].map((it) => `F31-${it}`),
    third: ['A', 'Aa', 'B', 'Ba', 'C', 'Ca', 'D', 'E', 'F', 'G', 'H', 'I'].map((it) => `F32-${it}`),
  }
  for (const preset of PRESETS) {
    const played = new Set(rowsOf(preset).map((it) => idOf(it, preset)))
    for (const id of preset === 'third-party' ? due.third : due.owned)
      assert.ok(played.has(id), `${preset}: ${id}`)
  }
  assert.ok(ROWS.length > 20)
})

for (const preset of PRESETS)
  for (const it of rowsOf(preset)) {
    const from = partyOf(preset, it.from)
    const to = it.to.map((role) => partyOf(preset, role))
    test(`${idOf(it, preset)}: ${preset}: ${it.verb} ${it.noun} from ${from} to ${to.join(', ')}`, async () => {
      const { tell, sentTo, heard } = await at(preset)
      const before = heard.length
      const said = await tell(from, it.verb, it.noun, it.root)
      assert.is(said.status, 200, said.text)
      assert.match(said.text, /"Result":"OK"/, said.text)
      const own = (one: string) =>
        sentTo(one, it.noun, it.verb).filter((got) => heard.indexOf(got) >= before)
      await until(() => to.every((one) => own(one).length > 0))
      for (const one of to) {
        const [got, ...more] = own(one)
        assert.equal(more, [], `${one} hears it once`)
        for (const text of it.sees) assert.match(got?.body ?? '', text, `${one} sees ${text}`)
        for (const text of it.hides ?? [])
          assert.not.match(got?.body ?? '', text, `${one} does not see ${text}`)
      }
      await settled(preset)
      assert.equal(own('dso-derms:south'), [], 'the other area hears nothing of it')
    })
  }

/** What comes of a group without members; of no member there is no area that it could go to. */
const EMPTY: Readonly<Record<Preset, RegExp>> = {
  centralized: /"code":"6\.1".*GRP-EMPTY/,
  distributed: /"code":"5\.2".*NO-ROUTE/,
  'third-party': /"Result":"OK"/,
}

for (const preset of PRESETS)
  test(`GF-04/AC4: ${preset}: a group without members ${preset === 'third-party' ? 'goes to who picks them' : 'goes nowhere'}`, async () => {
    const { tell, sentTo } = await at(preset)
    const mRID = `empty-${preset}`
    const written = JSON.stringify(group([]))
      .replaceAll(GROUP_NAME, mRID)
      .replaceAll(IDS.group, mRID)
    const root = JSON.parse(written) as JsonObject
    const { text } = await tell('dso-dms', 'create', 'DERGroups', root)
    assert.match(text, EMPTY[preset])
    await settled(preset)
    const sent = sentTo(partyOf(preset, 'derms'), 'DERGroups', 'create')
    assert.is(sent.filter((it) => it.body.includes(mRID)).length, preset === 'third-party' ? 1 : 0)
  })

test.run()
