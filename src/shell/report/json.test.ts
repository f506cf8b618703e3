import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { jsonReporter } from './json.ts'
import { FINDING, HOSTILE, INVALID, REFUSED, VALID, EVIL, written } from './report.samples.ts'

const test = suite('report as JSON')

test('the pieces are one document with the files in order', () => {
  const { files, summary } = JSON.parse(written(jsonReporter(), [VALID, INVALID, REFUSED]))
  assert.equal(
    files.map((it: { file: string }) => it.file),
    ['in/good.xml', 'in/bad.xml', 'in/bomb.xml'],
  )
  assert.equal(summary.files, 3)
})

test('no file at all is a document too', () => {
  const { files, summary } = JSON.parse(written(jsonReporter(), []))
  assert.equal(files, [])
  assert.is(summary.files, 0)
})

test('a file entry has the documented keys in their order, and not the source', () => {
  const { files } = JSON.parse(written(jsonReporter(), [INVALID]))
  assert.equal(Object.keys(files[0]), ['file', 'schema', 'verdict', 'noun', 'verb', 'findings'])
  assert.equal(files[0].findings[0], { ...FINDING })
})

test('a finding has the documented keys in their order', () => {
  const { files } = JSON.parse(written(jsonReporter(), [INVALID]))
  const keys = 'layer rule severity clause path line column expected found message mend'
  assert.is(Object.keys(files[0].findings[0]).join(' '), keys)
})

test('a file without schema, noun or verb says null', () => {
  const { files } = JSON.parse(written(jsonReporter(), [REFUSED]))
  assert.equal([files[0].schema, files[0].noun, files[0].verb], [null, null, null])
})

test('the summary has files, every verdict, errors and warnings', () => {
  const { summary } = JSON.parse(written(jsonReporter(), [VALID]))
  const keys = 'files valid invalid not-well-formed no-schema refused engine-error errors warnings'
  assert.is(Object.keys(summary).join(' '), keys)
})

test('every file entry stands on a line of its own', () => {
  const lines = written(jsonReporter(), [VALID, INVALID]).split('\n')
  assert.is(lines[0], '{"files":[')
  assert.is(JSON.parse(lines[1]?.replace(/,$/, '') ?? '').file, 'in/good.xml')
  assert.is(JSON.parse(lines[2] ?? '').file, 'in/bad.xml')
})

test('foreign text comes through whole, and no control character reaches a terminal', () => {
  const text = written(jsonReporter(), [HOSTILE])
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}]/u)
  assert.is(JSON.parse(text).files[0].findings[0].found, EVIL)
})

test.run()
