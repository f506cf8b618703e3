// kill -9 at random moments and at named points: one folder that a gateway after the other dies on.

import * as assert from 'uvu/assert'
import type { StorePoint } from '../shell/store/crash.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { makeEarlier } from './earlier-version.fixture.ts'
import { newFolder, start, startIn } from './process.fixture.ts'
import type { Served } from './process.fixture.ts'
import {
  judgeSent,
  newSenders,
  openCarrier,
  sendOn,
  countsOf as sentBy,
} from './sending.fixture.ts'
import { countsOf, judge, lastEvent, newWriters, write } from './writers.fixture.ts'
import type { Writer } from './writers.fixture.ts'

/** acknowledged in a round before the kill: some between these two, and as many more as come while the signal is on its way */
const ACKNOWLEDGED = { least: 50, most: 120 }

/** What some rounds came to. */
export interface Tally {
  readonly kills: number
  readonly acked: number
  /** sent, and never answered before the kill */
  readonly unknown: number
}

/**
 * Kills a gateway under load again and again; each start judges what the one before has left.
 * @param told is called after each round
 */
export async function killAtRandom(
  rounds: number,
  told: (tally: Tally) => void = () => undefined,
): Promise<Tally> {
  const folder = newFolder()
  let served = await start(folder)
  let [acked, unknown] = [0, 0]
  for (let round = 1; round <= rounds; round += 1) {
    const since = await lastEvent(served.address)
    const writers = newWriters()
    const killed = someMore(writers).then(() => served.end('SIGKILL'))
    await Promise.all([write(served.address, writers), killed])
    const counts = countsOf(writers)
    served = await start(folder)
    await judge(served.address, writers, since, `round ${round}`)
    acked += counts.acked
    unknown += counts.tried - counts.acked
    told({ kills: round, acked, unknown })
  }
  assert.is(await served.end('SIGTERM'), 0)
  return { kills: rounds, acked, unknown }
}

function someMore(writers: readonly Writer[]): Promise<void> {
  const { least, most } = ACKNOWLEDGED
  const due = least + Math.floor(Math.random() * (most - least + 1))
  return waitFor(() => countsOf(writers).acked >= due, `${due} acknowledgements`)
}

/** Every point, and how it is reached. */
export const POINTS = {
  'before-transaction': underLoad,
  'in-transaction': underLoad,
  'before-commit': underLoad,
  'during-commit': underLoad,
  'after-commit': underLoad,
  'before-response': underLoad,
  'after-response': underLoad,
  'before-checkpoint': onEnding,
  'during-checkpoint': onEnding,
  'after-checkpoint': onEnding,
  'in-migration': onMigrating,
  'after-migration': onMigrating,
  'before-send': onSending,
  'after-send': onSending,
  'after-mark': onSending,
} satisfies Record<StorePoint, (point: StorePoint, folder: string) => Promise<Left>>

/** What a gateway has left that died, and how the next one is judged. */
interface Left {
  readonly counts: { readonly acked: number; readonly tried: number }
  /** arguments of the next one */
  readonly args?: readonly string[]
  readonly judge: (address: string, how: string) => Promise<void>
  readonly close?: () => Promise<void>
}

function leftBy(writers: readonly Writer[], since: number): Left {
  return {
    counts: countsOf(writers),
    judge: (address, how) => judge(address, writers, since, how),
  }
}

/** Lets a gateway die at a point, some times, and judges what it has left. */
export async function killAt(point: StorePoint, times: number): Promise<Tally> {
  const folder = newFolder()
  let [acked, unknown] = [0, 0]
  for (let n = 1; n <= times; n += 1) {
    const { counts, args = [], judge, close } = await POINTS[point](point, folder)
    acked += counts.acked
    unknown += counts.tried - counts.acked
    try {
      const served = await start(folder, ...args)
      await judge(served.address, `${point} ${n}`)
      assert.is(await served.end('SIGTERM'), 0)
    } finally {
      await close?.()
    }
  }
  return { kills: times, acked, unknown }
}

