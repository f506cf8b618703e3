// What is made of a run: that it says what the run has come to, that nothing of what a hostile target sends becomes markup,
// and that nobody can change it unseen.

import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import type { Ran } from '../engine/run.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { readRegister } from '../register.ts'
import type { Results } from '../results-shape.ts'
import { groundOf, played } from '../selftest/playing.ts'
import type { Ground } from '../selftest/playing.ts'
import type { Transport } from '../transport/answer.ts'
import { loadXml, readXml } from '../xml.ts'
import { diffRuns } from './diff.ts'
import { evidenceOf } from './evidence.ts'
import { writeFolder } from './folder.ts'
import { keeperFor } from './keep.ts'
import { signerOf } from './manifest.ts'
import type { Files } from './manifest.ts'
import { escaped } from './markup.ts'
import { shown } from './octets.ts'
import { verifyRun } from './verify.ts'

const test = suite('conformance report')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-report-'))
let cimgate: Cimgate
let ground: Ground

test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
  ground = groundOf(readRegister(), cimgate, 'seed')
})
test.after(async () => {
  await cimgate.close()
  rmSync(folder, { recursive: true, force: true })
})

const CASES = ['DERG-1a', '100/header/correlation-echoed']
const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

function keptOf(ran: Ran, key: string | undefined = PEM): Files {
  return evidenceOf(ran, { 'ics.json': '{}' }, signerOf(key))
}

/** A target that says this to everything. */
function saying(bytes: Uint8Array, contentType = 'application/xml') {
  return (transport: Transport): Transport => ({
    name: transport.name,
    send: async () => ({ kind: 'answered', status: 200, contentType, bytes }),
  })
}

function textOf(files: Files, name: string): string {
  return Buffer.from(files[name] ?? '').toString('utf8')
}

test('two runs with one seed and a virtual clock are the same, octet by octet', async () => {
  const [a, b] = [await played(DERMS_OPERATIONS, ground), await played(DERMS_OPERATIONS, ground)]
  const [first, second] = [keptOf(a), keptOf(b)]
  assert.equal(Object.keys(first), Object.keys(second))
  for (const [name, content] of Object.entries(first))
    assert.ok(Buffer.from(content).equals(Buffer.from(second[name] ?? '')), name)
  assert.ok(Object.keys(first).filter((it) => it.startsWith('wire/')).length > 50)
})

const REPLY = (inside: string) =>
  `<?xml version="1.0"?>\n<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message">\n<Header><Verb>reply</Verb><Noun>DERGroups</Noun>\n<CorrelationID>${inside}</CorrelationID></Header>\n<Reply><Result>OK</Result></Reply></ResponseMessage>`

/** [what, octets of every reply] */
const HOSTILE: readonly (readonly [string, Uint8Array])[] = [
  ['a script', Buffer.from(REPLY('&lt;script&gt;alert(1)&lt;/script&gt;<![CDATA[<script>]]>'))],
  [
    'the end of a section',
    Buffer.from(REPLY(']]&gt;--></code></pre><img src=x onerror=alert(1)>')),
  ],
  ['an attribute', Buffer.from(REPLY(`" onmouseover="alert(1)' x='`))],
  ['the other direction', Buffer.from(REPLY('\u202egnp.exe\u2066\u200b'))],
  ['invalid UTF-8', Buffer.from(REPLY('\xff\xfe<script>'), 'latin1')],
  ['control characters', Buffer.from(REPLY('\u0000\u001b[31m\u009b'))],
  ['UTF-16', Buffer.from(`\ufeff${REPLY('<script>')}`, 'utf16le')],
]

for (const [what, bytes] of HOSTILE)
  test(`nothing that a target sends becomes markup: ${what}`, async () => {
    const ran = await played(DERMS_OPERATIONS, ground, { only: CASES, between: saying(bytes) })
    const files = keptOf(ran)
    const html = textOf(files, 'report.html')
    assert.not.match(html, /<script|<img|onerror=alert\(1\)>|<[^>]*\son\w+\s*=/i)
    // eslint-disable-next-line no-control-regex
    assert.not.match(
      html,
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/,
    )
    assert.is(html.match(/<pre\b/g)?.length, html.match(/<\/pre>/g)?.length)
    assert.ok(readXml(Buffer.from(textOf(files, 'junit.xml'))) !== undefined, 'junit.xml')
    assert.not.match(textOf(files, 'summary.md'), /<script|<img/)
    assert.ok(html.includes('class="finding fail"'))
    assert.equal(files[ran.results.wire[1]?.file ?? ''], bytes, 'the wire is as it came')
  })

