// What becomes of the stages of an event, and where the event is by them.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nameOf } from './acceptance/events.fixture.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { sameIdentity } from './reference.ts'
import {
  askingStages,
  eventState,
  isStageOver,
  sameStage,
  stageTrigger,
  stagesApart,
  stepsTaken,
  writtenEvent,
} from './stages.ts'

const test = suite('stages')

const Names = [nameOf('S-1', 'externalId')]
const stage = (mRID: string, value: string, more: JsonObject = {}) => ({
  mRID,
  status: { value },
  ...more,
})
/** With a stage in each of these states: S, I, C, X, and ? for one that says none. */
const event = (states: string): JsonObject => ({
  mRID: 'e',
  stages: [...states].map((it, at) =>
    it === '?' ? { mRID: `${at}` } : stage(`${at}`, STATES[it] ?? it),
  ),
})
const STATES: Readonly<Record<string, string>> = {
  S: 'SCHEDULED',
  I: 'IN_PROGRESS',
  C: 'COMPLETED',
  X: 'CANCELED',
}

test('a stage is the same by mRID, else by a name of its type, else by its place', () => {
  assert.ok(sameIdentity({ mRID: 'a', Names }, { mRID: 'a' }))
  assert.not(sameIdentity({ mRID: 'a', Names }, { mRID: 'b', Names }))
  assert.ok(sameIdentity({ mRID: 'a', Names }, { Names }))
  assert.not(sameIdentity({ Names: [nameOf('S-1', 'other')] }, { Names }))
  const old = [{ mRID: 'a' }, { mRID: 'b' }]
  assert.is(sameStage({ mRID: 'b' }, 0, old), old[1])
  assert.is(sameStage({}, 0, old), old[0])
  assert.is(sameStage({ mRID: 'c' }, 0, old), undefined)
})

test('an event is where its stages together are', () => {
  const WHERE: Readonly<Record<string, readonly string[]>> = {
    SCHEDULED: ['', 'S', 'SS', 'CS', 'SX', '?', 'X?'],
    IN_PROGRESS: ['I', 'SI', 'CI', 'XI'],
    COMPLETED: ['C', 'CC', 'XC'],
    CANCELED: ['X', 'XX'],
  }
  for (const [state, all] of Object.entries(WHERE))
    for (const it of all) assert.is(eventState(event(it)), state, it)
})

test('the step of a stage follows from where it was and is; what has begun is stopped only where that is allowed', () => {
  assert.is(stageTrigger('', 'SCHEDULED'), 'schedule')
  assert.is(stageTrigger('SCHEDULED', 'SCHEDULED'), 'change')
  assert.is(stageTrigger('SCHEDULED', 'CANCELED', true), 'cancel')
  assert.is(stageTrigger('IN_PROGRESS', 'CANCELED'), 'cancel')
  assert.is(stageTrigger('IN_PROGRESS', 'CANCELED', true), 'stop')
  assert.is(stageTrigger('IN_PROGRESS', 'COMPLETED', true), 'complete')
  assert.is(stageTrigger('SCHEDULED', 'UNHEARD_OF'), 'schedule')
})

test('the steps of an event are those of its stages, each once; a change is none beside another', () => {
  const ROWS: readonly (readonly [string | undefined, string | undefined, readonly string[]])[] = [
    ...([
      [undefined, '', ['schedule']],
      [undefined, 'SS', ['schedule']],
      ['', '', ['change']],
    ] as const),
    ...([
      ['SS', 'SS', ['change']],
      ['SS', 'IS', ['start']],
      ['SSI', 'IXC', ['start', 'cancel', 'complete']],
    ] as const),
    ...([
      ['SS', 'XX', ['cancel']],
      ['SS', undefined, ['delete']],
    ] as const),
  ]
  for (const [before, after, steps] of ROWS) {
    const [was, is] = [before, after].map((it) => (it === undefined ? it : event(it)))
    assert.equal(stepsTaken(was, is), steps, `${before} to ${after}`)
  }
})

test('what is asked of all stages is asked of none that is over', () => {
  const asked = askingStages('CANCELED')(event('SICX?'))
  assert.equal(asked['stages'], event('XXCXX')['stages'])
  assert.equal(
    [...'SICX?'].map((it) => (event(it)['stages'] as JsonObject[]).map(isStageOver)).flat(),
    [false, false, true, true, false],
  )
})

test('the time of a state is that at which a stage has come into it; of a stage that is new it is as it is told', () => {
  const [then, now] = ['2026-07-14T08:00:00Z', '2026-07-14T20:00:00Z']
  const at = (value: string, dateTime = then) => ({ value, dateTime })
  const was = {
    mRID: 'e',
    status: at('SCHEDULED'),
    stages: [{ mRID: 'a', status: at('SCHEDULED') }],
  }
  const is = {
    ...was,
    stages: [{ mRID: 'a', status: at('IN_PROGRESS') }, stage('b', 'SCHEDULED')],
  }
  assert.equal(writtenEvent(is, 'IN_PROGRESS', now, was), {
    mRID: 'e',
    status: at('IN_PROGRESS', now),
    stages: [{ mRID: 'a', status: at('IN_PROGRESS', now) }, stage('b', 'SCHEDULED')],
  })
  const silent = { mRID: 'e', stages: [{ mRID: 'a' }] }
  assert.equal(writtenEvent(silent, 'SCHEDULED', now, was)['stages'], silent.stages)
  assert.equal(writtenEvent({ mRID: 'e' }, 'CANCELED', now), {
    mRID: 'e',
    status: at('CANCELED', now),
  })
})

test('for whoever has no stages an event is one of each, under the ids of that, with what is said of all', () => {
  const said = { mRID: 'e', Names: [nameOf('E-1', 'externalId')], category: 'TEST' }
  const known = { mRID: 'e', stages: [stage('a', 'COMPLETED', { Names }), stage('b', 'SCHEDULED')] }
  const own = { ...said, status: { value: 'SCHEDULED' }, stages: [stage('b', 'IN_PROGRESS')] }
  assert.equal(stagesApart(own, known), [
    { mRID: 'b', category: 'TEST', stages: own.stages, status: { value: 'IN_PROGRESS' } },
  ])
  assert.equal(stagesApart(said, known), [
    { mRID: 'a', Names, category: 'TEST' },
    { mRID: 'b', category: 'TEST' },
  ])
  const byName = { ...said, stages: [{ Names }] }
  assert.equal(stagesApart(byName, known), [{ Names, category: 'TEST', stages: [{ Names }] }])
  const both = { ...said, stages: known.stages }
  assert.equal(
    stagesApart(both, known, true).map((it) => it['mRID']),
    ['b'],
    'what is over is not told of',
  )
})

test.run()
