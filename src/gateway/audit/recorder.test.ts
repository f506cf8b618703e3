// What becomes of events on their way into the audit log: each once, floods bounded and counted to the last, none lost while the
// store is away without a line that says so; and nothing of what a sender wrote can pass for a line.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { AuditEntry } from './entry.ts'
import { chained, NO_LINE } from './chain.ts'
import { EVENTS } from './events.ts'
import type { EventName } from './events.ts'
import { exportedIn, exportedText } from './exported.ts'
import { MOST_WAITING } from './outlet.ts'
import { LONGEST, plain } from './plain.ts'
import { MOST_APART, createRecorder } from './recorder.ts'
import { sha256 } from './tampered.fixture.ts'
import type { AuditLine } from './chain.ts'
import { SILENT } from '../gateway.fixture.ts'
import { virtualTime } from '../delivery/virtual-time.fixture.ts'
import type { Store, Unit } from '../ports.ts'

const test = suite('audit: recorder')

const MINUTE = 60_000

type Trouble = 'no' | 'unknown, and not kept' | 'unknown, and kept'

/** A recorder over a log in memory, which can be in trouble. */
function bench() {
  const time = virtualTime()
  const lines: AuditLine[] = []
  let trouble: Trouble | undefined
  let commits = 0
  const keep = ({ audit = [] }: Unit) => {
    lines.push(...chained(audit, lines.at(-1) ?? NO_LINE, sha256))
  }
  const store: Pick<Store, 'commit' | 'audit'> = {
    commit: async (unit) => {
      commits += 1
      if (trouble === undefined || trouble === 'unknown, and kept') keep(unit)
      if (trouble !== undefined) {
        const written = trouble === 'no' ? 'no' : 'unknown'
        trouble = trouble === 'unknown, and kept' ? undefined : trouble
        throw Object.assign(new Error('away'), { code: 'store-io', written })
      }
      return { kind: 'committed', events: [] }
    },
    audit: async ({ limit }) => [...lines].reverse().slice(0, limit),
  }
  const recorder = createRecorder({ store, ...time, log: SILENT })
  const settled = () => new Promise((done) => setImmediate(done))
  return {
    ...{ recorder, lines, time, settled },
    commits: () => commits,
    inTrouble: (it: Trouble | undefined) => void (trouble = it),
    /** Timers, one after the other, until none is left or `times` have run. */
    pass: async (times = 1) => {
      for (let n = 0; n < times && time.step(); n += 1) await settled()
    },
    words: () => lines.map(({ what, who, from, details }) => [what, who, from, details].join('|')),
  }
}

for (const what of Object.keys(EVENTS) as EventName[])
  test(`T17: ${what} stands in the log once, in UTC, with who, where and what`, async () => {
    const { recorder, lines, settled } = bench()
    const about = { who: 'north', from: '192.0.2.1', subject: 's', details: 'd' }
    if ((EVENTS[what] as { readonly windowMs?: number }).windowMs === undefined)
      await recorder.write(what, about)
    else recorder.note(what, about)
    await settled()
    await recorder.close()
    assert.is(lines.length, 1)
    const [{ at, hash: _, ...rest } = { at: '', hash: '' }] = lines
    assert.match(at, /^2026-07-14T08:\d\d:\d\d\.\d{3}Z$/)
    assert.equal(rest, { seq: 1, what, ...about })
    assert.ok(EVENTS[what].says.length > 10)
  })

test('T17: there are thirty kinds of events and more', () => {
  assert.ok(Object.keys(EVENTS).length >= 30, `${Object.keys(EVENTS).length}`)
})

test('T17: a flood of refused logins is one line, and each minute one that counts it', async () => {
  const { recorder, lines, pass, settled, words } = bench()
  const refused = { who: '', from: '192.0.2.9', subject: 'POST /cim', details: 'wrong-credentials' }
  for (let minute = 0; minute < 3; minute += 1) {
    for (let n = 0; n < 10_000; n += 1) recorder.note('login-refused', refused)
    await settled()
    await pass()
  }
  assert.is(lines.length, 4, words().join('\n'))
  const counted = lines
    .slice(1)
    .map(({ details }) => Number(/^(\d+) more of the same/.exec(details)?.[1]))
  assert.equal(counted, [9_999, 10_000, 10_000])
  // When it has stopped, it is as new when it comes again.
  await pass()
  recorder.note('login-refused', refused)
  await settled()
  assert.is(lines.length, 5)
  await recorder.close()
  assert.is(lines.length, 5)
})

test('T17: a flood from everywhere is bounded, and counted to the last', async () => {
  const { recorder, lines, pass, settled } = bench()
  for (let n = 0; n < 5_000; n += 1)
    recorder.note('login-refused', { who: '', from: `2001:db8::${n.toString(16)}` })
  await settled()
  assert.is(lines.length, MOST_APART)
  await pass()
  assert.is(lines.length, MOST_APART + 1)
  const { details, from } = lines.at(-1) ?? { details: '', from: '?' }
  assert.match(details, new RegExp(`^${5_000 - MOST_APART} more, of others and from elsewhere,`))
  assert.is(from, '')
})