const at = (point: StorePoint, n: number) => ({ CIMGATE_CRASH_AT: `${point}:${n}` })

/** From 1 to `most`. */
const upTo = (most: number) => 1 + Math.floor(Math.random() * most)

/**
 * Starts a gateway that is to die at a point; one that dies before it has served anybody is followed by another.
 * @param first what it is asked before it is written to
 */
async function startTo<T>(
  point: StorePoint,
  folder: string,
  first: (served: Served) => Promise<T>,
  ...args: readonly string[]
): Promise<readonly [Served, T]> {
  const one = async (most: number, least = 0) => {
    const served = await startIn(at(point, least + upTo(most)), folder, ...args)
    return [served, await first(served).catch(() => diedEarly(served, point))] as const
  }
  return one(60).catch((error: Error) => {
    // Not killed, but ended by itself: that is no crash point.
    if (!error.message.startsWith(KILLED)) throw error
    return one(50, 10)
  })
}

/** How an error begins of a process that a signal has ended. */
const KILLED = 'exit null'

/** What it keeps of its own start may be what it dies of. */
async function diedEarly({ child }: Served, point: StorePoint): Promise<never> {
  await waitFor(() => child.signalCode !== null, `${point}, though it answers nobody`)
  throw new Error(`${KILLED}: it died as soon as it served`)
}

async function underLoad(point: StorePoint, folder: string): Promise<Left> {
  const [served, since] = await startTo(point, folder, ({ address }) => lastEvent(address))
  const writers = newWriters()
  await write(served.address, writers)
  await assertKilled(served, point)
  return leftBy(writers, since)
}

/** Between the gateway and a party that its messages go to. */
async function onSending(point: StorePoint, folder: string): Promise<Left> {
  const carrier = await openCarrier()
  const args = ['--config', carrier.config(newFolder())]
  const senders = newSenders()
  try {
    const [served] = await startTo(point, folder, async () => undefined, ...args)
    await sendOn(served.address, senders)
    await assertKilled(served, point)
  } catch (error) {
    await carrier.close()
    throw error
  }
  return {
    counts: sentBy(senders),
    args,
    judge: (address, how) => judgeSent(address, senders, carrier, how),
    close: carrier.close,
  }
}

async function onEnding(point: StorePoint, folder: string): Promise<Left> {
  const served = await startIn(at(point, 1), folder)
  const since = await lastEvent(served.address)
  const writers = newWriters()
  await write(served.address, writers, () => countsOf(writers).acked < ACKNOWLEDGED.least)
  await assertKilled(served, point, 'SIGTERM')
  return leftBy(writers, since)
}

/** The store is brought back to version 1 before, with all that is in it. */
async function onMigrating(point: StorePoint, folder: string): Promise<Left> {
  const before = await start(folder)
  const since = await lastEvent(before.address)
  const writers = newWriters()
  await write(before.address, writers, () => countsOf(writers).acked < ACKNOWLEDGED.least)
  assert.is(await before.end('SIGTERM'), 0)
  makeEarlier(folder, 1)
  const died = await startIn(at(point, point === 'in-migration' ? upTo(15) : 1), folder).then(
    () => 'it went on',
    () => 'died',
  )
  assert.is(died, 'died', point)
  return leftBy(writers, since)
}

/** What is killed by another thread may be quicker than that. */
async function assertKilled(
  { child, end }: Served,
  point: StorePoint,
  signal?: NodeJS.Signals,
): Promise<void> {
  if (signal !== undefined) child.kill(signal)
  await waitFor(() => child.exitCode !== null || child.signalCode !== null, `${point}`)
  if (!(point.startsWith('during-') && child.exitCode === 0))
    assert.is(child.signalCode, 'SIGKILL', `${point} was not reached`)
  await end('SIGKILL')
}
