// What is known of a run as server while it goes on: who is played, how the cases stand, what has come.

import { openNumbers } from '../checks/repeated.ts'
import type { Numbers } from '../checks/repeated.ts'
import { tokenOf } from '../ids.ts'
import type { ClientCase, Role } from '../shapes.ts'
import type { Standing } from './answering.ts'
import { openBell } from './bell.ts'
import type { Bell } from './bell.ts'
import { isOver, unbegun } from './client-steps.ts'
import type { Open } from './client-steps.ts'
import type { ServerRun } from './server.ts'
import type { Stray } from './unmatched.ts'
import { openWire } from './wire.ts'
import type { Wire } from './wire.ts'

/** All of it. What changes is put in its place: a case as it stands now, the case that the product is asked for. */
export interface Board {
  readonly run: ServerRun
  /** of this run, in its addresses */
  readonly token: string
  readonly peers: ReadonlyMap<Role, Standing>
  readonly cases: Map<string, Open>
  /** ids that were given out, and the case that each is for */
  readonly issued: Map<string, ClientCase>
  /** who the product calls itself */
  readonly names: Set<string>
  readonly unmatched: Stray[]
  readonly wire: Wire
  readonly numbers: Numbers
  readonly bell: Bell
  /** the case that the product is asked for just now */
  current: string | undefined
}

/** Before anything has come. */
export function openBoard(run: ServerRun): Board {
  const { seed, peers, clients, capability, now } = run
  const { roles, product } = capability
  return {
    ...{ run, token: run.token ?? tokenOf(seed), current: undefined },
    peers: new Map(peers.map((it) => [it.role, it.stand(seed, now)])),
    cases: new Map(clients.map((it) => [it.id, unbegun(it)])),
    ...{ issued: new Map(), names: new Set([...Object.keys(roles), product.name]), unmatched: [] },
    ...{ wire: openWire(), numbers: openNumbers(), bell: run.bell ?? openBell() },
  }
}

/** Where a role of the tester is called. @param address of the tester */
export function addressOf({ token }: Board, address: string, role = ''): string {
  return `${address}/t/${token}/${role}`
}

/** The cases that listen. With a backchannel only what was asked for is waited for. */
export function waiting({ run, cases, current }: Board): readonly Open[] {
  return [...cases.values()].filter(
    ({ played }) =>
      run.trigger === undefined || played.client.id === current || played.until !== undefined,
  )
}

/** A case is over, or all of them. */
export function isPast({ cases, bell }: Board, id?: string): boolean {
  const now = bell.now()
  return [...cases.values()].every(
    (it) => (id !== undefined && it.played.client.id !== id) || isOver(it, now),
  )
}
