// The gateway on a PostgreSQL server, end to end: one process, and two beside each other on one database, against a bare koa
// echo, all in turns: goal 7. The server is a real one from the registry, on this machine, as is whoever loads it.

import { join } from 'node:path'
import { SIZE, create, inTurns, program, summary } from './http.ts'
import type { Summary } from './http.ts'
import type { Shot } from './load.ts'
import { groupOfSize, SIZES } from './messages.ts'
import { gateway, serving } from './program.ts'
import type { Served } from './program.ts'
import { notRun, rounded } from './row.ts'
import type { Row } from './row.ts'
import { database, programsOf } from './server.ts'
import type { Database } from './server.ts'

const ONE = 'POST /cim, create, on PostgreSQL'
const TWO = 'the same, two processes'

/** @param folder an empty one */
export async function postgres(folder: string): Promise<readonly Row[]> {
  const programs = programsOf()
  if (programs === undefined) {
    const why = `the registry has no PostgreSQL for ${process.platform}-${process.arch}, or it was not installed (npm ci --include=optional)`
    return [notRun(ONE, why, SIZE), notRun(TWO, why, SIZE)]
  }
  const databases: Database[] = []
  const opened: Served[] = []
  const open = async (it: Promise<Served>) => {
    opened.push(await it)
    return (await it).address
  }
  try {
    for (let n = 0; n < 2; n += 1) databases.push(await database(programs))
    const [alone = '', shared = ''] = databases.map((it) => it.url)
    const node = (url: string, name: string) =>
      open(gateway(join(folder, name), [], { CIMGATE_DATABASE: url }))
    const one = await node(alone, 'one')
    const two = await Promise.all([node(shared, 'two-a'), node(shared, 'two-b')])
    const echo = await open(serving([program('echo.js')]))
    const body = groupOfSize(SIZES[SIZE])
    const loads = await inTurns(
      new Map<string, () => Shot>([
        ['echo', () => ({ url: echo, body })],
        ['one', () => create(one)],
        ['two', inTurn(two)],
      ]),
    )
    const [bare, single, double] = ['echo', 'one', 'two'].map((it) =>
      summary(loads.get(it) ?? []),
    ) as [Summary, Summary, Summary]
    return rowsOf(bare, single, double)
  } finally {
    await Promise.all(opened.map((it) => it.stop()))
    await Promise.all(databases.map((it) => it.stop()))
  }
}

/** One request to each, in turn. */
function inTurn(addresses: readonly string[]): () => Shot {
  let turn = 0
  return () => create(addresses[(turn += 1) % addresses.length] ?? '')
}

function rowsOf(echo: Summary, one: Summary, two: Summary): readonly Row[] {
  const row = (what: string, { perSecond, note }: Summary, more: string) => {
    const figure = `${rounded(perSecond)}/s`
    return { what, size: SIZE, figure, note: `${more}; ${note}` }
  }
  const share = (it: Summary) => `${rounded(it.perSecond / echo.perSecond)} of koa echo`
  return [
    row(ONE, one, share(one)),
    { ...row(TWO, two, share(two)), value: two.perSecond / one.perSecond, goal: 7 },
  ]
}
