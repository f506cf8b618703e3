// How several gateways on one store share the work: who sends, who looks after what is due, and what wakes whom.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { DELIVERY } from './delivery/transition.ts'
import { virtualTime } from './delivery/virtual-time.fixture.ts'
import { EVERY_ROLE, nodeRolesIn } from './node-role.ts'
import type { SequencedEvent } from './ports.ts'
import { sharingOf } from './sharing.ts'
import type { SharingParts } from './sharing.ts'

const test = suite('gateway: sharing')

function opened(role: string, isShared = true) {
  const done: string[] = []
  const note = (it: string) => () => void done.push(it)
  const told: {
    turn?: (isOurs: boolean) => void
    events?: (events: readonly SequencedEvent[]) => void
  } = {}
  const end = (it: string) => note(`no ${it}`)
  const store: SharingParts['store'] = {
    onEvents: (listener) => ((told.events = listener), end('events')),
    ...(isShared
      ? {
          onDue: () => end('due'),
          onLost: () => end('lost'),
          onTurn: (listener) => ((told.turn = listener), end('turn')),
        }
      : {}),
  }
  const time = virtualTime()
  const begins = (it: string) => ({
    begin: async () => void done.push(`begin ${it}`),
    stop: note(`stop ${it}`),
  })
  const sharing = sharingOf(
    { store, timers: time.timers, roles: nodeRolesIn(role) ?? EVERY_ROLE },
    () => ({
      dispatcher: { wake: note('wake'), lose: note('lose') },
      alarms: begins('alarms'),
      retention: begins('retention'),
      nightly: begins('nightly'),
      files: { ...begins('files'), stop: async () => void done.push('stop files') },
    }),
  )
  const stop = sharing.begin()
  return { sharing, stop, time, told, done: () => done.splice(0) }
}

test('a gateway that has its store alone does all of it, and says nothing of parts', () => {
  const { sharing, done } = opened('all', false)
  assert.equal(done(), ['wake', 'begin alarms', 'begin retention', 'begin nightly', 'begin files'])
  assert.equal(sharing.part(), { sends: true, expires: true })
  assert.is(sharing.told(), '')
})

test('what is due by the clock is looked after while it is this node’s turn', () => {
  const { sharing, told, done } = opened('all')
  assert.equal(done(), ['wake'])
  assert.equal(sharing.part(), { sends: true, expires: false })
  assert.is(sharing.told(), 'role: all')
  told.turn?.(true)
  assert.equal(done(), [
    'stop alarms',
    'stop retention',
    'stop nightly',
    'stop files',
    'begin alarms',
    'begin retention',
    'begin nightly',
    'begin files',
    'wake',
  ])
  assert.equal(sharing.part(), { sends: true, expires: true })
  assert.is(sharing.told(), 'role: all; the scheduler')
  told.turn?.(false)
  assert.equal(done(), ['stop alarms', 'stop retention', 'stop nightly', 'stop files'])
  assert.equal(sharing.part(), { sends: true, expires: false })
})

test('each role does its part alone', () => {
  const parts: readonly (readonly [string, boolean, boolean, boolean])[] = [
    ['ingress', false, false, false],
    ['dispatch', true, true, false],
    ['scheduler', false, false, true],
  ]
  for (const [role, sends, hears, waits] of parts) {
    const { sharing, told } = opened(role)
    assert.is(sharing.part().sends, sends, role)
    assert.is(told.events !== undefined, hears, role)
    assert.is(told.turn !== undefined, waits, role)
  }
})

test('what another one has accepted wakes whoever sends, once for many of them', () => {
  const { told, time, done } = opened('dispatch')
  done()
  const event = (noun: string, state: string) => ({ noun, state }) as SequencedEvent
  told.events?.([event('Things', 'QUEUED'), event(DELIVERY, 'ACKED')])
  assert.is(time.step(), false)
  for (let n = 0; n < 3; n += 1) told.events?.([event(DELIVERY, 'QUEUED')])
  assert.equal(done(), [])
  while (time.step());
  assert.equal(done(), ['wake'])
  told.events?.([event(DELIVERY, 'QUEUED')])
  while (time.step());
  assert.equal(done(), ['wake'])
})

test('all is given up in the end', () => {
  const { stop, done } = opened('all')
  done()
  stop()
  assert.equal(done(), ['no due', 'no lost', 'no events', 'no turn'])
})

test.run()
