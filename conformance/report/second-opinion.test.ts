// Another engine is asked, in a process that it cannot leave; where it does not agree the run says so.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import type { Ran } from '../engine/run.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { played } from '../selftest/playing.ts'
import { reportsOf } from './evidence.ts'
import { withSecondOpinion } from './second-opinion.ts'
import { askXmllint } from './xmllint.ts'

const test = suite('conformance report: second opinion')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-opinion-'))
let ground: OpenGround
let run: Ran
test.before(async () => {
  ground = await openGround()
  run = await played(DERMS_OPERATIONS, ground, {
    only: ['DERG-1a', '100/xml/prefix', '100/xml/doctype', '100/xml/truncated'],
  })
})
test.after(async () => {
  await ground.close()
  rmSync(folder, { recursive: true, force: true })
})

const ARGUMENTS = join(folder, 'arguments')

/** A program that says what it is told to, and takes down what it was asked. @param judge lines of JavaScript that see `document` */
function fake(name: string, judge: string): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    `#!${process.execPath}
const { readFileSync, appendFileSync } = require('node:fs')
const told = process.argv.slice(2)
if (told[0] === '--version') { console.error('${path}: using libxml version 21500'); process.exit(0) }
const document = readFileSync(0, 'utf8')
appendFileSync(${JSON.stringify(ARGUMENTS)}, JSON.stringify({ told, env: Object.keys(process.env) }) + '\\n')
${judge}
`,
  )
  chmodSync(path, 0o755)
  return path
}

const opinionOf = async (program: string) => {
  const { results } = await withSecondOpinion(run, ground.cimgate, program)
  const told = String(reportsOf(results, () => undefined)['report.html'])
  return { verdict: results.verdict, opinion: results.secondOpinion, told }
}

test('an engine that agrees changes nothing, and is asked without shell, network or the environment', async () => {
  const { verdict, opinion, told } = await opinionOf(fake('agrees', 'process.exit(0)'))
  assert.is(verdict, 'pass')
  assert.ok(opinion !== undefined && 'asked' in opinion && opinion.asked > run.passed.length / 2)
  assert.equal([opinion.version, opinion.disagreements, opinion.undecided], ['21500', [], []])
  assert.match(told, new RegExp(`xmllint 21500: ${opinion.asked} judged, 0 judged otherwise`))
  for (const line of readFileSync(ARGUMENTS, 'utf8').trim().split('\n')) {
    const asked = JSON.parse(line) as { readonly told: string[]; readonly env: string[] }
    assert.match(asked.told.join(' '), /^--nonet --noout --maxmem \d+ --schema \/\S+\.xsd -$/)
    assert.equal(
      asked.env.filter((it) => !/^(PATH|XML_CATALOG_FILES|LC_ALL|__CF_USER.*)$/.test(it)),
      [],
    )
  }
})

test('a date behind white space is not for xmllint to decide', async () => {
  const saying = (name: string, value: string, more = '') =>
    fake(
      name,
      `console.error("-:1: element at: Schemas validity error : Element 'at': '${value}' is not a valid value of the atomic type 'xs:dateTime'.${more}"); process.exit(3)`,
    )
  const asked = (program: string) => askXmllint(program, '<at/>', '/s.xsd')
  const known = await asked(saying('blank', '\\n  2026-07-14T09:00:00Z\\n'))
  assert.ok('undecided' in known && known.undecided.startsWith('it refuses white space'))
  for (const other of [
    saying('bad', ' 2026-07-14'),
    saying('plain', '2026-07-14T09:00:61Z'),
    saying('more', ' 2026-07-14T09:00:00Z', '\\n-:2: element b: Schemas validity error : No.'),
  ])
    assert.not.ok('undecided' in (await asked(other)))
})

test('every disagreement is told with both opinions, and the run is not to be relied on', async () => {
  const program = fake(
    'differs',
    `if (/<DERGroups/.test(document.slice(0, 20))) { console.error("-:7: element <b>: Schemas validity error : no such thing"); process.exit(3) }`,
  )
  const { verdict, opinion, told } = await opinionOf(program)
  assert.is(verdict, 'harness-error')
  assert.ok(opinion !== undefined && 'disagreements' in opinion)
  const [one] = opinion.disagreements
  assert.equal(
    { ...one, wire: '' },
    {
      wire: '',
      part: 'payload',
      schema: 'xsd/part5/DERGroups.xsd',
      ours: 'valid',
      theirs: 'line 7: element <b>: Schemas validity error : no such thing',
    },
  )
  assert.match(
    told,
    /Two engines disagree on the payload of wire\/\S+ by xsd\/part5\/DERGroups\.xsd\. cimgate: valid\. xmllint: line 7: element &lt;b&gt;/,
  )
})

test('an engine that is not there, is none, or gives up is no disagreement, and the report says so', async () => {
  const away = await opinionOf(join(folder, 'nobody'))
  assert.is(away.verdict, 'pass')
  assert.match(away.told, /is not installed/)
  const other = join(folder, 'other')
  writeFileSync(other, `#!${process.execPath}\nconsole.log('hello')\n`)
  chmodSync(other, 0o755)
  assert.match((await opinionOf(other)).told, /is no xmllint/)
  const broken = await opinionOf(fake('broken', `console.error('schema error'); process.exit(5)`))
  assert.is(broken.verdict, 'pass')
  assert.match(broken.told, /xmllint gave no answer: (envelope|payload) of \S+: schema error/)
})

const isInstalled = spawnSync('xmllint', ['--version']).error === undefined
const really = isInstalled ? test : test.skip
if (!isInstalled) console.log('skipped: xmllint is not installed')

really(
  'the real xmllint agrees with every message of a run, and refuses one that is wrong',
  async () => {
    const { verdict, opinion } = await opinionOf('xmllint')
    assert.is(verdict, 'pass', JSON.stringify(opinion))
    assert.ok(opinion !== undefined && 'asked' in opinion && opinion.asked > run.passed.length / 2)
    assert.equal([opinion.disagreements, opinion.undecided], [[], []])
    const schema = new URL('../../../xsd/part100/Message.xsd', import.meta.url).pathname
    const wrong = await askXmllint(
      'xmllint',
      '<RequestMessage xmlns="http://iec.ch/TC57/2011/schema/message"/>',
      schema,
    )
    assert.ok('isValid' in wrong && !wrong.isValid && /Missing child element/.test(wrong.said))
    assert.ok('undecided' in (await askXmllint('xmllint', '<a', schema)))
  },
)

test.run()
