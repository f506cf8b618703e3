import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Layer } from '../../envelope/finding.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { MESSAGE_NS, SOAP_NS } from '../../envelope/namespaces.ts'
import { judgeBoth } from './judge.fixture.ts'
import type { JudgeOptions } from './judgement.ts'
import { validatorsOf } from './validators.ts'
import type { Validators } from './validators.ts'
import {
  GROUPS_NS,
  HEADER,
  XSI,
  compressed,
  encoded,
  group,
  groups,
  request,
  sample,
  schemasIn,
} from './xml-in.fixture.ts'

const test = suite('judge')
const schemas = await schemasIn()
const validators = validatorsOf(schemas)
test.after(() => validators.dispose())

const judged = (
  text: string | Uint8Array,
  options: JudgeOptions = {},
  by: Validators = validators,
) => judgeBoth(typeof text === 'string' ? Buffer.from(text) : text, schemas, by, options)
const told = (text: string | Uint8Array, options: JudgeOptions = {}) => {
  const { verdict, findings } = judged(text, options)
  return [verdict, ...findings.map((it) => `${it.layer} ${it.rule}`)]
}

const BAD_PAYLOAD = request(groups(group().replace('true', 'yes')))
const BAD_ENVELOPE = request(groups(), HEADER.replace('<m:Noun>', '<m:Foo/><m:Noun>'))
const WWW = 'http://www.iec.ch/TC57/2011/schema/message'
const ALIASES = { namespaces: { [WWW]: MESSAGE_NS } }

test('tells the namespace of a payload that has none, wherever the payload stands', () => {
  const bare = groups().replaceAll('g:', '').replace(` xmlns:g="${GROUPS_NS}"`, '')
  const mend = `Write xmlns="${GROUPS_NS}" on DERGroups.`
  for (const it of [
    bare,
    request(bare),
    request(compressed(bare)),
    request(compressed(request(bare))),
  ])
    assert.ok(
      judged(it).findings.some((one) => one.mend === mend),
      it,
    )
  const [wrong] = judged(bare.replace('<DERGroups', '<DERGroups xmlns="urn:x"')).findings
  assert.is(wrong?.mend, `Did you mean ${GROUPS_NS}? Else import its schema.`)
})

test('finds a right message valid, and says what it is', () => {
  const { findings, schema, ...facts } = judged(request())
  assert.equal(findings, [])
  assert.match(schema ?? '', /DERGroups\.xsd$/)
  assert.equal(facts, {
    verdict: 'valid',
    noun: 'DERGroups',
    verb: 'create',
    root: { name: 'RequestMessage', ns: MESSAGE_NS },
    messageID: '6c0e0000-0000-4000-8000-000000000001',
    correlationID: '6c0e0000-0000-4000-8000-000000000001',
    soap: null,
  })
})

const VERDICTS: readonly (readonly [
  what: string,
  text: string | Uint8Array,
  told: readonly string[],
])[] = [
  ['a bare payload', groups(), ['valid']],
  ['a wrong payload', BAD_PAYLOAD, ['invalid', 'payload-xsd cvc-datatype-valid.1.2.1']],
  ['a wrong envelope', BAD_ENVELOPE, ['invalid', 'envelope-xsd cvc-complex-type.2.4.a']],
  [
    'a message without MessageID',
    request(groups(), HEADER.replace(/<m:MessageID>.*?<\/m:MessageID>/, '')),
    ['invalid', 'envelope-rule HDR-01'],
  ],
  ['nothing', '', ['not-well-formed', 'wellformed WF-01']],
  ['a DOCTYPE', '<!DOCTYPE a><a/>', ['refused', 'limits SEC-DOCTYPE']],
  ['too many levels', `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`, ['refused', 'limits LIM-DEPTH']],
  [
    'more levels than the engine takes',
    `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`,
    ['refused', 'limits LIM-DEPTH'],
  ],
  [
    'a longer name than the engine takes',
    `<${'a'.repeat(10_000_001)}/>`,
    ['refused', 'limits LIM-NAME'],
  ],
  ['a root that nobody knows', '<a/>', ['no-schema', 'payload-xsd cvc-elt.1']],
  [
    'a typed root that nobody knows',
    '<FooFaultMessage xmlns="http://x/FooMessage"/>',
    ['no-schema', 'envelope-xsd cvc-elt.1'],
  ],
  [
    'a bomb in Compressed',
    request(compressed(Buffer.alloc(1e6))),
    ['refused', 'limits LIM-UNPACKED'],
  ],
  [
    'a DOCTYPE in Compressed',
    request(compressed('<!DOCTYPE a><a/>')),
    ['refused', 'limits SEC-DOCTYPE'],
  ],
  ['malformed XML in Compressed', request(compressed('<a>')), ['invalid', 'wellformed WF-01']],
  [
    'a payload that nobody knows',
    request('<x:a xmlns:x="urn:x"/>'),
    ['invalid', 'envelope-rule NOU-01', 'envelope-rule PAY-03'],
  ],
]

