// Whatever is wrong with a body, of whatever noun, is told in JSON and at a place in the text that was sent.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { randomOf } from '../../schema/random.ts'
import { sampleMessage } from '../../schema/sample/sample.ts'
import { openFixture } from '../gateway.fixture.ts'
import { resourceOf } from '../nouns.ts'
import { findingsIn, textAt, valueAt } from '../told.fixture.ts'
import type { Told } from '../told.fixture.ts'

const test = suite('facade-findings of nouns')

const gateway = await openFixture()
test.after(() => gateway.close())

const { schemas } = gateway

/** One thing in a body made wrong, with the pointer to it. */
interface Wrong {
  readonly body: Json
  readonly pointer: string
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

/** Every way to spoil one value of a body: without, with too much, of the wrong kind. */
function* spoilt(value: Json, put: (it: Json) => Json, pointer = ''): Generator<Wrong> {
  if (Array.isArray(value)) {
    yield { body: put({ notAnArray: true }), pointer }
    for (const [at, it] of (value as readonly Json[]).entries())
      yield* spoilt(it, (by) => put(value.with(at, by)), `${pointer}/${at}`)
    return
  }
  if (!isObject(value)) {
    for (const by of [null, { a: 1 }, [value], true, 1e9, 'not what is due'])
      yield { body: put(by), pointer }
    return
  }
  yield { body: put({ ...value, notInTheSchema: 1 }), pointer: `${pointer}/notInTheSchema` }
  yield { body: put({ ...value, '@notInTheSchema': '1' }), pointer: `${pointer}/@notInTheSchema` }
  for (const [key, it] of Object.entries(value)) {
    const { [key]: _gone, ...rest } = value
    yield { body: put(rest), pointer }
    yield* spoilt(it, (by) => put({ ...value, [key]: by }), `${pointer}/${escaped(key)}`)
  }
}

/** Words of XML that nobody who sends JSON has written. */
const MARKUP =
  /[<>]|xmlns=|="|(?<!@)xsi:|RequestMessage|Payload|as the first child|before .* or move/

const SEED = 7
const NOUNS = [...new Set(schemas.catalogue.nouns.map((it) => it.noun))].filter(
  (it) => schemas.catalogue.queried(it) === undefined,
)

for (const noun of NOUNS)
  test(`tells in JSON, and where, whatever is wrong with ${noun} (seed ${SEED})`, async () => {
    const message = sampleMessage(schemas, noun, { verb: 'create', seed: SEED, full: true })
    const content = member(member(message, 'payload'), noun) as JsonObject
    const all = [...spoilt(content, (it) => it)]
    const chosen = randomOf(SEED, noun).shuffled(all).slice(0, 25)
    let told = 0
    for (const { body, pointer } of chosen) {
      const text = JSON.stringify(body, null, 2)
      const answer = await gateway.ask('POST', `/api/v1/${resourceOf(noun)}`, { body: text })
      // What the schema allows, a rule of business may not.
      if (answer.status < 300 || [409, 422].includes(answer.status)) continue
      assert.is(answer.status, 400, answer.text)
      // What business refuses it refuses as a whole.
      const placed = findingsIn(answer).filter(({ layer }) => layer !== 'business')
      for (const it of placed) assertReadable(it, body, text, pointer)
      told += findingsIn(answer).length
    }
    assert.ok(told > 0)
  })

function assertReadable(it: Told, body: Json, text: string, pointer: string): void {
  const said = JSON.stringify(it)
  assert.ok(valueAt(body, it.path) !== undefined, `nothing is at ${said}`)
  const near = `${pointer}/`.startsWith(`${it.path}/`) || it.path.startsWith(`${pointer}/`)
  assert.ok(near, `${said}\nfor ${pointer}`)
  const key = it.path.split('/').at(-1) ?? ''
  const there = textAt(text, it)
  assert.ok(there.startsWith(`"${key}"`) || /^(?:[{["\-\d]|true|false|null)/.test(there), said)
  // An extension is markup: only there it is what was expected.
  const expected = /^one element as text/.test(it.expected) ? '' : it.expected
  for (const words of [it.message, expected, it.mend]) assert.not.match(words, MARKUP, said)
  assert.ok(it.message !== '' && it.mend !== '', said)
}

test.run()
