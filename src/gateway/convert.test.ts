import { gunzipSync, gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member, readJson, sameJson } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { derGroups, group, message, part } from './messages.fixture.ts'

const test = suite('convert')

const gateway = await openFixture()
test.after(() => gateway.close())

async function convert(body: string, query: Readonly<Record<string, string>> = {}) {
  return gateway.ask('POST', '/api/v1/convert', { body, query })
}

function json(text: string): Json {
  const read = readJson(text)
  if ('fault' in read) throw new Error(`${read.fault.message}\n${text}`)
  return read.value
}

const CREATE = message(
  { verb: 'create' },
  `<Payload>${derGroups(group({ mRID: 'g', description: 'ä€😀' }))}<Format>XML</Format></Payload>`,
)
const CHANGE = message({ verb: 'change' }, `<Payload>${derGroups(part({ mRID: 'g' }))}</Payload>`)

test('compresses a payload and gives it back, byte for byte', async () => {
  const plain = await convert(CREATE, { to: 'json' })
  const packed = await convert(CREATE, { payload: 'compressed' })
  assert.match(packed.text, /<Payload><Compressed>H4sI[\w+/=]+<\/Compressed><Format>XML<\/Format>/)
  const back = await convert(packed.text, { payload: 'plain', to: 'json' })
  assert.ok(sameJson(json(back.text), json(plain.text)), back.text)
})

test('holds the payload as a document of its own', async () => {
  const { text } = await convert(CREATE, { payload: 'compressed', to: 'json' })
  const payload = member(json(text), 'payload')
  const inner = gunzipSync(Buffer.from(String(member(payload, 'Compressed')), 'base64')).toString()
  assert.match(inner, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<DERGroups xmlns="[^"]+#"><End/)
  assert.match(inner, /ä€😀/)
})

test('writes the variant of the verb into Compressed, and reads it back', async () => {
  const packed = await convert(CHANGE, { payload: 'compressed' })
  assert.is(packed.status, 200, packed.text)
  const back = await convert(packed.text, { payload: 'plain', to: 'xml' })
  assert.match(back.text, /<DERGroups xmlns="[^"]+"><EndDeviceGroup><mRID>g</)
})

test('keeps Compressed as it is where nothing else is asked for', async () => {
  const { text: packed } = await convert(CREATE, { payload: 'compressed' })
  const [there] = [await convert(packed)]
  assert.is((await convert(there.text)).text, packed)
  assert.is((await convert(packed, { payload: 'compressed' })).text, packed)
})

test('converts form and payload in one go', async () => {
  const typed = await convert(CREATE, { form: 'typed' })
  assert.match(typed.text, /<CreateDERGroups xmlns="http:\/\/iec.ch\/TC57\/2017\/DERGroupsMessage"/)
  const packed = await convert(typed.text, { form: 'generic', payload: 'compressed' })
  assert.match(packed.text, /<RequestMessage .*<Compressed>/s)
  const back = await convert(packed.text, { form: 'typed', payload: 'plain' })
  assert.is(back.text, typed.text)
})

test('answers in the notation that came, unless told otherwise', async () => {
  const asJson = await convert(CREATE)
  assert.match((await convert(asJson.text, { form: 'typed' })).text, /^\{\s*"message": "Create/)
  assert.match((await convert(asJson.text, { form: 'typed', to: 'xml' })).text, /^<\?xml/)
})

const whole = gzipSync(CREATE).toString('base64')
const set = `<OperationSet><Operation><operationId>1</operationId><noun>DERGroups</noun><verb>create</verb>${derGroups(group({}))}</Operation></OperationSet>`

const REFUSED: readonly (readonly [string, string, Readonly<Record<string, string>>, RegExp])[] = [
  [
    'a whole message inside the other',
    message({ verb: 'create' }, `<Payload><Compressed>${whole}</Compressed></Payload>`),
    { payload: 'plain' },
    /holds a whole message/,
  ],
  [
    'two objects in one Compressed',
    message(
      { verb: 'create' },
      `<Payload>${derGroups(group({}))}${derGroups(group({}))}</Payload>`,
    ),
    { payload: 'compressed' },
    /one document, and this payload is 2/,
  ],
  [
    'an OperationSet in Compressed',
    message({ verb: 'execute', noun: 'OperationSet' }, `<Payload>${set}</Payload>`),
    { payload: 'compressed' },
    /OperationSet is no root/,
  ],
  [
    'Compressed in a typed message',
    CREATE,
    { form: 'typed', payload: 'compressed' },
    /in the open/,
  ],
  [
    'a typed fault that names no noun',
    '<FaultMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Reply><Result>FAILED</Result><Error><code>1.8</code></Error></Reply></FaultMessage>',
    { form: 'typed' },
    /does not name one/,
  ],
  ['an unknown form', CREATE, { form: 'x' }, /form=x is not possible.*Write form=generic or/],
  ['an unknown payload', CREATE, { payload: 'zip' }, /Write payload=plain or payload=compressed/],
  ['a dialect with a form', CREATE, { form: 'typed', dialect: 'example' }, /about CIM messages/],
]

for (const [what, body, query, reason] of REFUSED)
  test(`refuses ${what}`, async () => {
    const answer = await convert(body, query)
    assert.is(answer.status, 400, answer.text)
    assert.match(answer.text, reason)
  })

test('titles what has no counterpart by that, and what is wrong by what is wrong', async () => {
  const title = async (body: string) => {
    const { text } = await convert(body, { form: 'typed' })
    return (JSON.parse(text) as { readonly title: string }).title
  }
  const two = `<Payload>${derGroups(group({}))}${derGroups(group({}))}</Payload>`
  assert.match(await title(message({ verb: 'create' }, two)), /no counterpart/)
  assert.match(await title(message({ verb: 'create' }, '<Payload/>')), /does not follow its schema/)
})

test('does not unpack what is not XML: nobody has looked for a bomb in it', async () => {
  const bomb = gzipSync(Buffer.alloc(20_000_000)).toString('base64')
  const body = message(
    { verb: 'create' },
    `<Payload><Compressed>${bomb}</Compressed><Format>BINARY</Format></Payload>`,
  )
  const same = await convert(body, { payload: 'plain', to: 'xml' })
  assert.ok(same.text.includes(bomb))
  const reply = await gateway.send(body)
  assert.is(reply.result, 'FAILED', reply.text)
})

test.run()
