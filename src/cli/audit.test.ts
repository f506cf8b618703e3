// `cimgate audit` as auditors use it: a store that is whole, one that somebody has had his hands in, an export on another
// machine.

import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { chance } from '../gateway/audit/tampered.fixture.ts'
import { UsageError, runAudit } from '../main.ts'
import { AUDIT_TOOLS } from '../main/audit.ts'
import { makeEarlier } from '../serve/earlier-version.fixture.ts'
import { NOTHING } from '../shell/store/contract/ledger.ts'
import { counted } from '../shell/store/contract/samples.ts'
import { openStore } from '../shell/store/index.ts'
import { MIGRATIONS } from '../shell/store/migrations.ts'
import { cimgate, folder as all } from './process.fixture.ts'

const test = suite('cli: audit')

/** Lines in the log that all begin with. */
const LINES = 40
const SECRET = 'not-to-be-seen'

let whole = ''

const folder = () => mkdtempSync(join(all, 'audit-'))

async function append(data: string, count: number): Promise<void> {
  const store = await openStore(data)
  for (const n of counted(count)) {
    const at = new Date(Date.UTC(2026, 10, 1, 0, 0, n)).toISOString()
    const details = `ü ${n} "quoted"`
    const line = {
      at,
      who: 'north',
      from: '192.0.2.1',
      what: 'resend',
      subject: `leg-${n}`,
      details,
    }
    await store.commit({ ...NOTHING, audit: [line] })
  }
  await store.close()
}

/** Always of a copy: this process, which does not end with the command, keeps the lock of the file that was looked into. */
async function audit(
  action: string,
  { data = whole, ...how }: Partial<Parameters<typeof runAudit>[1]>,
) {
  let out = ''
  const terminal = {
    out: (text: string) => void (out += text),
    err: () => undefined,
    ...{ colour: false, watched: false, width: 80 },
  }
  try {
    return { code: await runAudit(action, { ...how, data: copied(data) }, terminal), out }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { code: 2, out: error.message }
  }
}

function copied(from = whole): string {
  const data = folder()
  if (existsSync(from)) cpSync(from, data, { recursive: true })
  return data
}

/** A copy of the store, changed by whoever has its file. */
function tampered(statement: string): string {
  const data = copied()
  const database = new Database(join(data, 'cimgate.db'))
  database.exec(statement)
  database.close()
  return data
}

function written(text: string): string {
  const file = join(folder(), 'audit.jsonl')
  writeFileSync(file, text)
  return file
}

test.before(async () => {
  whole = folder()
  await append(whole, LINES)
})

test('T17: a whole log is proved, and its head is told, to be kept', async () => {
  const first = await audit('verify', {})
  assert.is(first.code, 0, first.out)
  assert.match(
    first.out,
    /^✓ whole {2}\S+ {2}40 lines of 2026-11-01T\S+ to 2026-11-01T\S+\n {2}head {2}40:[0-9a-f]{64}\n/,
  )
  const head = /head {2}(\S+)/.exec(first.out)?.[1] ?? ''
  const grown = copied()
  await append(grown, 3)
  for (const it of [head, head.slice(3), written(`${head}\n`)])
    assert.is((await audit('verify', { data: grown, head: it })).code, 0)
  const wrong = await audit('verify', {
    data: grown,
    head: head.replace(/.$/, (it) => (it === '0' ? '1' : '0')),
  })
  assert.is(wrong.code, 1)
  assert.match(wrong.out, /✗ broken .*the line of the anchor is not there/)
  const cut = await audit('verify', { head: `43:${'0'.repeat(64)}` })
  assert.match(cut.out, /ends with line 40: its end was cut off/)
})

