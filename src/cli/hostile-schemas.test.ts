// A folder full of schemas that are broken or made to do harm, and a good one among them: what works with the model
// alone, on the thread that serves everybody, ends with a result or with the one error that names the schema's fault.
// What the XSD engine makes of such schemas is in shell/xml-in/foreign.test.ts.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CimError } from '../envelope/errors.ts'
import { openCimgate } from '../main/library.ts'
import { GOOD_SCHEMA, HOSTILE } from './hostile-schemas.fixture.ts'
import { cimgate as run, subfolder } from './process.fixture.ts'

const test = suite('hostile schemas')

const cases = Object.entries(HOSTILE).map(([name, { text, fate }], at) => {
  const own = text
    .replaceAll('Bad.xsd', `${at}.xsd`)
    .replaceAll('Bad"', `Bad${at}"`)
    .replaceAll('urn:bad', `urn:bad:${at}`)
  return { name, fate, own, noun: `Bad${at}`, ns: `urn:bad:${at}`, path: `${at}.xsd` }
})

const folder = subfolder('hostile', {
  'Good.xsd': GOOD_SCHEMA,
  ...Object.fromEntries(cases.map(({ path, own }) => [path, own])),
})
const cimgate = await openCimgate({ xsd: [folder] })
test.after(() => cimgate.close())

/** What it gives, or the code of the error that it throws on purpose. */
async function outcome(run: () => unknown): Promise<string> {
  try {
    return (await run()) === undefined ? 'nothing' : 'done'
  } catch (error) {
    if (error instanceof CimError) return error.code
    throw error
  }
}

for (const { name, fate, noun, ns } of cases)
  test(`${name}: ${fate}, and nothing else is disturbed`, async () => {
    const isThere = cimgate.nouns.some((it) => it.noun === noun)
    assert.is(isThere, fate !== 'left out')
    const json = JSON.stringify({ [noun]: { '@xmlns': ns, $: 'a'.repeat(50) } })
    const outcomes = [
      await outcome(() => cimgate.sample(noun)),
      await outcome(() => cimgate.sample(noun, { seed: 3 })),
      await outcome(() => cimgate.jsonSchema(noun)),
      fate === 'used' ? 'done' : await outcome(() => cimgate.convert(Buffer.from(json))),
    ]
    const may = isThere ? ['done', 'unusable-schema'] : ['nothing', 'done']
    for (const it of outcomes) assert.ok(may.includes(it), `${outcomes}`)
    if (fate === 'used') assert.equal(outcomes.slice(0, 3), ['done', 'done', 'done'])
    assert.is(await outcome(() => cimgate.sample('Good')), 'done')
  })

const REFUSED: Readonly<Record<string, RegExp>> = {
  'an entity of another file': /entity a is another file, and none is read/,
  'entities in entities': /entity a8 is more than plain text/,
  'an include by http': /Nothing is fetched from elsewhere/,
  'an include out of the folder': /Nothing is fetched from elsewhere/,
  'a type that nobody has': /Nope/,
  'an ambiguous content model': /does not compile: \S+\.xsd:\d+:\d+: .*not determinist/,
  'groups that double forty times': /g24 has more than 100000 particles/,
}

for (const [name, says] of Object.entries(REFUSED))
  test(`import of ${name}: refused, and nothing is kept`, async () => {
    const at = name.replaceAll(' ', '-')
    const set = subfolder(at, { 'Bad.xsd': HOSTILE[name]?.text ?? '' })
    const data = join(subfolder(`${at}-data`), 'data')
    const { code, out } = await run('schemas', 'import', set, '--data', data, '--as', 'bad@2026')
    assert.is(code, 1, out)
    assert.match(out, says)
    assert.not.ok(existsSync(data))
  })

test('what is good among them is judged', async () => {
  const { verdict } = await cimgate.validate(Buffer.from('<Good xmlns="urn:good">1</Good>'))
  assert.is(verdict, 'valid')
})

test.run()
