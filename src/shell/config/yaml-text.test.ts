import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { problemLines } from './config.fixture.ts'

const test = suite('yaml text')

/** [text, what is told of it] */
const YAML: readonly (readonly [string, string])[] = [
  ['limits: {depth: 3\nsource', '2:1: '],
  ['source: a\nsource: b', '2:1: the key stands here a second time; write it once.'],
  ['- a\n- b', '1:1: a list stands here; write keys: '],
  ['source: *geheim', '1:9: source: an alias of YAML is not read; '],
  ['tolerate: &a [HDR-01]\nsource: *a', '2:9: source: an alias of YAML is not read; '],
  [
    'source: !geheim x',
    '1:9: ! begins a tag of YAML, and this one is not known; put the text in quotes.',
  ],
  ['source: !!binary aaaa', '1:18: source: this kind of value is not read; '],
  ['source: "\\q"', '1:10: a backslash in double quotes begins an escape, and this is none; '],
  ['limits:\n\tdepth: 20', '2:1: a tab cannot indent; '],
  ['source: a: b', '1:9: a key and its value are mixed up with others; '],
  ['source: @geheim', '1:9: no text can begin with this character; put the text in quotes.'],
  ['source: "geheim', '1:16: a closing quotation mark, brace, bracket'],
  ['source: a\n---\nsource: b', '2:1: a second document begins here; '],
  ['? [a]\n: 1', '1:1: a key has to be a name; '],
  ['__proto__: {source: x}', '1:1: a key has to be a name; '],
]

test('what is no YAML is told with its place, in words of ours that repeat nothing of it', async () => {
  for (const [text, due] of YAML) {
    const [first = 'nothing'] = await problemLines(text)
    assert.ok(first.startsWith(due), `${text}\n  due: ${due}\n  is:  ${first}`)
    assert.not.match(first, 'geheim')
  }
})

test('all mistakes of YAML are told at once, and a key that is there twice beside all others', async () => {
  assert.is((await problemLines('limits:\n\tdepth: "\\q"\n')).length, 2)
  assert.equal(
    (await problemLines('source: a\nsource: b\nlimits: {depth: 1}')).map((it) => it.slice(0, 4)),
    ['2:1:', '3:17'],
  )
})

test('what is nested too deeply is told once, and fills no stack', async () => {
  for (const text of ['a: ' + '['.repeat(20_000), '['.repeat(20_000) + ']'.repeat(20_000)]) {
    const told = await problemLines(text)
    assert.match(told[0] ?? '', 'the file is nested too deeply; write it flatter.')
    assert.ok(told.length < 5, `${told.length} problems`)
  }
})

test.run()