for (const [what, text, expected] of VERDICTS)
  test(`tells of ${what}: ${expected.join(', ')}`, () => {
    assert.equal(told(text), expected)
  })

test('judges the message in SOAP, and never the wrapper', () => {
  for (const version of ['1.1', '1.2'] as const) {
    const soap = (body: string) =>
      `<s:Envelope xmlns:s="${SOAP_NS[version]}"><s:Header><any/></s:Header><s:Body>${body}</s:Body></s:Envelope>`
    const judgement = judged(soap(request()), { json: true })
    assert.is(judgement.verdict, 'valid')
    assert.is(judgement.soap, version)
    assert.is(judgement.json?.['message'], 'RequestMessage')
    assert.equal(told(soap(groups(''))), ['invalid', 'payload-xsd cvc-complex-type.2.4.b'])
    assert.is(judged(soap('<a/>')).soap, version)
    const empty = judged(soap(''))
    assert.equal([empty.verdict, empty.soap, empty.root], ['no-schema', version, null])
  }
})

const BOTH_WRONG = BAD_PAYLOAD.replace('<m:Noun>', '<m:Foo/><m:Noun>').replace(
  /<m:MessageID>.*?<\/m:MessageID>/,
  '',
)
const ONLY: readonly (readonly [only: readonly Layer[], layers: readonly string[]])[] = [
  [['envelope-xsd'], ['envelope-xsd']],
  [['payload-xsd'], ['payload-xsd']],
  [['envelope-rule'], ['envelope-rule']],
  [
    ['wellformed', 'envelope-xsd', 'payload-xsd'],
    ['envelope-xsd', 'payload-xsd'],
  ],
  [['business'], []],
]

for (const [only, layers] of ONLY)
  test(`judges only ${only.join()} when asked to`, () => {
    const found = judged(BOTH_WRONG, { only }).findings.map((it) => it.layer)
    assert.equal([...new Set(found)], layers)
  })

test('tells the payload of a typed message from its envelope', () => {
  const typed = sample('der-group-form/typed-request.xml').toString()
  assert.equal(told(typed), ['valid'])
  const wrong = typed.replace('>true<', '>x<')
  assert.equal(told(wrong, { only: ['payload-xsd'] }).slice(1), [
    'payload-xsd cvc-datatype-valid.1.2.1',
  ])
  assert.equal(told(wrong, { only: ['envelope-xsd'] }), ['valid'])
})

test('keeps limits and malformed text whatever is asked for', () => {
  const only: readonly Layer[] = ['envelope-rule']
  assert.is(judged('<a', { only }).verdict, 'not-well-formed')
  assert.is(judged('<!DOCTYPE a><a/>', { only }).verdict, 'refused')
  assert.is(judged(request(compressed(Buffer.alloc(1e6))), { only }).verdict, 'refused')
  assert.is(judged('<a/>', { only }).verdict, 'no-schema')
})

test('never takes a failed engine for a verdict, and reports it whatever is asked for', () => {
  const failing: Validators = {
    isUsable: () => false,
    of: () => ({ failure: 'it broke' }),
    dispose: () => undefined,
  }
  for (const only of [undefined, ['payload-xsd']] as const) {
    const judgement = judged(request(), only === undefined ? {} : { only }, failing)
    assert.is(judgement.verdict, 'engine-error')
    assert.equal(judgement.findings.at(-1)?.rule, 'SCHEMA')
    assert.match(judgement.findings.at(-1)?.message ?? '', 'it broke')
  }
  assert.is(judged(request(compressed(groups())), {}, failing).verdict, 'engine-error')
  const throwing: Validators = {
    ...failing,
    of: () => {
      throw new RangeError('too deep')
    },
  }
  assert.is(judged(request(), {}, throwing).verdict, 'engine-error')
})

