import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Finding } from '../../envelope/finding.ts'
import { extentOf } from './extent.ts'
import { FINDING } from './report.samples.ts'

const test = suite('extent')

/** Text from the finding's place on, what the finding says, and what is meant. */
const MEANT: readonly (readonly [text: string, finding: Partial<Finding>, meant: string])[] = [
  ['<m:Verb>creat</m:Verb>', { found: 'creat' }, 'creat'],
  ['<Verb> creat\t</Verb>', { found: ' creat\t' }, 'creat'],
  ['<Verb>a long value</Verb>', { found: 'a long…' }, 'a long value'],
  ['<Verb>creat</Verb>', { found: 'nothing' }, '<Verb'],
  ['<Verb>creat</Verb>', { found: '' }, '<Verb'],
  ['<Verb/><b>creat</b>', { found: 'creat' }, '<Verb'],
  ['<a><b>creat</b></a>', { found: 'creat' }, '<a'],
  ['<a x="1" kind = \'2\'>', { path: '/a/@kind' }, "kind = '2'"],
  ['<a\n  p:kind="2">', { path: '/a/@kind' }, 'p:kind="2"'],
  ['<a notkind="1">', { path: '/a/@kind' }, '<a'],
  ['<a t="x kind=&quot;" u=" kind=\'1\' "/>', { path: '/a/@none' }, '<a'],
  ['<a kind="1\n2">', { path: '/a/@kind' }, 'kind="1'],
  ['<b></a>', { layer: 'wellformed' }, '<'],
  ['& b', { layer: 'wellformed' }, '&'],
  ['x="1">', {}, 'x'],
  ['"key": 5', {}, '"key"'],
  ['"a\\"b" : 5', {}, '"a\\"b"'],
  ['-2.5e3, 1', {}, '-2.5e3'],
  ['true}', {}, 'true'],
  ['{ }', {}, '{'],
  ['', {}, ''],
]

for (const [text, finding, meant] of MEANT)
  test(`means ${JSON.stringify(meant)} in ${JSON.stringify(text)}`, () => {
    const before = /^[<&x]/.test(text) ? '<x>\n  ' : '{\n  '
    const { start, end } = extentOf(before + text, before.length, { ...FINDING, ...finding })
    assert.is((before + text).slice(start, end), meant)
  })

test('is quick with what is long and strange', () => {
  for (const text of ['<a '.repeat(1e5), `<a ${'x="'.repeat(1e5)}`, `"${'\\'.repeat(1e5)}`]) {
    const { start, end } = extentOf(text, 0, { ...FINDING, path: '/a/@x' })
    assert.ok(end > start && end <= 5000)
  }
})

test.run()