test('octets that are no text stand by their value, and a long message says that it goes on', () => {
  assert.equal(shown(Buffer.from('a\xffb\n\xc3', 'latin1')).lines, ['a⟨0xff⟩b', '⟨0xc3⟩'])
  const long = shown(Buffer.from('ä'.repeat(40_000)))
  assert.match(long.note, /^The first 65536 of 80000 octets/)
  assert.not.match(long.lines.join(''), /⟨0x/)
  assert.is(
    escaped(`<a b="c" d='e'>&\r\u202e`),
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;␍⟨U+202E⟩',
  )
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

const told = (
  command: (out: { out: (it: string) => void; err: (it: string) => void }) => number,
) => {
  let text = ''
  const exit = command({ out: (it) => void (text += it), err: (it) => void (text += it) })
  return { exit, text }
}

async function written(name: string, key?: string): Promise<string> {
  const path = join(folder, name)
  writeFolder(path, keptOf(await played(DERMS_OPERATIONS, ground, { only: ['DERG-1a'] }), key))
  return path
}

test('verify names each file that is changed, missing or added, and whose key has signed', async () => {
  const path = await written('sealed', PEM)
  const mine = join(folder, 'mine.pem')
  writeFileSync(mine, publicKey.export({ type: 'spki', format: 'pem' }))
  const verify = (key?: string) => told((out) => verifyRun(path, key, out))
  assert.is(verify().exit, 0)
  assert.match(verify().text, /integrity, not origin/)
  assert.match(verify(mine).text, /signature: right, by .*mine\.pem/)
  const results = readFileSync(join(path, 'results.json'), 'utf8')
  writeFileSync(join(path, 'results.json'), results.replace('"pass"', '"fail"'))
  rmSync(join(path, 'coverage.csv'))
  mkdirSync(join(path, 'more'))
  writeFileSync(join(path, 'more/note.txt'), '')
  rmSync(join(path, 'summary.md'))
  symlinkSync('/etc/hostname', join(path, 'summary.md'))
  const { exit, text } = verify(mine)
  assert.is(exit, 1)
  for (const it of [
    'changed: results.json',
    'changed: summary.md',
    'missing: coverage.csv',
    'added: more/note.txt',
  ])
    assert.ok(text.includes(it), `${it}: ${text}`)
  assert.match(
    text,
    /signature: right.*\. Only manifest\.json is as it was signed: the files above are/,
  )
})

test('verify does not take the signature of somebody else, nor a manifest that leads out of the folder', async () => {
  const path = await written('forged', undefined)
  const other = join(folder, 'other.pem')
  const pair = generateKeyPairSync('ed25519')
  writeFileSync(other, pair.publicKey.export({ type: 'spki', format: 'pem' }))
  const by = (key: string | undefined) => told((out) => verifyRun(path, key, out))
  assert.is(by(other).exit, 1)
  assert.match(by(other).text, /signature: not one of/)
  writeFileSync(
    join(path, 'manifest.json'),
    readFileSync(join(path, 'manifest.json'), 'utf8').replace('report.html', '../report.html'),
  )
  assert.is(by(undefined).exit, 2)
  rmSync(join(path, 'manifest.json'))
  assert.is(by(undefined).exit, 2)
  assert.match(by(undefined).text, /manifest\.json is missing/)
  assert.throws(
    () =>
      signerOf(
        generateKeyPairSync('x25519')
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      ),
    /is a key of x25519; one of Ed25519 is due/,
  )
})

/** [what is wrong, the options, what is said] */
const WRONG: readonly (readonly [string, Parameters<typeof keeperFor>[0], RegExp])[] = [
  ['a folder that is not empty', { report: folder }, /is not empty\. A run is never written over/],
  ['a key without a folder', { key: 'key.pem' }, /--key signs the folder of a run/],
  [
    'a key that is not there',
    { report: join(folder, 'new'), key: 'nowhere.pem' },
    /--key nowhere\.pem: /,
  ],
  ['a short key of pseudonyms', { redact: join(folder, 'short') }, /4 octets can be tried out/],
  ['another engine', { secondOpinion: 'saxon' }, /saxon is not known; engines are xmllint/],
]

for (const [what, options, said] of WRONG)
  test(`${what} is wrong usage, and is said before anything is sent`, () => {
    writeFileSync(join(folder, 'short'), 'abcd')
    assert.throws(() => keeperFor(options), said)
  })

test('diff says what is different, and whether suite, statement or target has changed', async () => {
  const a = await written('before')
  const ran = await played(DERMS_OPERATIONS, ground, {
    only: ['DERG-1a'],
    between: saying(Buffer.from(REPLY('x'))),
  })
  const results: Results = {
    ...ran.results,
    suite: { ...ran.results.suite, hash: 'f'.repeat(64), schemas: '0'.repeat(64) },
    run: { ...ran.results.run, target: 'http://elsewhere/', ics: 'e'.repeat(64) },
  }
  const b = join(folder, 'after')
  writeFolder(b, keptOf({ ...ran, results }))
  const same = told((out) => diffRuns(a, a, out))
  assert.is(same.exit, 0, same.text)
  const { exit, text } = told((out) => diffRuns(a, b, out))
  assert.is(exit, 1)
  for (const it of [
    /^suite: /m,
    /^capability statement: /m,
    /^target: memory → http:\/\/elsewhere\//m,
    /^verdict of the run: pass → fail$/m,
    /^role DOP: pass → fail$/m,
    /^case DERG-1a: pass → fail$/m,
    /^requirement COR-01: pass → fail$/m,
    /^finding new: COR-01 in DERG-1a#1 /m,
  ])
    assert.match(text, it)
  assert.match(told((out) => diffRuns(b, a, out)).text, /^finding gone: COR-01 in DERG-1a#1 /m)
  assert.is(told((out) => diffRuns(a, folder, out)).exit, 2)
})

test.run()