/** [what somebody does to the file, what is told] */
const HANDS_IN: readonly (readonly [string, RegExp])[] = [
  [`update "audit" set "who" = 'south' where "seq" = 17`, /Line 17 .* has another text/],
  [`update "audit" set "at" = '2026-11-02' where "seq" = 40`, /Line 40 .* has another text/],
  [`update "audit" set "from" = '' where "seq" = 1`, /Line 1 .* has another text/],
  [`update "audit" set "hash" = 'x' where "seq" = 17`, /Line 17 .* has another hash/],
  [
    `update "audit" set "details" = cast(x'ff' as text) where "seq" = 9`,
    /Line 9 .* has another text/,
  ],
  [`delete from "audit" where "seq" = 17`, /Line 17 is missing\./],
  [`delete from "audit" where "seq" between 17 and 19`, /Lines 17 to 19 are missing\./],
  [`delete from "audit" where "seq" = 40`, /Line 40 is missing at the end/],
  [`delete from "audit" where "seq" > 30`, /Lines 31 to 40 are missing at the end/],
  [`delete from "audit" where "seq" < 5`, /Lines 1 to 4 are missing/],
  [`delete from "audit"`, /Lines 1 to 40 are missing at the end/],
  [`delete from "audit"; delete from "auditEnd"`, /The log has no line/],
  [`delete from "auditEnd"`, /is missing|stands behind line 0/],
  [`update "auditEnd" set "seq" = 39`, /Line 40 stands behind line 39, the newest/],
  [
    `update "audit" set "seq" = 100 where "seq" = 5; update "audit" set "seq" = 5 where "seq" = 6; update "audit" set "seq" = 6 where "seq" = 100`,
    /Line 5 .* does not belong here|Line 5 .* has another/,
  ],
  [
    `insert into "audit" select 41, "at", "who", "what", "subject", "details", "from", "hash" from "audit" where "seq" = 40`,
    /Line 41 stands behind line 40/,
  ],
]

for (const [statement, told] of HANDS_IN)
  test(`T17: ${statement.slice(0, 70)} is found`, async () => {
    const data = tampered(statement)
    const { code, out } = await audit('verify', { data })
    assert.is(code, 1, out)
    assert.match(out, told)
    assert.match(out, /Keep a copy of the store as it is: it is the evidence/)
  })

/** [address, as it is shown] */
const SHOWN: readonly (readonly [string, string])[] = [
  ['postgres://cim@db:5432/cim', 'postgres://cim@db:5432/cim'],
  ['postgres://cim:secret@db/cim?sslmode=require', 'postgres://cim@db/cim'],
  ['postgres://cim:sec@ret@db/cim', 'postgres://cim@db/cim'],
]

for (const [address, shown] of SHOWN)
  test(`of ${address} is shown ${shown}`, async () => {
    assert.is(await AUDIT_TOOLS.shown(address), shown)
  })

test('T17: what is missing at the end stays missing when the gateway goes on', async () => {
  const data = tampered(`delete from "audit" where "seq" > 38`)
  await append(data, 2)
  const { code, out } = await audit('verify', { data })
  assert.is(code, 1)
  assert.match(out, /Lines 39 to 40 are missing\./)
  assert.match(out, /proved {2}38 lines/)
})

test('T17: a log whose end is not known any more goes on with a line that says so, and is never chained anew', async () => {
  const data = tampered(`update "audit" set "who" = 'x' where "seq" = 3; delete from "auditEnd"`)
  await append(data, 1)
  const { code, out } = await audit('verify', { data })
  assert.is(code, 1)
  assert.match(out, /Line 3 .* has another text/)
  const { out: text } = await audit('export', { data })
  assert.match(text, /"seq":41,[^\n]*"what":"log-gap"/)
})

/** The last version whose log was no chain. */
const UNCHAINED = MIGRATIONS.findIndex((it) => it.some((sql) => sql.includes('"auditEnd"')))

test('T17: lines of an earlier version are chained when the next one is written', async () => {
  for (const forgotten of [0, 5]) {
    const data = tampered(`delete from "audit" where "seq" <= ${forgotten}`)
    makeEarlier(data, UNCHAINED)
    const before = await audit('verify', { data })
    assert.is(before.code, 2)
    assert.match(before.out, /Start the gateway once/)
    await append(data, 1)
    const { code, out } = await audit('verify', { data })
    assert.is(code, 0, out)
    assert.match(out, forgotten === 0 ? /41 lines/ : /37 lines/)
  }
})

