import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeAttribute, escapeText } from '../../envelope/escape.ts'
import { patternOf } from './pattern.ts'
import { engine, setOf, T, xsd } from '../schema.fixture.ts'

const test = suite('pattern')

/** pattern, texts that match, texts that do not */
const TABLE: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['abc', ['abc'], ['abcd', 'xabc', 'ABC', '']],
  ['a|bc', ['a', 'bc'], ['abc', 'ac']],
  ['(a|b)c', ['ac', 'bc'], ['a', 'c']],
  ['a?b*c+', ['c', 'abbcc', 'bc'], ['', 'ab', 'aac']],
  ['a{2}', ['aa'], ['a', 'aaa']],
  ['a{2,}', ['aa', 'aaaa'], ['a']],
  ['a{1,2}', ['a', 'aa'], ['', 'aaa']],
  ['', [''], ['a']],
  ['^a$', ['^a$'], ['a']],
  ['a^', ['a^'], ['a']],
  ['a.c', ['abc', 'a c', 'a😀c'], ['a\nc', 'ac', 'abbc']],
  ['a\\.c', ['a.c'], ['abc']],
  ['\\\\', ['\\'], ['\\\\', '']],
  ['\\|\\(\\)\\[\\]\\{\\}\\?\\*\\+\\-\\^', ['|()[]{}?*+-^'], ['']],
  ['\\n\\t', ['\n\t'], ['nt']],
  ['\\d{3}', ['123', '١٢٣'], ['12', 'abc', '12.']],
  ['\\D', ['a', ' '], ['1', '٣']],
  ['\\s+', [' ', ' \t\n'], ['', 'a', '\u00a0']],
  ['\\S', ['a', '\u00a0'], [' ', '\n']],
  ['\\w+', ['aZ1', 'ä', '√'], ['a b', 'a-b', '', '.', '_']],
  ['\\W', ['.', ' ', '-'], ['a', '1']],
  ['\\i\\c*', ['a', '_a-b.c:d', ':x', 'ä1'], ['1a', '-a', 'a b', '']],
  ['[\\i-[:]][\\c-[:]]*', ['a', '_b.c'], [':a', 'a:b', '']],
  ['\\I', ['1', '-', ' '], ['a', '_']],
  ['\\C', [' ', '(', '/'], ['a', '1', '-']],
  ['[abc]+', ['a', 'cab'], ['d', '']],
  ['[^abc]', ['d', '^', ' '], ['a', 'b']],
  ['[a-c]', ['b'], ['d', '-']],
  ['[a-]', ['a', '-'], ['b']],
  ['[-a]', ['a', '-'], ['b']],
  ['[^-a]', ['b'], ['a', '-']],
  ['[a\\-c]', ['a', '-', 'c'], ['b']],
  ['[+-]?[0-9]+', ['+1', '-12', '3'], ['', '+', '1-']],
  ['[.]', ['.'], ['a']],
  ['[$]', ['$'], ['a']],
  ['[a^]', ['a', '^'], ['b']],
  ['[(){}|&!#%,:;<=>@`~/]+', ['(){}|&!#%,:;<=>@`~/'], ['a', '']],
  ['[&&a]', ['&', 'a'], ['b']],
  ['[\\d\\s]', ['1', ' '], ['a']],
  ['[^\\d]', ['a'], ['1']],
  ['[a-z-[aeiou]]+', ['bcd', 'xyz'], ['a', 'bad', '-']],
  ['[a-z-[b-y]]', ['a', 'z'], ['b', 'm', '-']],
  ['[^a-z-[0-9]]', ['A', '-'], ['a', '5']],
  ['[\\]\\[]', [']', '['], ['a']],
  ['[\\\\]', ['\\'], ['/']],
  ['\\p{Lu}\\p{Ll}*', ['Abc', 'Äb'], ['abc', 'ABc', '1']],
  ['\\P{L}', ['1', ' '], ['a', 'ä']],
  ['[\\p{L}\\p{N}_]+', ['aä1_'], ['a-b', '']],
  ['\\p{Nd}+', ['12', '٣'], ['a']],
  [
    '([0-9a-f]{8})-([0-9a-f]{4}-){3}[0-9a-f]{12}',
    ['f975be36-0000-4000-8000-000000000001'],
    ['f975be36', 'F975BE36-0000-4000-8000-000000000001'],
  ],
  ['([A-Z]{2}(,|$)?)+', ['AB', 'AB,CD', 'AB$'], ['A', 'AB;']],
  ['(a|)b', ['b', 'ab'], ['a']],
  ['[0-9]{4}-(0[1-9]|1[0-2])', ['2026-07'], ['2026-13', '2026-7']],
  ['a-b', ['a-b'], ['ab']],
  ['a/b', ['a/b'], ['ab']],
  ['"', ['"'], ["'"]],
]

const CASES = TABLE.flatMap(([pattern, good, bad]) => [
  ...good.map((text) => ({ pattern, text, matches: true })),
  ...bad.map((text) => ({ pattern, text, matches: false })),
])

test('matches as XML Schema says, the whole text and not a part of it', () => {
  const wrong = CASES.filter((it) => patternOf(it.pattern)?.test(it.text) !== it.matches)
  assert.equal(wrong, [])
})

test('agrees with the XSD engine', () => {
  const elements = TABLE.map(
    ([pattern], at) =>
      `<xs:element name="e${at}"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="${escapeAttribute(pattern)}"/></xs:restriction></xs:simpleType></xs:element>`,
  )
  const { verdict } = engine(setOf({ '/0/t.xsd': xsd(elements.join('')) }))
  const name = (pattern: string) => `e${TABLE.findIndex(([it]) => it === pattern)}`
  const wrong = CASES.filter(({ pattern, text, matches }) => {
    const xml = `<${name(pattern)} xmlns="${T}">${escapeText(text)}</${name(pattern)}>`
    return (verdict(xml) === 'valid') !== matches
  })
  assert.equal(
    wrong.map((it) => `${it.pattern} ${it.text}`),
    [],
  )
})

test('gives nothing for what it cannot translate', () => {
  for (const it of ['(', '[a', 'a{2,1}', '\\p{IsBasicLatin}', '\\q', '*'])
    assert.is(patternOf(it), undefined, it)
})

test('compiles each pattern once', () => {
  assert.is(patternOf('a+b'), patternOf('a+b'))
})

test.run()
