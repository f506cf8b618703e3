// A run of cases against a peer, in memory and on a clock that only the run moves: the same seed gives the same run.

import type { Cimgate } from '../../src/index.ts'
import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { judged } from '../engine/judge.ts'
import type { Judged } from '../engine/judge.ts'
import type { Nouns } from '../engine/mapping/samples.ts'
import { planFor } from '../engine/plan.ts'
import { run } from '../engine/run.ts'
import type { Ran } from '../engine/run.ts'
import type { Run } from '../engine/summary.ts'
import type { Register } from '../register.ts'
import type { Peer, Sent } from '../peers/peer.ts'
import type { Capability } from '../shapes.ts'
import { statementOf } from '../statement.ts'
import { inMemory } from '../transport/memory.ts'
import type { Transport } from '../transport/answer.ts'

/** What all runs of a self-test share. */
export interface Ground {
  readonly register: Register
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly nouns: Nouns
  readonly seed: string
}

/** Most messages of a self-test are the same again and again: each is judged once. */
export function groundOf(register: Register, cimgate: Cimgate, seed: string): Ground {
  const known = new Map<string, Promise<Judged>>()
  const judge = async (bytes: Uint8Array) => {
    const key = Buffer.from(bytes).toString('latin1')
    const made = known.get(key) ?? judged(bytes, cimgate)
    known.set(key, made)
    return made
  }
  return { register, judge, nouns: cimgate, seed }
}

/** How a peer is played. */
export interface Game {
  /** ids of cases; empty = all of the role */
  readonly only?: readonly string[]
  /** what stands between the tester and the peer */
  readonly between?: (transport: Transport) => Transport
  /** all, where nothing is said */
  readonly checks?: Checks
  /** what the statement of the peer names */
  readonly known?: Capability['known']
}

/** In memory nothing is kept that somebody could compare. */
const NO_HASH = '0'.repeat(64)
const EPOCH = Date.parse('2026-07-14T09:00:00Z')

/** Every case of the role of a peer, against it. */
export async function played<S>(
  peer: Peer<S>,
  ground: Ground,
  { only = [], between = (it) => it, checks = CHECKS, known = {} }: Game = {},
): Promise<Ran & { readonly sent: readonly Sent[] }> {
  let passed = 0
  const now = () => new Date(EPOCH + 1000 * passed).toISOString()
  const { judge, seed } = ground
  const memory = inMemory(peer, { judge, seed, now })
  const transport = between(memory)
  const ran = await run({
    ...runFor({ ...allOf(peer, ground.register), known }, ground, { only, now }),
    ...{ judge, checks },
    transport: {
      name: transport.name,
      ...(transport.later === undefined ? {} : { later: transport.later }),
      send: async (bytes, about, as) => {
        passed += 1
        return transport.send(bytes, about, as)
      },
    },
  })
  return { ...ran, sent: memory.sent }
}

/** What a run in memory is made with, whatever its mode is. */
export function runFor(
  capability: Capability,
  { register, seed }: Ground,
  {
    only = [],
    now = () => new Date(EPOCH).toISOString(),
  }: { readonly only?: readonly string[]; readonly now?: () => string } = {},
): Run {
  return {
    ...{ register, capability, seed, now, waivers: [], target: 'memory', strict: false },
    plan: planFor(capability, register, { only, strict: false }),
    suite: {
      ...{ name: 'cimgate conformance', version: 'selftest', node: '' },
      ...{ hash: NO_HASH, schemas: NO_HASH },
    },
    clock: 'virtual',
    progress: () => undefined,
  }
}

/** Everything that it takes is claimed, and every option. */
function allOf({ role, takes }: Pick<Peer, 'role' | 'takes'>, register: Register): Capability {
  const { options, roles, ...rest } = statementOf(role, register)
  const needed = Object.keys(roles[role]?.receives ?? {})
  const receives = Object.fromEntries(
    needed.map((it) => [it, takes.includes(it) ? ('M' as const) : ('-' as const)]),
  )
  return {
    ...rest,
    roles: { [role]: { receives, sends: {} } },
    options: { ...options, async: true, operationSet: true, events: true, mixedBatch: 'PARTIAL' },
  }
}
