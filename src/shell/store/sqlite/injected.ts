// For tests alone: lets commits fail as a disk or an engine may let them fail. Without CIMGATE_FAULT_AT in the environment
// nothing happens.

import type { Engine } from '../engine.ts'
import { StoreError } from '../fault.ts'
import type { Connection } from './connection.ts'

/**
 * What can go wrong: `CIMGATE_FAULT_AT=<fault>:<n>[:<times>]`, at the n-th commit of each connection, so many times.
 * `full`: the database may not grow; `io`: an error, nothing is written; `written`: an error, and all is written;
 * `exit`: the thread ends; `hang`: it gives no answer any more.
 */
export const FAULTS = ['full', 'io', 'written', 'exit', 'hang'] as const

export type InjectedFault = (typeof FAULTS)[number]

const [FAULT = '', FROM = '1', TIMES = '1'] = (process.env['CIMGATE_FAULT_AT'] ?? '').split(':')

/** The engine, whose commits fail where that is wanted. */
export function injected(engine: Engine, { pragma }: Pick<Connection, 'pragma'>): Engine {
  if (FAULT === '') return engine
  const unlimited = pragma('max_page_count')
  let calls = 0
  const commit: Engine['commit'] = (units) => {
    calls += 1
    const fails = calls >= Number(FROM) && calls < Number(FROM) + Number(TIMES)
    pragma(`max_page_count = ${fails && FAULT === 'full' ? pragma('page_count') : unlimited}`)
    return fails ? failing(FAULT, () => engine.commit(units)) : engine.commit(units)
  }
  return { ...engine, commit }
}

async function failing<T>(fault: string, commit: () => Promise<T>): Promise<T> {
  if (fault === 'exit') process.exit(1)
  if (fault === 'hang') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  if (fault === 'io') throw new StoreError('store-io', 'Injected.')
  const done = await commit()
  if (fault === 'written') throw new StoreError('store-io', 'Injected.')
  return done
}
