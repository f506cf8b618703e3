// The laws P-16 and P-19: no octets are too wild for the judge, and no text is lost on its way.

import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { illegalCharacter } from '../../envelope/escape.ts'
import { isObject } from '../json-text.ts'
import { NOUNS, ROOTS, SCHEMAS, bare, judged } from './laws.fixture.ts'
import { messageFromJson } from '../message-xml.ts'
import { randomOf } from '../random.ts'
import { sampleMessage } from '../sample/sample.ts'

const text = suite('laws of text')

const SAMPLE = Buffer.from(
  messageFromJson(sampleMessage(SCHEMAS, NOUNS[0] ?? '') ?? {}, SCHEMAS).xml,
)

const DECIDED: readonly string[] = ['valid', 'invalid', 'not-well-formed', 'no-schema', 'refused']

/** A judgement that is a decision about the document, and says why when it is not "valid". */
function assertDecided(bytes: Uint8Array, label: string): void {
  const { verdict, findings } = judged(bytes)
  assert.ok(DECIDED.includes(verdict), `${label}: ${verdict}`)
  assert.is(verdict === 'valid' || findings.length > 0, true, label)
}

text('P-16: random octets are judged', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (it) => {
      assertDecided(it, Buffer.from(it).toString('hex'))
    }),
    { numRuns: 500, seed: 16 },
  )
})

text('P-16: a message cut anywhere is judged, and never valid', () => {
  for (let end = 0; end < SAMPLE.length; end += 1) {
    const cut = SAMPLE.subarray(0, end)
    assertDecided(cut, `cut at ${end}`)
    assert.is.not(judged(cut).verdict, 'valid', `cut at ${end}`)
  }
})

text('P-16: a message with a few wrong octets is judged', () => {
  for (let seed = 0; seed < 3000; seed += 1) {
    const random = randomOf(seed, 'octets')
    const bytes = Uint8Array.from(SAMPLE)
    for (let left = 1 + random.below(3); left > 0; left -= 1)
      bytes[random.below(bytes.length)] = random.below(256)
    assertDecided(bytes, `seed ${seed}`)
  }
})

text('P-16: the same message in another encoding is judged alike', () => {
  const xml = SAMPLE.toString('utf8')
  const utf16 = Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${xml}`, 'utf16le')
  const marked = Buffer.from(`\ufeff${xml}`)
  const latin1 = Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${xml}`, 'latin1')
  for (const it of [utf16, marked, latin1]) assert.is(judged(it).verdict, 'valid')
})

const TEXT = ROOTS.find((it) => it.noun === 'Text')
const AMOUNTS = ROOTS.find((it) => it.noun === 'Amounts')

/** any UTF-16 units at all, and any characters at all */
const UNITS = fc.array(fc.integer({ min: 0, max: 0xffff })).map((it) => String.fromCharCode(...it))
const STRINGS = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), UNITS)

text('P-19: legal text survives in an element, other text is refused by name', () => {
  fc.assert(
    fc.property(STRINGS, (it) => {
      if (TEXT === undefined) throw new Error('fixtures/ has no root Text')
      const { xml, issues } = messageFromJson(bare(TEXT.decl, it), SCHEMAS)
      const expected = illegalCharacter(it) === undefined ? [] : [['JSON-TEXT', '/Text']]
      assert.equal(
        issues.map((one) => [one.rule, one.path]),
        expected,
        JSON.stringify(it),
      )
      if (issues.length > 0) return
      const { json } = judged(xml)
      const content = isObject(json) ? json['Text'] : undefined
      assert.is(isObject(content) ? content['$'] : undefined, it, JSON.stringify(it))
    }),
    { numRuns: 1000, seed: 19 },
  )
})

text('P-19: legal text survives in an attribute', () => {
  fc.assert(
    fc.property(STRINGS, (it) => {
      if (AMOUNTS === undefined) throw new Error('fixtures/ has no root Amounts')
      const amount = { '@unit': 'W', '@multiplier': it, $: 1 }
      const { xml, issues } = messageFromJson(bare(AMOUNTS.decl, { amount }), SCHEMAS)
      if (illegalCharacter(it) !== undefined) {
        assert.equal(
          issues.map((one) => one.rule),
          ['JSON-TEXT'],
          JSON.stringify(it),
        )
        return
      }
      const { json } = judged(xml)
      const content = isObject(json) ? json['Amounts'] : undefined
      const read = isObject(content) ? content['amount'] : undefined
      assert.is(isObject(read) ? read['@multiplier'] : undefined, it, JSON.stringify(it))
    }),
    { numRuns: 1000, seed: 19 },
  )
})

text.run()
