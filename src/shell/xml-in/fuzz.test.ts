// Seeded mutations of every sample, of its structure and of its octets: judging neither throws nor hangs, and
// always ends with one of the verdicts. A failure names the seed.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Verdict } from '../../envelope/finding.ts'
import { VERBS } from '../../envelope/verbs.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { sampleMessage } from '../../schema/sample/sample.ts'
import { edited } from './edited.fixture.ts'
import { judgeBoth } from './judge.fixture.ts'
import { judgeDocument, judgePlain } from './judge.ts'
import { TEXTS_OF_SAMPLES, mutated, pick, randomOf } from './mutated.fixture.ts'
import { validatorsOf } from './validators.ts'
import { opened, sample, schemasIn } from './xml-in.fixture.ts'

const test = suite('fuzz')

const MUTATIONS = 2000
const VERDICTS: readonly Verdict[] = [
  'valid',
  'invalid',
  'not-well-formed',
  'no-schema',
  'refused',
  'engine-error',
]

const schemas = await schemasIn()
const validators = validatorsOf(schemas)
test.after(() => validators.dispose())

function check(bytes: Uint8Array, seed: number): void {
  const judgement = judgeBoth(bytes, schemas, validators, { json: true })
  assert.ok(VERDICTS.includes(judgement.verdict), `seed ${seed}`)
  assert.is.not(
    judgement.verdict,
    'engine-error',
    `seed ${seed}: ${judgement.findings[0]?.message}`,
  )
  assert.is(
    judgement.verdict === 'valid',
    !judgement.findings.some((it) => it.severity === 'error'),
    `seed ${seed}`,
  )
}

/** What people would send of each noun. */
const TEXTS_OF_NOUNS = schemas.catalogue.nouns.flatMap(({ noun }) =>
  Object.keys(VERBS).flatMap((verb) => {
    const json = sampleMessage(schemas, noun, { verb })
    return json === undefined ? [] : [messageFromJson(json, schemas).xml]
  }),
)

test(`judges ${MUTATIONS} mutated messages`, () => {
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const random = randomOf(seed)
    check(mutated(pick(TEXTS_OF_SAMPLES, random), random), seed)
  }
})

test(`judges ${MUTATIONS} edited messages of every noun, most of them without the engine`, () => {
  let plain = 0
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const random = randomOf(seed)
    const bytes = Buffer.from(edited(pick(TEXTS_OF_NOUNS, random), random))
    check(bytes, seed)
    if (judgePlain(bytes, schemas, validators) !== undefined) plain += 1
  }
  assert.ok(plain > MUTATIONS / 2, `only ${plain}`)
})

test(`judges ${MUTATIONS} heaps of octets`, () => {
  for (let seed = 1; seed <= MUTATIONS; seed += 1) {
    const random = randomOf(seed)
    const bytes = Buffer.from(Array.from({ length: random(64) }, () => random(256)))
    check(
      random(2) === 0 ? bytes : Buffer.concat([Buffer.from('<?xml version="1.0"?><a>'), bytes]),
      seed,
    )
  }
})

test('judges a sample cut at every octet', () => {
  const bytes = sample('der-group-query/request.xml')
  for (let at = 0; at < bytes.length - 2; at += 1)
    assert.is(
      judgeDocument(bytes.subarray(0, at), schemas, validators).verdict,
      'not-well-formed',
      `at ${at}`,
    )
})

test('judges a right message as before', () => {
  const document = opened(sample('der-group-form/request.xml'))
  document.dispose()
  check(sample('der-group-form/request.xml'), 0)
})

test.run()
