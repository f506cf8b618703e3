// What is made of a run: that it says what the run has come to, for people and for machines.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { played } from '../selftest/playing.ts'
import { readXml } from '../xml.ts'
import { CASES, REPLY, keptOf, saying, textOf } from './kept.fixture.ts'

const test = suite('conformance report')
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

test('two runs with one seed and a virtual clock are the same, octet by octet', async () => {
  const [a, b] = [await played(DERMS_OPERATIONS, ground), await played(DERMS_OPERATIONS, ground)]
  const [first, second] = [keptOf(a), keptOf(b)]
  assert.equal(Object.keys(first), Object.keys(second))
  for (const [name, content] of Object.entries(first))
    assert.ok(Buffer.from(content).equals(Buffer.from(second[name] ?? '')), name)
  assert.ok(Object.keys(first).filter((it) => it.startsWith('wire/')).length > 50)
})

test('each finding has expected and got, clause, blame, both messages marked, and a command', async () => {
  const other = 'somebody-elses'
  const between = saying(Buffer.from(REPLY(other)))
  const ran = await played(DERMS_OPERATIONS, ground, { only: CASES, between })
  const html = textOf(keptOf(ran), 'report.html')
  const [article = ''] = /<article(?:(?!<\/article)[^])*COR-01[^]*?<\/article>/.exec(
    html.slice(html.indexOf('id="finding-COR-01"')),
  ) ?? [html.slice(html.indexOf('id="finding-COR-01"'))]
  assert.match(article, /<dt>Expected<\/dt>\s*<dd>[0-9a-f-]{36}/)
  assert.match(article, /<dt>Got<\/dt>\s*<dd>somebody-elses/)
  assert.match(article, /<dt>Clause<\/dt>\s*<dd>IEC 61968-100:2013 6\.9/)
  assert.match(article, /<dt>Fault of<\/dt>\s*<dd>the product under test/)
  assert.match(article, /<mark>&lt;CorrelationID&gt;somebody-elses&lt;\/CorrelationID&gt;<\/mark>/)
  assert.match(article, /<mark>&lt;CorrelationID&gt;[0-9a-f-]{36}&lt;\/CorrelationID&gt;<\/mark>/)
  assert.match(
    article,
    /npx cimgate conformance run --ics ics\.json --target memory --only \S+ --seed seed/,
  )
  assert.match(html, /<svg[^>]*role="img"[^]*create DERGroups[^]*reply DERGroups: OK/)
  assert.match(html, /Content-Security-Policy" content="default-src &#39;none&#39;/)
})

test('self-test figures stand in the header', async () => {
  const ran = await played(DERMS_OPERATIONS, ground, { only: ['DERG-1a'] })
  const selftest = { killed: 98, run: 99, falseAlarms: 1 }
  const html = textOf(keptOf({ ...ran, results: { ...ran.results, selftest } }), 'report.html')
  assert.match(html, /<header>[^]*98 of 99 mutants found, 1 false alarms[^]*<\/header>/)
})

test('JUnit, coverage and summary hide nothing', async () => {
  const between = saying(Buffer.from(REPLY('=cmd|calc')))
  const ran = await played(DERMS_OPERATIONS, ground, { between })
  const files = keptOf(ran)
  const { cases, requirements } = ran.results
  const [junit, csv, md] = ['junit.xml', 'coverage.csv', 'summary.md'].map((it) =>
    textOf(files, it),
  )
  const suites = readXml(Buffer.from(junit ?? ''))
  const told = suites?.children.flatMap((it) => it.children) ?? []
  assert.equal(told.map((it) => it.attributes['name']).sort(), cases.map((it) => it.id).sort())
  for (const [verdict, element] of [
    ['fail', 'failure'],
    ['not-applicable', 'skipped'],
  ] as const) {
    const wanted = cases.filter((it) => it.verdict === verdict).map((it) => it.id)
    const got = told.filter((it) => it.children.some(({ name }) => name === element))
    assert.ok(wanted.length > 0, verdict)
    assert.equal(got.map((it) => it.attributes['name']).sort(), [...wanted].sort())
  }
  for (const it of requirements) {
    assert.match(csv ?? '', new RegExp(`^"${it.id}",`, 'm'))
    if (it.notTested !== undefined)
      assert.ok(csv?.includes(it.notTested.replaceAll('"', '""')), it.id)
    if (it.failed.length > 0) assert.ok(md?.includes(`| ${it.id}: `), it.id)
  }
  assert.not.match(csv ?? '', /(^|,)"?[=+@-]/m)
})

test.run()
