import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Layer } from '../../envelope/finding.ts'
import { judgeByEngine, judgePlain } from './judge.ts'
import type { JudgeOptions } from './judgement.ts'
import { validatorsOf } from './validators.ts'
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
  samples,
  schemasIn,
} from './xml-in.fixture.ts'

const test = suite('plain')
const schemas = await schemasIn()
const compiled: string[] = []
const validators = validatorsOf(schemas, {
  onCompile: (file) => file !== undefined && compiled.push(file.path),
})
test.after(() => validators.dispose())

const judged = (text: string | Uint8Array, options: JudgeOptions = {}) =>
  judgePlain(Buffer.from(text), schemas, validators, options)

test('judges messages without the engine, right ones and wrong ones', () => {
  assert.is(judged(request())?.verdict, 'valid')
  assert.is(judged(request(groups(group().replace('true', 'yes'))))?.verdict, 'invalid')
  assert.is(judged(request(groups(), HEADER.replace('create', 'Create')))?.verdict, 'invalid')
  assert.is(judged(groups())?.verdict, 'valid')
  assert.is(judged('<a/>')?.verdict, 'no-schema')
  assert.equal(compiled, [])
})

/** wrong ones, and those that show what an envelope may hold */
const OTHER_SAMPLES = /^(?:hostile|envelope)|\/invalid\/|[Cc]ompressed/

test('judges every sample that is a right message without the engine', () => {
  const right = samples().filter((it) => !OTHER_SAMPLES.test(it))
  for (const it of right) assert.is(judged(sample(it))?.verdict, 'valid', it)
  assert.equal(compiled, [])
})

/** documents that the engine has to judge */
const OTHERS: Readonly<
  Record<string, readonly [text: string | Uint8Array, options?: JudgeOptions]>
> = {
  'something malformed': ['<a'],
  'a Compressed payload': [request(compressed(groups()))],
  'an xsi:type': [request(groups(group(), ` ${XSI} xsi:type="x"`))],
  'a value that is not sure': [request(groups(), HEADER.replace('T16:30', 'T24:00'))],
  'UTF-16': [encoded(request(), 'utf-16le+bom')],
  'a processing instruction': [`<?x y?>${request()}`],
  'a namespace that is read as another': [
    request(),
    { aliases: { namespaces: { 'urn:x': GROUPS_NS } } },
  ],
}

for (const [what, [text, options]] of Object.entries(OTHERS))
  test(`leaves ${what} to the engine`, () => {
    assert.is(judged(text, options), undefined)
  })

test('knows no alias where there is none', () => {
  assert.is(judged(request(), { aliases: {} })?.verdict, 'valid')
})

test('does not even compile the schema of a layer that is not asked for', () => {
  const compiled: string[] = []
  const watched = validatorsOf(schemas, {
    onCompile: (file) => file !== undefined && compiled.push(file.path.replace(/^.*\//, '')),
  })
  const judge = (only: readonly Layer[]) =>
    judgeByEngine(Buffer.from(request()), schemas, watched, { only })
  judge(['envelope-xsd'])
  assert.equal(compiled, ['Message.xsd'])
  judge(['payload-xsd'])
  assert.equal(compiled, ['Message.xsd', 'DERGroups.xsd'])
  watched.dispose()
})

test.run()
