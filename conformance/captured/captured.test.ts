// What messages are kept in: an HTTP archive, lines of JSON, and folders that are hostile.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { FAULT, judged, judgedIn, reply, request, told } from './captured.fixture.ts'

const test = suite('conformance: captured')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-captured-'))
test.after(() => rmSync(folder, { recursive: true, force: true }))

const HAR = (response: object) =>
  JSON.stringify({
    log: {
      entries: [
        {
          request: {
            url: 'http://derms:8080/cim',
            postData: { mimeType: 'application/xml', text: request({ id: 'a-1' }) },
          },
          response,
        },
        {
          request: { url: 'http://derms:8080/logo.png' },
          response: { status: 200, content: { mimeType: 'image/png' } },
        },
      ],
    },
  })

test('an HTTP archive says what belongs together, also without ids, and the transport is judged', async () => {
  const text = Buffer.from(reply({ id: 'b-1' })).toString('base64')
  const { results } = await judged(folder, {
    'capture.har': HAR({
      status: 500,
      content: { mimeType: 'text/plain', text, encoding: 'base64' },
    }),
  })
  assert.equal(told(results()), [
    'COR-01 reply derms:8080',
    'TRN-03 reply derms:8080',
    'TRN-04 reply derms:8080',
  ])
  assert.equal(results().unmatched, [
    { file: 'capture.har#2', why: 'neither its request nor its response has XML in it' },
  ])
})

test('lines of JSON are messages', async () => {
  const lines = [
    JSON.stringify({ xml: request({ id: 'a-1' }), from: 'left', exchange: '7' }),
    JSON.stringify({
      xml: FAULT,
      from: 'right',
      exchange: '7',
      status: 200,
      contentType: 'application/xml',
    }),
    '{}',
    'no JSON',
  ]
  const { results } = await judged(folder, { 'log.ndjson': lines.join('\n') })
  assert.equal(told(results()), ['ENV-04 reply right', 'TRN-04 reply right'])
  assert.equal(
    results().unmatched?.map((it) => it.file),
    ['log.ndjson#3', 'log.ndjson#4'],
  )
})

test('every hostile message is refused, and nothing of it is carried out', async () => {
  const hostile = fileURLToPath(new URL('../../../samples/hostile/', import.meta.url))
  const { exit, results, out } = await judgedIn(folder, hostile)
  assert.is(exit, 1)
  const { cases, verdict } = results()
  assert.is(verdict, 'fail')
  assert.ok(cases.length > 30)
  assert.not.ok(cases.some((it) => it.verdict === 'pass' || it.verdict === 'harness-error'))
  assert.not.match(out, /[^\P{Cc}\n]/u)
})

test('a folder that is hostile moves no cursor, leads nowhere else and ends', async () => {
  const { err, out, results, report } = await judged(folder, {
    'a\u001b[2J.xml': request({ id: '&#x9b;2J&#10;verdict: pass', source: 'C\u009bIS' }),
    'noise.bin': Buffer.from([0, 1, 2]),
  })
  assert.not.match(out + err, /[^\P{Cc}\n]/u)
  assert.not.match(out, /^verdict: pass/m)
  assert.equal(readdirSync(join(report, 'wire')).length, 1)
  assert.equal(results().unmatched, [{ file: 'noise.bin', why: 'it is no XML' }])
  const links = join(folder, 'links')
  mkdirSync(links)
  symlinkSync('/etc/passwd', join(links, 'passwd.xml'))
  symlinkSync(links, join(links, 'again'))
  const linked = await judgedIn(folder, links)
  assert.is(linked.exit, 3)
  assert.is(linked.results().unmatched?.length, 2)
  assert.match(linked.out, /verdict: not-run\. No message of IEC 61968-100 is in /)
})

test('without a folder it says what it takes', async () => {
  const { exit, err } = await judgedIn(folder, join(folder, 'nowhere'))
  assert.is(exit, 2)
  assert.match(err, /--messages .*nowhere: there is no such folder/)
})

test.run()