test('T17: what one party does hides nothing of another', async () => {
  const { recorder, lines, settled } = bench()
  for (let n = 0; n < 1_000; n += 1) recorder.note('message-refused', { who: 'north', from: 'a' })
  recorder.note('message-refused', { who: 'south', from: 'a' })
  recorder.note('message-refused', { who: 'north', from: 'b' })
  recorder.note('replay', { who: 'north', from: 'a' })
  await settled()
  assert.equal(
    lines.map(({ what, who, from }) => `${what} ${who} ${from}`),
    [
      'message-refused north a',
      'message-refused south a',
      'message-refused north b',
      'replay north a',
    ],
  )
})

test('T17: an end tells what was counted so far', async () => {
  const { recorder, lines } = bench()
  for (let n = 0; n < 5; n += 1) recorder.note('socket-refused', { from: 'x' })
  await recorder.close()
  assert.is(lines.length, 2)
  assert.match(lines[1]?.details ?? '', /^4 more of the same/)
})

for (const trouble of ['no', 'unknown, and not kept', 'unknown, and kept'] as const)
  test(`T17: each event is there once when the store was away (written: ${trouble})`, async () => {
    const { recorder, lines, pass, settled, inTrouble } = bench()
    inTrouble(trouble)
    for (let n = 0; n < 3; n += 1) recorder.note('start', { subject: `${n}` })
    await settled()
    if (trouble !== 'unknown, and kept') assert.is(lines.length, 0)
    await pass(2)
    inTrouble(undefined)
    await pass(3)
    assert.equal(
      lines.map(({ what, subject }) => `${what} ${subject}`),
      ['start 0', 'start 1', 'start 2', 'store-fault store'],
    )
    assert.match(lines.at(-1)?.details ?? '', /^store-io since 2026-07-14T08:00/)
  })

test('T17: what there is no room for leaves a line that says how much it was', async () => {
  const { recorder, lines, pass, settled, inTrouble } = bench()
  inTrouble('no')
  for (let n = 0; n < MOST_WAITING + 1_234; n += 1) recorder.note('start', { subject: `${n}` })
  await settled()
  inTrouble(undefined)
  await pass(2)
  for (let n = 0; n < 50; n += 1) await settled()
  assert.is(lines.length, MOST_WAITING + 2)
  const gap = lines.find(({ what }) => what === 'log-gap')
  assert.match(gap?.details ?? '', /^1234 lines of .* could not be kept/)
})

test('T17: an act that cannot be written is told to whoever does it', async () => {
  const { recorder, inTrouble } = bench()
  inTrouble('no')
  let told = ''
  await recorder.write('payload-read').catch((error: Error) => (told = error.message))
  assert.is(told, 'away')
})

/** What a sender may write into whatever stands in a line. */
const EVIL: readonly string[] = [
  ...['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f', '\0', '\b', '\u007f'],
  ...[
    '\u001b[2K',
    '\u001b[31m',
    '\u001b]0;x\u0007',
    '\u009b31m',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
  ],
  ...[
    '"',
    '\\',
    '\\n',
    '\\u000a',
    '"}',
    '"},{"seq":1',
    '\ud800',
    '\udfff',
    '\ud83d\ude00',
    '\ue000',
  ],
  ...[
    '{"seq":2,"what":"stop"}',
    "';drop table audit;--",
    '%0a',
    '&#10;',
    '${x}',
    '<script>',
    '\ufffe',
  ],
]

test('T17: a hundred shapes of injection stay within their line, and are what they were', () => {
  const shapes = EVIL.flatMap((it) => [`a${it}b`, it.repeat(3), `${it}{"seq":9,"at":"x"}${it}`])
  assert.ok(shapes.length >= 100)
  const seen = new Set<string>()
  for (const shape of shapes)
    for (const field of ['who', 'subject', 'details', 'from', 'what', 'at'] as const) {
      const entry: AuditEntry = {
        at: 'a',
        who: 'w',
        what: 'x',
        subject: 's',
        details: 'd',
        [field]: shape,
      }
      const [line] = chained([entry], NO_LINE, sha256)
      if (line === undefined) return assert.unreachable()
      const text = exportedText({ kind: 'line', line })
      assert.not.match(text, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      assert.equal(exportedIn(text), { kind: 'line', line })
      if (field === 'details') seen.add(line.details)
    }
  // No two texts become the same.
  assert.is(seen.size, new Set(shapes).size)
})

test('T17: what is too long is cut, and shows it', () => {
  for (const it of ['x', '𝄞', '\n'])
    assert.ok(Array.from(plain(it.repeat(100_000), LONGEST.who)).length <= LONGEST.who * 6)
  assert.match(plain('x'.repeat(201), 200), /^x{199}…$/)
  assert.is(plain('x'.repeat(200), 200), 'x'.repeat(200))
})

test('a recorder that has nothing to tell asks for nothing', async () => {
  const { recorder, commits, time } = bench()
  await recorder.close()
  assert.is(commits(), 0)
  assert.is(time.passed() < MINUTE, true)
})

test.run()
