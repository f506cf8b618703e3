import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readProlog } from './prolog.ts'

const test = suite('prolog')

const whole = (text: string) => readProlog(text, true)

const DECLARED: readonly (readonly [text: string, declared: string | undefined])[] = [
  ['<a/>', undefined],
  ['<?xml version="1.0"?><a/>', undefined],
  ['<?xml version="1.0" encoding="UTF-8"?><a/>', 'UTF-8'],
  ["<?xml version='1.0' encoding = 'utf-16' ?><a/>", 'utf-16'],
  ['<?xml\tversion="1.0"\r\nencoding="x"\nstandalone="yes"?><a/>', 'x'],
  ['<?xml version="1.0" xencoding="x"?><a/>', undefined],
  ['<?xml-stylesheet encoding="x"?><a/>', undefined],
  ['<?xml version="1.0"?><a encoding="x"/>', undefined],
  [' <?xml version="1.0" encoding="x"?><a/>', undefined],
  ['<?xml version="1.0" encoding="x"', undefined],
]

for (const [text, declared] of DECLARED)
  test(`finds ${declared} declared in ${JSON.stringify(text)}`, () => {
    assert.is(whole(text)?.declared, declared)
  })

const DOCTYPES: readonly (readonly [text: string, doctype: boolean])[] = [
  ['<!DOCTYPE a><a/>', true],
  [' \t\r\n<!DOCTYPE a><a/>', true],
  ['<!-- > --><?p ?><!-- - --><!DOCTYPE a>', true],
  ['<?xml version="1.0"?><!DOCTYPE a>', true],
  ['<!doctype a>', true],
  ['<a><!DOCTYPE a></a>', false],
  ['<!-- <!DOCTYPE a> --><a/>', false],
  ['<?p <!DOCTYPE a> ?><a/>', false],
  ['<!-- never ends <!DOCTYPE a>', false],
  ['', false],
  ['\u00a0<!DOCTYPE a>', false],
]

for (const [text, doctype] of DOCTYPES)
  test(`sees ${doctype ? 'a' : 'no'} DOCTYPE in ${JSON.stringify(text)}`, () => {
    assert.is(whole(text)?.doctype, doctype)
  })

test('does not know yet where the beginning of a document ends too early', () => {
  for (const text of ['', '   ', '<', '<!-', '<!-- a', '<?p', '<!-- a -->', '<!-- a -->  <'])
    assert.is(readProlog(text, false), undefined, text)
})

test('knows as soon as the prolog is over', () => {
  assert.equal(readProlog('<!-- a --><a/>', false), { declared: undefined, doctype: false })
  assert.equal(readProlog('<!DO', false), { declared: undefined, doctype: true })
})

test.run()
