import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIMITS } from '../../envelope/limits.ts'
import { guard } from './guard.ts'
import { encoded } from './xml-in.fixture.ts'

const test = suite('guard')

const judged = (text: string | Uint8Array, limits = LIMITS) => {
  const result = guard(typeof text === 'string' ? Buffer.from(text) : text, limits)
  return 'refusal' in result ? result.refusal.rule : result.encoding
}

const ENCODINGS = ['utf-8', 'utf-8+bom', 'utf-16le+bom', 'utf-16be+bom', 'iso-8859-1'] as const
/** longer than what is looked at first */
const LONG = 10_000
/** around the ends of what is looked at first, and then */
const ENDS = [128, 4096].flatMap((end) => Array.from({ length: 20 }, (_, at) => end - 16 + at))

for (const encoding of ENCODINGS) {
  const name = encoding.split('+')[0]
  const declared = `<?xml version="1.0" encoding="${name}"?>`
  test(`admits ${encoding}`, () => {
    assert.is(judged(encoded(`${declared}<a/>`, encoding)), name)
  })
  const hidden = {
    first: '<!DOCTYPE a><a/>',
    'after white space': `${' '.repeat(LONG)}<!DOCTYPE a><a/>`,
    'after a comment': `<!--${'-x'.repeat(LONG)}--><!DOCTYPE a><a/>`,
    'after an instruction': `<?p ${'x'.repeat(LONG)}?><!DOCTYPE a><a/>`,
    'after many comments': `${'<!--x-->\n'.repeat(LONG)}<!DOCTYPE a><a/>`,
  }
  for (const [where, text] of Object.entries(hidden))
    test(`refuses a DOCTYPE ${where} in ${encoding}`, () => {
      assert.is(judged(encoded(declared + text, encoding)), 'SEC-DOCTYPE')
    })
}

test('refuses a DOCTYPE at every place around the end of what is looked at first', () => {
  for (const at of ENDS)
    assert.is(judged(`${' '.repeat(at)}<!DOCTYPE a><a/>`), 'SEC-DOCTYPE', `at ${at}`)
})

test('takes a comment that begins around there for no DOCTYPE', () => {
  for (const at of ENDS) assert.is(judged(`${' '.repeat(at)}<!-- c --><a/>`), 'utf-8', `at ${at}`)
})

test('reads a declaration that is longer than what is looked at first', () => {
  const far = `<?xml version="1.0"${' '.repeat(LONG)}encoding="UTF-7"?><a/>`
  assert.is(judged(far), 'SEC-ENCODING')
})

test('admits a long prolog without DOCTYPE', () => {
  assert.is(judged(`<!--${'x'.repeat(LONG)}--><a/>`), 'utf-8')
})

test('leaves an unfinished prolog to the parser', () => {
  assert.is(judged(`<!--${'x'.repeat(LONG)}`), 'utf-8')
  assert.is(judged(''), 'utf-8')
})

test('refuses an encoding that is not read, and says which', () => {
  const result = guard(Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a/>'), LIMITS)
  assert.ok('refusal' in result)
  assert.match(result.refusal.found, 'declared windows-1252')
  const silent = guard(encoded('<a/>', 'utf-16le'), LIMITS)
  assert.ok('refusal' in silent)
  assert.match(silent.refusal.found, 'UTF-16 without byte order mark, nothing declared')
})

test('refuses one octet too many', () => {
  const limits = { ...LIMITS, bodyBytes: 10 }
  assert.is(judged('<a>123</a>', limits), 'utf-8')
  assert.is(judged('<a>1234</a>', limits), 'LIM-SIZE')
})

test('T9: refuses more elements and attributes than there may be before they are parsed, in UTF-16 too', () => {
  const limits = { ...LIMITS, nodes: 10 }
  const of = (elements: number, rest = '') => `<a>${'<b></b>'.repeat(elements - 1)}${rest}</a>`
  const little = (text: string) => judged(encoded(text, 'utf-16le+bom'), limits)
  const big = (text: string) => judged(encoded(text, 'utf-16be+bom'), limits)
  assert.is(judged(of(10), limits), 'utf-8')
  assert.is(judged(of(11), limits), 'LIM-NODES')
  assert.equal([little(of(10)), little(of(11))], ['utf-16le', 'LIM-NODES'])
  assert.equal([big(of(10)), big(of(11))], ['utf-16be', 'LIM-NODES'])
  assert.is(judged(of(6, '<b c="" d=\'\'/>'), limits), 'utf-8')
  assert.is(judged(of(6, '<b c="" d="" e="" f=""/>'), limits), 'LIM-NODES')
  assert.is(judged(of(10, `<!-- = -->${'<?p?><!--x-->='.repeat(20)}`), limits), 'utf-8')
})

test.run()
