// Rows of a CSV: as csv-parse reads them, whatever is in them.

import { parse } from 'csv-parse/sync'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { OpenQuote, beginningOf, lineOf, rowsFrom, separatorOf } from './csv.ts'

const test = suite('collections: csv')

function all(text: string, most = 3): readonly (readonly string[])[] {
  const separator = separatorOf(text)
  const rows: (readonly string[])[] = []
  for (let at = beginningOf(text); at < text.length;) {
    const part = rowsFrom(text, at, most, separator)
    assert.ok(part.next > at)
    assert.ok(part.rows.length <= most)
    rows.push(...part.rows)
    at = part.next
  }
  return rows
}

const TEXTS: Readonly<Record<string, string>> = {
  'lines that end as in Unix': 'a,b\n1,2\n3,4\n',
  'lines that end as in Windows': 'a,b\r\n1,2\r\n3,4',
  'a byte order mark': '\ufeffa,b\n1,2',
  'empty lines': 'a,b\n\n1,2\n\n\n3,4\n',
  'empty cells': 'a,b,c\n,,\n1,,3\n',
  'quoted cells': 'a,b\n"1,1","2 ""two"""\n"",x\n',
  'a line feed inside of a cell': 'a,b\n"1\n1",2\n3,"4\r\n4"\n',
  semicolons: 'a;b\n1,5;2\n"3;3";4\n',
  tabs: 'a\tb\n1\t2\n',
  'rows of different lengths': 'a,b\n1\n1,2,3\n',
  'one line': 'a,b',
}

for (const [what, text] of Object.entries(TEXTS))
  test(`reads ${what} as csv-parse does`, () => {
    const options = { bom: true, skip_empty_lines: true, relax_column_count: true }
    const delimiter = separatorOf(text)
    assert.equal(all(text), parse(text, { ...options, delimiter }))
  })

test('what is written is read again', () => {
  const cells = ['', 'a', 'a,b', '"', 'a"b', 'x\ny', ';', '\t', ' 1 ']
  const rows = cells.map((it) => [it, 'x', it])
  const text = ['p,q,r', ...rows.map(lineOf)].join('\n')
  assert.equal(all(text).slice(1), rows)
})

test('a quotation mark that is never closed is told with its row', () => {
  assert.throws(
    () => all('a,b\n1,2\n3,"4\n5,6'),
    (it: unknown) => it instanceof OpenQuote && it.at === 8,
  )
})

test.run()
