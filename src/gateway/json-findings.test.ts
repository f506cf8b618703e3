import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'
import { judgeForm } from './translate.ts'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'

const test = suite('json-findings')

const gateway = await openFixture()
test.after(() => gateway.close())

const FUNCTION = `"DERFunction": {${DER_FUNCTIONS.map((it) => `"${it}": false`).join(', ')}}`
const HEADER = '{ "Verb": "create", "Noun": "DERGroups", "MessageID": "1" }'
const message = (groups: string, header = HEADER) =>
  `{\n"header": ${header},\n"payload": { "DERGroups": { "EndDeviceGroup": [\n${groups}\n] } }\n}`

async function findings(body: string) {
  const bytes = new TextEncoder().encode(body)
  return (await judgeForm(bytes, 'json', gateway)).validated.findings
}

/** Rule, place and text at that place of every finding. */
async function told(body: string): Promise<readonly string[]> {
  return (await findings(body)).map(({ rule, line, column }) => {
    const there = body.split('\n')[line - 1]?.slice(column - 1) ?? ''
    return `${rule} ${line}:${column} ${/^(?:"[^"]*"|\w+|[{[])/.exec(there)?.[0]}`
  })
}

test('findings of the schema have their place in the JSON text', async () => {
  const body = message(`{ "mRID": "a",\n  ${FUNCTION.replace('false', '"x"')} }`)
  assert.equal(await told(body), ['cvc-datatype-valid.1.2.1 5:40 "x"'])
})

test('what is no XML and what the schema says of the rest are told together, in the order of the text', async () => {
  const body = message(`{ "mRID": "a" },\n{ "mRID": 7, ${FUNCTION} }`)
  assert.equal(await told(body), ['cvc-complex-type.2.4.b 4:1 {', 'JSON-TYPE 5:11 7'])
})

test('a wrong key does not also show as the missing one that was meant', async () => {
  const body = message(`{ "mRID": "a", ${FUNCTION.replace('DERFunction', 'DERFunktion')} }`)
  assert.equal(await told(body), ['JSON-KEY 4:16 "DERFunktion"'])
})

test('what was left out for an issue is not told as missing or empty', async () => {
  const wrong = FUNCTION.replace('false', 'null')
  assert.equal(await told(message(`{ "mRID": "a", ${wrong} }`)), ['JSON-NULL 4:53 null'])
  const list = FUNCTION.replace('{', '[{').replace('}', '}]')
  assert.equal(await told(message(`{ "mRID": "a", ${list} }`)), ['JSON-ARRAY 4:16 "DERFunction"'])
})

test('a message whose verb cannot be written is not judged by a guess', async () => {
  const header = '{ "Verb": null, "Noun": "DERGroups" }'
  assert.equal(await told(message('{ "mRID": "a" }', header)), ['JSON-NULL 2:21 null'])
})

test('says behind all others how many are left out', async () => {
  const wrong = Array.from({ length: 1_002 }, (_, at) => `"wrong${at}": 1`).join(', ')
  const rules = (await findings(message(`{ "mRID": "a", ${wrong}, ${FUNCTION} }`))).map(
    (it) => it.rule,
  )
  assert.equal([rules[0], rules.at(-1)], ['JSON-KEY', 'LIM-FINDINGS'])
})

test('says how to add a key, not an element', async () => {
  const [first] = await findings(message('{}'))
  assert.is(first?.mend, 'Add the key "DERFunction".')
})

test.run()