test('reads by aliases, tells so, and keeps the places of the original', () => {
  const original = `\n\n${BAD_PAYLOAD.replaceAll(MESSAGE_NS, WWW)}`
  assert.equal(told(original)[0], 'no-schema')
  const { verdict, findings } = judged(original, { aliases: ALIASES })
  assert.is(verdict, 'invalid')
  assert.equal(
    findings.map((it) => it.rule),
    ['ENV-ALIAS', 'cvc-datatype-valid.1.2.1'],
  )
  assert.is(findings[1]?.line, 3)
  const utf16 = encoded(original.trim(), 'utf-16be+bom')
  assert.is(judged(utf16, { aliases: ALIASES }).findings[1]?.column, findings[1]?.column)
})

test('raises warnings when strict, and lowers what is tolerated', () => {
  const unknown = request(compressed('<a/>'))
  assert.is(judged(unknown).verdict, 'valid')
  assert.is(judged(unknown, { strict: true }).verdict, 'invalid')
  const silent = request(groups(), HEADER.replace(/<m:MessageID>.*?<\/m:MessageID>/, ''))
  assert.is(judged(silent, { tolerate: ['HDR-01'] }).verdict, 'valid')
})

test('takes other limits', () => {
  assert.is(judged(request(), { limits: { ...LIMITS, depth: 3 } }).verdict, 'refused')
})

test('gives CIM-JSON only where the XSD layers hold', () => {
  assert.ok(judged(request(), { json: true }).json)
  assert.ok(judged(request().replace(/<m:MessageID>.*?<\/m:MessageID>/, ''), { json: true }).json)
  assert.is(judged(BAD_PAYLOAD, { json: true }).json, undefined)
  assert.is(judged('<a/>', { json: true }).json, undefined)
  assert.is(judged(request()).json, undefined)
})

const HINTS = [
  '/schema/0.xsd',
  '/0/part5/DERGroups.xsd',
  'http://127.0.0.1:9/x.xsd',
  'file:///etc/passwd',
]

for (const location of HINTS)
  test(`is not led by a schema location of ${location}`, () => {
    const hint = ` ${XSI} xsi:schemaLocation="urn:x ${location} ${MESSAGE_NS} ${location}" xsi:noNamespaceSchemaLocation="${location}"`
    const extension = '<x:a xmlns:x="urn:x"/>'
    assert.equal(told(request(groups(group(), hint), HEADER + extension, hint)), ['valid'])
    assert.equal(told(request()), ['valid'])
    assert.equal(told(BAD_PAYLOAD), ['invalid', 'payload-xsd cvc-datatype-valid.1.2.1'])
  })

test('a decimal of megabytes is a finding, and no failure of the engine', () => {
  const digits = group().replace(
    /<g:mRID>/,
    '<g:version><g:major>' + '1'.repeat(5_000_000) + '</g:major></g:version>$&',
  )
  const { verdict, findings } = judged(request(groups(digits)))
  assert.is(verdict, 'invalid')
  assert.ok(findings.some((it) => it.layer === 'payload-xsd'))
})

test('does not let xsi:type swap a type', () => {
  const swapped = group().replace('<g:mRID>', `<g:mRID ${XSI} xsi:type="g:Version">`)
  assert.is(judged(request(groups(swapped))).verdict, 'invalid')
})

test('reports a thousand findings, and that there are more', () => {
  const { findings } = judged(request(groups('<g:EndDeviceGroup/>'.repeat(1500))))
  assert.is(findings.length, 1001)
  assert.is(findings.at(-1)?.rule, 'LIM-FINDINGS')
  assert.match(findings.at(-1)?.message ?? '', 'At least 1 more')
})

test('quotes no more than a thousand characters', () => {
  const { findings } = judged(
    request(groups(), HEADER.replace('>DERGroups<', `>${'x'.repeat(1e6)}<`)),
  )
  for (const it of findings)
    assert.ok(it.message.length <= 1001 && it.found.length <= 1001, it.rule)
})

test.run()
