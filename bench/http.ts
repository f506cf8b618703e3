// The gateway end to end, against a bare koa echo in turns: goal 5. And how long others wait beside a large message: goal 9.

import { fileURLToPath } from 'node:url'
import { load, shoot } from './load.ts'
import type { Load, Shot } from './load.ts'
import { ROUNDS, median, percentile } from './measure.ts'
import { SIZES, groupOfSize } from './messages.ts'
import { gateway, serving } from './program.ts'
import { rounded } from './row.ts'
import type { Row } from './row.ts'

const CONNECTIONS = 32
const ROUND_MS = 2_000
const SIZE = '2 kB'

/** @param folder an empty one, for the store */
export async function http(folder: string): Promise<readonly Row[]> {
  const echo = await serving([fileURLToPath(new URL('echo.js', import.meta.url))])
  const ours = await gateway(folder)
  const body = groupOfSize(SIZES[SIZE])
  const toEcho = () => ({ url: echo.address, body })
  const toUs = () => create(ours.address)
  try {
    const waits = await besideLarge(ours.address)
    const [bare, full]: [Load[], Load[]] = [[], []]
    await load(toEcho, CONNECTIONS, ROUND_MS / 2)
    await load(toUs, CONNECTIONS, ROUND_MS / 2)
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(await load(toEcho, CONNECTIONS, ROUND_MS))
      full.push(await load(toUs, CONNECTIONS, ROUND_MS))
    }
    const [echoed, created] = [summary(bare), summary(full)]
    return [
      { what: 'koa echo', size: SIZE, figure: `${rounded(echoed.perSecond)}/s`, note: echoed.note },
      {
        what: 'POST /cim, create, on disk',
        size: SIZE,
        figure: `${rounded(created.perSecond)}/s`,
        value: created.perSecond / echoed.perSecond,
        goal: 5,
        note: created.note,
      },
      ...waits,
    ]
  } finally {
    await Promise.all([echo.stop(), ours.stop()])
  }
}

/** A create request that no other one is like, and a reply that says OK. */
function create(address: string): Shot {
  const due = (answer: string) => answer.includes('<Result>OK</Result>')
  return { url: `${address}/cim`, body: groupOfSize(SIZES[SIZE]), due }
}

function summary(loads: readonly Load[]): { readonly perSecond: number; readonly note: string } {
  const waits = loads.flatMap((it) => it.waitsMs)
  const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
  return {
    perSecond: median(loads.map((it) => it.perSecond)),
    note: `p50 ${rounded(p50)} ms, p99 ${rounded(p99)} ms, ${CONNECTIONS} connections`,
  }
}

/** The longest answer of a probe while a message of 5 MB is judged. */
async function besideLarge(address: string): Promise<readonly Row[]> {
  const large: Shot = {
    url: `${address}/api/v1/validate`,
    body: Buffer.from(groupOfSize(SIZES['5 MB'])),
  }
  await shoot(large)
  const longest: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const waits: number[] = []
    let isJudged = false
    const judged = shoot(large).finally(() => (isJudged = true))
    while (!isJudged) waits.push(await shoot({ url: `${address}/livez` }))
    await judged
    longest.push(Math.max(...waits))
  }
  const value = median(longest)
  const figure = `${rounded(value)} ms`
  return [{ what: 'longest wait for /livez', size: 'beside 5 MB', figure, value, goal: 9 }]
}
