// What report.html leaves open to be read first and what it folds, and what it says of how sure a requirement is.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import type { Ran } from '../engine/run.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { played } from '../selftest/playing.ts'
import type { Transport } from '../transport/answer.ts'
import { reportsOf } from './evidence.ts'
import { sendingPage } from './pages.fixture.ts'

const test = suite('conformance report: page')
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

const REPLY = `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message">
<Header><Verb>reply</Verb><Noun>DERGroups</Noun><CorrelationID>another</CorrelationID></Header>
<Reply><Result>OK</Result></Reply></ResponseMessage>`

/** A target that says this to everything. */
function between({ name }: Transport): Transport {
  const answer = { kind: 'answered' as const, status: 200, contentType: 'application/xml' }
  return { name, send: async () => ({ ...answer, bytes: Buffer.from(REPLY) }) }
}

function reportsIn({ results, passed }: Ran): ReturnType<typeof reportsOf> {
  const octets = new Map(passed.map((it) => [it.file, it.bytes]))
  return reportsOf(results, (it) => octets.get(it))
}

function textOf(files: ReturnType<typeof reportsOf>, name: string): string {
  return Buffer.from(files[name] ?? '').toString('utf8')
}

test('whether a requirement is agreed, a draft or disputed stands wherever it is told of', async () => {
  const found = await played(DERMS_OPERATIONS, ground, { between })
  const { results } = found
  const files = reportsIn(found)
  const [html, csv, md] = ['report.html', 'coverage.csv', 'summary.md'].map((it) =>
    textOf(files, it),
  )
  for (const it of results.requirements) {
    assert.is(it.status, ground.register.requirements.get(it.id)?.status)
    assert.match(csv ?? '', new RegExp(`^"?${it.id}"?,.*,"?${it.status}"?,`, 'm'))
    if (it.failed.length === 0 || it.status === 'agreed') continue
    assert.ok(md?.includes(`(${it.status})`), it.id)
    const block = html?.slice(html.indexOf(`id="finding-${it.id}"`)) ?? ''
    assert.match(block.slice(0, 600), it.status === 'draft' ? /Draft: / : /Disputed: /)
  }
  assert.ok(results.requirements.some((it) => it.failed.length > 0 && it.status === 'draft'))
})

test('what the run has not asked for is folded, and so are all findings of a requirement but the first', async () => {
  const ran = await played(DERMS_OPERATIONS, ground, {
    only: ['DERG-1a', '100/header/repeated'],
    between,
  })
  const html = textOf(reportsIn(ran), 'report.html') ?? ''
  const { requirements, cases } = ran.results
  const [open = '', folded = ''] = html
    .slice(html.indexOf('<section id="requirements">'), html.indexOf('<section id="cases">'))
    .split('<details class="rest">')
  const rows = (it: string) => it.match(/<tr role="row" class=/g)?.length
  const asked = requirements.filter((it) => it.cases.length > 0 || it.failed.length > 0)
  assert.equal([rows(open), rows(folded)], [asked.length, requirements.length - asked.length])
  assert.ok(folded.includes(`${requirements.length - asked.length} requirements that this run`))
  const most = cases.flatMap((it) => it.findings).filter((it) => it.requirement === 'COR-01')
  assert.ok(most.length > 1)
  const block = html.slice(html.indexOf('id="finding-COR-01"'))
  const [first = ''] = block.split(`<summary>${most.length - 1} more, in `)
  assert.is(first.split('<article').length - 1, 1, 'one is open')
  const [whole = ''] = block.split('<section class="requirement"')
  const said = (it: string) => whole.split(`<dt>${it}</dt>`).length - 1
  assert.equal(
    [said('Clause'), said('Got')],
    [1, most.length],
    'what all have in common is said once',
  )
})

test('a line of a message costs seven letters besides its own, and no indentation of ours is in the page', async () => {
  const ran = await played(DERMS_OPERATIONS, ground, { only: ['DERG-1a'] })
  const html = textOf(reportsIn(ran), 'report.html') ?? ''
  const messages = [...html.matchAll(/<pre class="octets"><code>([^]*?)<\/code>/g)]
  assert.is(messages.length, ran.passed.length)
  for (const [, text = ''] of messages) {
    const lines = text.split('\n').length - 1
    assert.ok(lines > 0)
    assert.is(text.length - text.replace(/<[^>]*>/g, '').length, lines * '<i></i>'.length)
  }
  assert.not.match(html.replace(/<(pre|style)[^]*?<\/\1>/g, ''), /\n /)
})

test('a page of a product that nobody has named says so', async () => {
  const html = textOf(
    reportsIn(await played(DERMS_OPERATIONS, ground, { only: ['DERG-1a'] })),
    'report.html',
  )
  assert.match(html ?? '', /does not say which product this is/)
})

test('no heading skips a level, also where messages belong to no case', async () => {
  const page = Buffer.from(await sendingPage(ground)).toString('utf8')
  assert.match(page, /id="unmatched"/)
  const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
  const skipped = levels.filter((it, at) => it > (levels[at - 1] ?? 0) + 1)
  assert.equal(skipped, [])
})

test.run()