test('T17: an export is proved on another machine, and so is every change in it', async () => {
  const { code, out } = await audit('export', {})
  assert.is(code, 0)
  assert.is(out.split('\n').length, LINES + 3)
  const clean = await audit('verify', { file: written(out) })
  assert.is(clean.code, 0, clean.out)
  assert.match(clean.out, /40 lines/)
  const pick = chance(7)
  const lines = out.trimEnd().split('\n')
  const changes: (readonly [string, readonly string[]])[] = [
    ['no last line', lines.slice(0, -1)],
    ['no first line', lines.slice(1)],
    ['half of it', lines.slice(0, 20)],
    ['nothing', []],
    ['one twice', lines.toSpliced(9, 0, lines[9] ?? '')],
    ['one left out', lines.toSpliced(9, 1)],
    ['another order', lines.toSpliced(9, 2, lines[10] ?? '', lines[9] ?? '')],
    ['more behind the end', [...lines, lines[40] ?? '']],
    ['another key', lines.with(9, (lines[9] ?? '').replace('{', '{"also":1,'))],
    ['a key twice', lines.with(9, (lines[9] ?? '').replace('{', '{"who":"eva",'))],
    ['no JSON', lines.with(9, 'Nov 29 login ok')],
    ...counted(40).map((n): readonly [string, readonly string[]] => {
      const [at, line] = [pick(lines.length), '']
      const old = lines[at] ?? line
      const column = pick(old.length)
      const other = old[column] === 'x' ? 'y' : 'x'
      const text = old.slice(0, column) + other + old.slice(column + 1)
      return [`octet ${n}: line ${at} column ${column}`, lines.with(at, text)]
    }),
  ]
  for (const [name, changed] of changes) {
    const found = await audit('verify', { file: written(`${changed.join('\n')}\n`) })
    assert.is(found.code, 1, `${name}: ${found.out}`)
    assert.match(found.out, /✗ broken/)
  }
})

test('T17: the text of a line cannot begin another one', async () => {
  const data = copied()
  const store = await openStore(data)
  const evil = '\n{"seq":42}\r\n\u001b[31m\u2028'
  const at = '2026-11-03T00:00:00.000Z'
  await store.commit({
    ...NOTHING,
    audit: [{ at, who: evil, what: 'x', subject: evil, details: evil }],
  })
  await store.close()
  const { out } = await audit('export', { data })
  assert.is(out.split('\n').length, LINES + 4)
  assert.not.match(out, /[\r\u001b\u2028]/)
})

test('a log that a gateway writes is not read beside it, and told where to ask', async () => {
  const data = copied()
  const store = await openStore(data)
  const { code, err } = await cimgate('audit', 'verify', '--data', data)
  await store.close()
  assert.is(code, 2)
  assert.match(err, /held by .* Ask it \(GET \/api\/v1\/audit\), or stop it/)
})

test('what cannot be read is told, and is neither whole nor broken', async () => {
  const empty = folder()
  for (const [action, how, told] of [
    ['verify', { data: join(empty, 'nothing') }, /no folder of a store: name it with --data/],
    ['verify', { file: join(empty, 'nothing') }, /ENOENT/],
    ['verify', { head: 'nothing' }, /nothing is no head/],
    ['export', { file: 'x' }, /standard output/],
    ['forget', {}, /no audit forget/],
    [
      'verify',
      { database: `postgres://u:${SECRET}@127.0.0.1:1/db?sslmode=disable` },
      /127\.0\.0\.1:1\/db/,
    ],
  ] as const) {
    const { code, out } = await audit(action, how)
    assert.is(code, 2, out)
    assert.match(out, told)
    assert.not.match(out, new RegExp(SECRET))
  }
  assert.ok(readFileSync(join(whole, 'cimgate.json'), 'utf8'))
})

test.run()
