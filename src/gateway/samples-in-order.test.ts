// The samples one after the other, in the orders that samples/README.md has: a fresh gateway takes them all.

import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from './gateway.fixture.ts'

const test = suite('samples in order')

const FOLDER = fileURLToPath(new URL('../../../samples/', import.meta.url))
const README = readFileSync(`${FOLDER}README.md`, 'utf8')
const SECTION = /## One after the other\n([^]*?)\n## /.exec(README)?.[1] ?? ''

/** [what, samples] of each row. */
const ROWS = [...SECTION.matchAll(/^\| (?!what \||-)(.*) \| (.*) \|$/gm)].map(
  ([, what = '', list = '']) =>
    [what, [...list.matchAll(/`([^`]+)`/g)].map(([, it = '']) => it)] as const,
)

/** Samples that are there to be refused, with the code that is due. */
const REFUSED: readonly (readonly [string, string])[] = [
  ['der-group-dissolve/by-id-request', '99.1'],
  ['der-group-remove-members/integrity-request', '5.3'],
]

function sampleOf(name: string): string {
  return readFileSync(`${FOLDER}${name}.xml`, 'utf8')
}

test('every sample of a request or event stands in a row, or is there to be refused', () => {
  const all = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((it) => it.replaceAll('\\', '/'))
    .filter((it) => /^(?!hostile|envelope)[^/]+\/[^/]+\.xml$/.test(it) && !it.endsWith('reply.xml'))
    .map((it) => it.replace(/\.xml$/, ''))
  assert.ok(ROWS.length >= 8)
  const shown = [...ROWS.flatMap(([, it]) => it), ...REFUSED.map(([it]) => it)]
  const missing = all.filter((it) => !shown.includes(it))
  assert.equal(missing, [], 'put them into a row of samples/README.md')
})

for (const [what, samples] of ROWS)
  test(`${what}: each is answered OK`, async () => {
    const gateway = await openFixture()
    try {
      for (const it of samples) {
        const { result, text } = await gateway.send(sampleOf(it))
        assert.is(result, 'OK', `${it}: ${text}`)
      }
    } finally {
      await gateway.close()
    }
  })

for (const [name, code] of REFUSED)
  test(`${name} is refused with ${code}, and says how to mend it`, async () => {
    const gateway = await openFixture()
    try {
      const { result, text } = await gateway.send(sampleOf(name))
      assert.is(result, 'FAILED', text)
      assert.match(text, `<code>${code}</code>`)
      assert.match(text, /<details>rule=[\w-]+; [^<]*\./)
    } finally {
      await gateway.close()
    }
  })

test.run()
