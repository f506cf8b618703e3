// The chain of the audit log: whole ones are whole, and whatever is done to one is found, at the line where it was done.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { anchorIn, anchorText } from './chain.ts'
import { TAMPERING_NAMES, judged, tampering, wholeLog } from './tampered.fixture.ts'

const test = suite('audit: chain')

test('T17: a whole log is whole, from its first line or from where it was forgotten', () => {
  for (const [count, forgotten] of [
    [1, 0],
    [30, 0],
    [1, 1],
    [30, 12],
  ] as const) {
    const log = wholeLog(count, forgotten)
    const { broken, lines, proved, firstAt, lastAt } = judged(log)
    assert.is(broken, undefined)
    assert.is(lines, log.lines.length)
    assert.equal(proved, log.ends.head)
    assert.equal([firstAt, lastAt], [log.lines[0]?.at, log.lines.at(-1)?.at])
  }
})

test('T17: a head that was kept is found again in a log that has grown', () => {
  const log = wholeLog(30)
  for (const line of log.lines) {
    const kept = { seq: line.seq, hash: line.hash }
    assert.is(judged({ ...log, kept }).broken, undefined)
    assert.is(judged({ ...log, kept: { ...kept, seq: -1 } }).broken, undefined)
    assert.is(judged({ ...log, kept: { ...kept, seq: line.seq + 1 } }).broken?.kind, 'anchor')
  }
})

test('T17: a head is written and read', () => {
  const { head } = wholeLog(3).ends
  assert.equal(anchorIn(anchorText(head)), head)
  assert.equal(anchorIn(` ${head.hash}\n`), { seq: -1, hash: head.hash })
  for (const text of [
    '',
    '3:',
    head.hash.slice(1),
    `${head.hash}0`,
    `-1:${head.hash}`,
    `3;${head.hash}`,
  ])
    assert.is(anchorIn(text), undefined, text)
})

for (const [first, name] of TAMPERING_NAMES.entries())
  test(`T17: ${name} is found`, () => {
    for (let n = first; n < 5 * TAMPERING_NAMES.length; n += TAMPERING_NAMES.length) {
      const { log, seq, kinds } = tampering(n)
      const { broken, proved } = judged(log)
      assert.ok(broken, `tampering ${n}`)
      assert.ok(kinds.includes(broken.kind), `tampering ${n}: ${broken.kind} ${broken.found}`)
      if (seq !== undefined) assert.is(broken.seq, seq, `tampering ${n}: ${broken.found}`)
      // Nothing is proved that was tampered with.
      if (broken.kind !== 'anchor' && broken.kind !== 'beginning')
        assert.ok(proved.seq <= broken.seq, `tampering ${n}: proved up to ${proved.seq}`)
    }
  })

test.run()
