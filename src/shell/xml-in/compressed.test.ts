import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { gzipSync } from 'node:zlib'
import { readEnvelope } from '../../envelope/envelope.ts'
import { LIMITS } from '../../envelope/limits.ts'
import { compressedFindings } from './compressed.ts'
import { validatorsOf } from './validators.ts'
import { compressed, encoded, group, groups, opened, request, schemasIn } from './xml-in.fixture.ts'

const test = suite('compressed')
const schemas = await schemasIn()
const validators = validatorsOf(schemas)
test.after(() => validators.dispose())

function found(payload: string, validate = true, officialOnly = false) {
  const document = opened(request(payload))
  const context = { schemas, validators, limits: LIMITS, validate, officialOnly }
  const drafts = compressedFindings(readEnvelope(document.root), context)
  document.dispose()
  return drafts
}
const told = (payload: string) => found(payload).map((it) => `${it.layer} ${it.rule}`)

const TOLD: readonly (readonly [what: string, payload: string, findings: readonly string[]])[] = [
  ['a message without Compressed', groups(), []],
  ['a valid payload', compressed(groups()), []],
  ['a valid payload in UTF-16', compressed(encoded(groups(), 'utf-16le+bom')), []],
  ['a valid message', compressed(request()), []],
  ['base64 without gzip', compressed(groups(), false), []],
  ['another format', `${compressed('%PDF')}<m:Format>PDF</m:Format>`, []],
  [
    'an invalid payload',
    compressed(groups(group().replace('true', 'x'))),
    ['payload-xsd cvc-datatype-valid.1.2.1'],
  ],
  [
    'an invalid payload in a message',
    compressed(request(groups(''))),
    ['payload-xsd cvc-complex-type.2.4.b'],
  ],
  [
    'an invalid envelope',
    compressed(request().replace('create', 'x')),
    ['payload-xsd cvc-enumeration-valid'],
  ],
  ['a root that nobody knows', compressed('<a/>'), ['envelope-rule PAY-03']],
  ['a DOCTYPE', compressed(`<!DOCTYPE a>${groups()}`), ['limits SEC-DOCTYPE']],
  [
    'an encoding that is not read',
    compressed('<?xml version="1.0" encoding="UTF-7"?><a/>'),
    ['limits SEC-ENCODING'],
  ],
  ['too many levels', compressed(`${'<a>'.repeat(65)}${'</a>'.repeat(65)}`), ['limits LIM-DEPTH']],
  ['a bomb', compressed(Buffer.alloc(1e6)), ['limits LIM-UNPACKED']],
  ['gzip in gzip', compressed(gzipSync(groups())), ['payload-rule PAY-04']],
  ['no XML', compressed('hello'), ['wellformed WF-01']],
  ['malformed XML', compressed('<a>'), ['wellformed WF-01']],
  ['nothing', '<m:Compressed/>', ['payload-rule PAY-04']],
  ['nothing compressed', compressed(''), ['wellformed WF-01']],
  ['no base64', '<m:Compressed>!</m:Compressed>', ['payload-rule PAY-04']],
  [
    'a Compressed in a Compressed',
    compressed(request(compressed(groups()))),
    ['payload-rule PAY-04'],
  ],
  [
    'white space between the letters',
    compressed(groups()).replace(/[A-Za-z0-9+/]{40}/g, '$&\r\n\t '),
    [],
  ],
  [
    'two members of gzip, which are one text',
    `<m:Compressed>${Buffer.concat([gzipSync(groups().slice(0, 40)), gzipSync(groups().slice(40))]).toString('base64')}</m:Compressed>`,
    [],
  ],
  [
    'something behind the gzip data',
    `<m:Compressed>${Buffer.concat([gzipSync(groups()), Buffer.alloc(8)]).toString('base64')}</m:Compressed>`,
    ['payload-rule PAY-04'],
  ],
]

for (const [what, payload, findings] of TOLD)
  test(`tells of ${what}: ${findings.join() || 'nothing'}`, () => {
    assert.equal(told(payload), findings)
  })

test('says where inside: in the path, and by line and column of the inner document', () => {
  const [draft] = found(compressed(`\n${groups(group().replace('true', 'x'))}`))
  assert.is(draft?.inside, '/DERGroups/EndDeviceGroup/DERFunction/connectDisconnect')
  assert.match(draft?.message ?? '', /^Inside Compressed, 2:\d+: connectDisconnect may not be/)
  const [attribute] = found(
    compressed(groups(group().replace(/<(\w*:?)DERFunction>/, '<$1DERFunction a="">'))),
  )
  assert.equal(
    [attribute?.inside, attribute?.attribute],
    ['/DERGroups/EndDeviceGroup/DERFunction', 'a'],
  )
  const [stranger] = found(compressed('<a/>'))
  assert.is(stranger?.inside, '/a')
  const [malformed] = found(compressed('<a>\n<b></a>'))
  assert.match(malformed?.message ?? '', 'Inside Compressed, 2:')
  const [refused] = found(compressed('<!DOCTYPE a><a/>'))
  assert.match(refused?.message ?? '', 'Inside Compressed: ')
})

test('keeps the limits where nothing is to be validated', () => {
  assert.equal(found(compressed(groups('')), false), [])
  assert.is(found(compressed('<!DOCTYPE a><a/>'), false)[0]?.rule, 'SEC-DOCTYPE')
})

test('a draft is found inside Compressed too, where none is admitted', () => {
  const draft = compressed('<a xmlns="urn:x"><b xmlns="http://cimgate.example/draft/2026/B#"/></a>')
  const rules = (officialOnly: boolean) =>
    found(draft, false, officialOnly).map((it) => `${it.rule} ${it.message.slice(0, 36)}`)
  assert.equal(rules(true), ['OFF-01 Inside Compressed: b is in http://ci'])
  assert.equal(rules(false), [])
})

test.run()
