// What of a command line has to be said again to have the same come of a case: the report shows the command to whoever wants to see
// a finding for himself.

import { resolve } from 'node:path'
import type { CommonOptions } from '../src/index.ts'
import type { ConformanceOptions } from './index.ts'

/** An option as it was written; of a header the name alone: its value may be a key. */
export interface Said {
  readonly name: string
  readonly value: string
}

/** seconds that an answer may take where nothing is said */
const WAIT = 10

/** Beside what the results say anyway: mode, target, seed, strict. */
export function saidOf(
  { transport, header, rivalHeader = {}, wait, negative = [], count, ...where }: ConformanceOptions,
  { xsd }: CommonOptions,
): readonly Said[] {
  const { host, port, token, backchannel } = where
  const said: readonly (readonly [string, string | number | undefined])[] = [
    ['--transport', transport === 'http' ? undefined : transport],
    ...Object.keys(header).map((name) => ['--header', `${name}=…`] as const),
    ...Object.keys(rivalHeader).map((name) => ['--rival-header', `${name}=…`] as const),
    ['--wait', wait === WAIT ? undefined : wait],
    ...xsd.map((it) => ['--xsd', resolve(it)] as const),
    ...(negative.length === 0
      ? []
      : ([
          ['--negative', negative.join()],
          ['--count', count],
        ] as const)),
    ['--host', host === '127.0.0.1' ? undefined : host],
    ['--port', port === 0 ? undefined : port],
    ['--token', token],
    ['--backchannel', backchannel],
  ]
  return said.flatMap(([name, value]) => (value === undefined ? [] : { name, value: `${value}` }))
}
