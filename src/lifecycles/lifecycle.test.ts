import * as fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LIFECYCLES } from './index.ts'
import { NONE, diagramOf, isGone, isOver, statesOf, step } from './lifecycle.ts'
import type { Lifecycle } from './lifecycle.ts'

const test = suite('lifecycle')

for (const lifecycle of LIFECYCLES) {
  const { id, steps, terminal } = lifecycle
  const triggers = [...new Set(steps.map((it) => it.trigger)), 'nonsense']

  test(`${id}: P-07: any triggers lead to states of the table only, and illegal ones nowhere`, () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...triggers), { maxLength: 30 }), (list) => {
        let state = NONE
        for (const trigger of list) {
          const stepped = step(lifecycle, state, trigger)
          const row = steps.find((it) => it.from === state && it.trigger === trigger)
          assert.is('to' in stepped ? stepped.to : undefined, row?.to)
          if ('to' in stepped) state = stepped.to
        }
        assert.ok(state === NONE || statesOf(lifecycle).includes(state))
      }),
    )
  })

  test(`${id}: one row for each state and trigger`, () => {
    const rows = steps.map((it) => `${it.from} ${it.trigger}`)
    assert.equal(rows, [...new Set(rows)])
  })

  test(`${id}: every step can be reached from the beginning`, () => {
    const reached = new Set([NONE])
    for (let size = 0; size !== reached.size;) {
      size = reached.size
      for (const it of steps) if (reached.has(it.from)) reached.add(it.to)
    }
    assert.equal(
      steps.filter((it) => !reached.has(it.from)),
      [],
    )
  })

  test(`${id}: terminal states are those that nothing leads out of`, () => {
    const ends = statesOf(lifecycle).filter((it) => !steps.some((row) => row.from === it))
    assert.equal([...ends].sort(), [...terminal].sort())
    for (const it of ends) assert.is(isGone(lifecycle, it), true)
  })

  test(`${id}: every row says where it comes from`, () => {
    for (const it of steps) assert.ok(it.source !== '', it.trigger)
  })

  test(`${id}: prints as a state diagram`, () => {
    const lines = diagramOf(lifecycle).split('\n')
    assert.is(lines[0], 'stateDiagram-v2')
    assert.is(lines.length, 1 + steps.length + terminal.length)
    assert.not.match(diagramOf(lifecycle), /--> *:|^ *-->/m)
  })
}

test('ids are unique', () => {
  const ids = LIFECYCLES.map((it) => it.id)
  assert.equal(ids, [...new Set(ids)])
})

test('a refusal names state and trigger, and what is allowed instead', () => {
  const lifecycle = LIFECYCLES.find((it) => it.id === 'SM-REC')
  assert.ok(lifecycle)
  assert.equal(step(lifecycle, NONE, 'delete'), {
    refusal: {
      rule: 'SM-REC-none-delete',
      reason: 'delete is not allowed before it exists; only create is.',
      mend: 'Take create instead, or bring it first to present, canceled or closed.',
    },
  })
  assert.equal(step(lifecycle, 'deleted', 'change'), {
    refusal: {
      rule: 'SM-REC-deleted-change',
      reason: 'change is not allowed in state deleted; nothing is.',
      mend: 'Nothing can be done with it any more; make a new one.',
    },
  })
})

test('how a step is mended follows from where it can be taken', () => {
  const lifecycle = LIFECYCLES.find((it) => it.id === 'SM-REC')
  assert.ok(lifecycle)
  const mendOf = (state: string, trigger: string) => {
    const stepped = step(lifecycle, state, trigger)
    return 'refusal' in stepped ? stepped.refusal.mend : undefined
  }
  assert.is(mendOf('present', 'create'), 'Do this with a new object: create is where one begins.')
  assert.is(mendOf('canceled', 'close'), 'Take delete instead, or bring it first to present.')
  assert.is(mendOf('present', 'nonsense'), 'Take change, cancel, close or delete instead.')
  for (const one of LIFECYCLES)
    for (const state of [NONE, ...statesOf(one)]) {
      const stepped = step(one, state, 'nonsense')
      const isNamed = 'refusal' in stepped && !stepped.refusal.rule.startsWith(`${one.id}-`)
      if (!isNamed) assert.match(('refusal' in stepped && stepped.refusal.mend) || '', /\w\.$/)
    }
})

test('a refusal with a name of its own has that name, and its reply code', () => {
  const lifecycle: Lifecycle = {
    id: 'SM-X',
    about: 'A thing',
    terminal: [],
    steps: [{ from: 'held', trigger: 'free', to: 'free', source: 'x', guard: 'X-1' }],
    refusals: [
      { rule: 'X-HELD', from: ['held'], triggers: ['sell'], reason: 'Free it first.', code: '6.2' },
      { rule: 'X-ANY', triggers: ['sell'], reason: 'Nothing is sold.' },
    ],
  }
  const refusal = { reason: 'sell is not allowed in state held; only free is. Free it first.' }
  assert.equal(step(lifecycle, 'held', 'sell'), {
    refusal: { ...refusal, rule: 'X-HELD', code: '6.2' },
  })
  assert.equal(step(lifecycle, 'free', 'sell'), {
    refusal: {
      rule: 'X-ANY',
      reason: 'sell is not allowed in state free; nothing is. Nothing is sold.',
    },
  })
  assert.equal(step(lifecycle, 'held', 'free'), { to: 'free', guard: 'X-1' })
  assert.match(diagramOf(lifecycle), 'held --> free: free [X-1]')
})

test('what is over is kept until it is deleted', () => {
  const work = LIFECYCLES.find((it) => it.id === 'SM-WRK')
  assert.ok(work)
  assert.equal(
    statesOf(work).filter((it) => isOver(work, it)),
    ['cancelled', 'closed', 'deleted'],
  )
})

test.run()
