// What is refused as a whole, and what could not be judged: reply code, status, and nothing of the inside.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Finding } from '../envelope/finding.ts'
import { LIMITS } from '../envelope/limits.ts'
import { member, readJson } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { group, message, payload } from './messages.fixture.ts'
import type { Validate } from './ports.ts'
import { UNREAD, errorsOf, refusalOf } from './refusals.ts'
import type { RouteAnswer } from './routes.ts'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'

const test = suite('refusals')

const limits = { ...LIMITS, bodyBytes: 3_000, depth: 8, attributes: 8, nodes: 100 }
const logged: Readonly<Record<string, unknown>>[] = []
const log = {
  info: () => undefined,
  warn: () => undefined,
  error: (it: Readonly<Record<string, unknown>>) => void logged.push(it),
}
const INSIDE = 'Maximum call stack size exceeded'
const failing = { now: false }
const gateway = await openFixture({ limits, log, validate: failingJudge })

test.before.each(() => gateway.forgetObjects())
test.after(() => gateway.close())

function finding(rule: string, layer: Finding['layer']): Finding {
  return {
    layer,
    rule,
    severity: 'error',
    clause: '',
    path: '',
    line: 0,
    column: 0,
    expected: '',
    found: INSIDE,
    message: INSIDE,
    mend: '',
  }
}

function failingJudge({ judge, judgeShipped }: Validate): Validate {
  const findings = [finding('ENGINE', 'payload-xsd')]
  return {
    judgeShipped,
    judge: async (bytes, how) => {
      const validated = await judge(bytes, how)
      const { json: _json, ...rest } = validated
      return failing.now ? { ...rest, verdict: 'engine-error', findings } : validated
    },
  }
}

const problem = ({ text }: RouteAnswer) => {
  const read = readJson(text)
  return 'value' in read ? read.value : null
}

/** [rule, error, reply code] */
const RULES: readonly (readonly [string, string, string])[] = [
  ...'SIZE DEPTH NODES ATTRIBUTES NAMESPACES NAME UNPACKED'
    .split(' ')
    .map((it) => [`LIM-${it}`, 'too-large', '3.1'] as const),
  ['SEC-DOCTYPE', 'hostile-xml', '7.7'],
  ['SEC-ENCODING', 'hostile-xml', '7.7'],
]

for (const [rule, error, code] of RULES) {
  test(`${rule} is ${error}`, () => {
    const refused = { ...UNREAD, findings: [finding(rule, 'limits')] }
    assert.is(refusalOf(refused), error)
    assert.is(errorsOf(refused)[0]?.code, code)
  })
}

const many = (count: number) => Array.from({ length: count }, (_, at) => `d${at}`)

/** [what, XML, status, reply code] */
const DOCUMENTS: readonly (readonly [string, string, number, string])[] = [
  ['a document that is too long', `<a>${' '.repeat(4_000)}</a>`, 413, '3.1'],
  ['a document that is too deep', `${'<a>'.repeat(9)}${'</a>'.repeat(9)}`, 413, '3.1'],
  [
    'a message of too many elements',
    message({ verb: 'create' }, payload(group({ mRID: 'g', members: many(50) }))),
    413,
    '3.1',
  ],
  ['a document with a DOCTYPE', '<!DOCTYPE a><a/>', 400, '7.7'],
]

for (const [what, xml, status, code] of DOCUMENTS) {
  test(`/cim refuses ${what} with a fault`, async () => {
    const reply = await gateway.send(xml)
    assert.is(reply.rendered.status, status, reply.text)
    assert.is(reply.judged.root?.name, 'FaultMessage')
    assert.equal(reply.codes, [code])
  })

  test(`convert refuses ${what} with a problem`, async () => {
    const answer = await gateway.ask('POST', '/api/v1/convert', { body: xml })
    assert.is(answer.status, status, answer.text)
    assert.is(member(problem(answer), 'code'), code)
  })
}

const GROUPS = '/api/v1/der-groups'
const DERFunction = Object.fromEntries(DER_FUNCTIONS.map((it) => [it, false]))
const groupWith = (members: number, description = '') =>
  JSON.stringify({
    EndDeviceGroup: [
      { mRID: 'g', description, DERFunction, EndDevices: many(members).map((mRID) => ({ mRID })) },
    ],
  })

test('the façade refuses too many elements with 413', async () => {
  const answer = await gateway.ask('POST', GROUPS, { body: groupWith(50) })
  assert.is(answer.status, 413, answer.text)
  assert.equal(
    ['code', 'whose', 'rule'].map((it) => member(problem(answer), it)),
    ['3.1', 'sender', 'LIM-NODES'],
  )
})

test('the façade takes JSON within the limit, however long its XML is', async () => {
  const answer = await gateway.ask('POST', GROUPS, { body: groupWith(2, '&'.repeat(2_000)) })
  assert.is(answer.status, 201, answer.text)
})

test('a judge that fails is our fault, and why stands in the log only', async () => {
  failing.now = true
  const [reply, answer, converted, judged] = [
    await gateway.send(message({ verb: 'create' }, payload(group({ mRID: 'g' })))),
    await gateway.ask('POST', GROUPS, { body: groupWith(0) }),
    await gateway.ask('POST', '/api/v1/convert', { body: '<a/>' }),
    await gateway.ask('POST', '/api/v1/validate', { body: '<a/>' }),
  ]
  failing.now = false
  for (const { text } of [reply, answer, converted, judged]) assert.not.match(text, INSIDE)
  assert.equal([reply.result, ...reply.codes], ['FAILED', '5.3'])
  for (const it of [answer, converted]) {
    assert.is(it.status, 500, it.text)
    assert.equal([member(problem(it), 'code'), member(problem(it), 'whose')], ['5.3', 'ours'])
  }
  assert.ok(logged.some((it) => JSON.stringify(it).includes(INSIDE)))
})

test.run()
