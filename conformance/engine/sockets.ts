// The cases of a status feed, played against a gateway: changes go over its façade, events come over WebSocket.

import { FEED_CHECKS } from '../checks/feed.ts'
import type { FeedCheck } from '../checks/feed.ts'
import type { Register } from '../register.ts'
import type { Scenario, SocketCase } from '../shapes.ts'
import type { Bridge } from '../transport/bridge.ts'
import type { Feed } from '../transport/feed.ts'
import { notRun } from './mapping/noted.ts'
import { subjectOf } from './mapping/samples.ts'
import type { Nouns } from './mapping/samples.ts'
import { runCases } from './run.ts'
import { playSockets } from './socket-case.ts'
import type { Stoppable } from './stopping.ts'
import type { Ran, Run } from './summary.ts'
import { openWire } from './wire.ts'

/** What a run against a status feed is made with. */
export interface SocketRun extends Run, Stoppable {
  readonly nouns: Nouns
  readonly ask: Bridge['ask']
  readonly feed: Feed
  readonly waitMs: number
  /** the run says who it is */
  readonly isProven: boolean
  /** all, where nothing is said */
  readonly checks?: readonly FeedCheck[]
}

/** Plays each case. */
export function sockets(run: SocketRun): Promise<Ran> {
  const { ask, feed, waitMs, seed, nouns, register, checks = FEED_CHECKS } = run
  const wire = openWire()
  const feeding = { ask, feed, wire, seed, waitMs, checks }
  const needy = new Set(register.sockets.filter((it) => it.needsProof).map((it) => it.id))
  const cases = run.plan.cases.map((it) =>
    run.isProven || !needy.has(it.scenario.id)
      ? it
      : { ...it, notApplicable: it.notApplicable ?? 'the run proves nobody: give it a --header' },
  )
  return runCases(
    { ...run, plan: { ...run.plan, cases } },
    {
      ...{ mode: 'client', transport: 'websocket', isNormative: false, wire },
      play: async ({ id }) => {
        const it = register.sockets.find((one) => one.id === id)
        const subject = it === undefined ? undefined : subjectOf(it.noun, nouns)
        if (it === undefined || subject === undefined)
          return notRun('listen', 'no schema says how its noun is created').seen
        return playSockets(it, subject, feeding)
      },
    },
  )
}

/** The cases as what is weighed. */
export function socketCases({ sockets: all }: Pick<Register, 'sockets'>): readonly Scenario[] {
  return all.map(socketScenario)
}

/** One of them. */
export function socketScenario({ id, title, noun, requirements }: SocketCase): Scenario {
  const step = { id: 'listen', from: 'GW', to: 'GW', kind: 'event', verb: 'created', noun } as const
  return {
    ...{ id, title, pack: 'sockets', target: ['GW'], profiles: [], needs: [`create ${noun}`] },
    ...{ condition: 'events', source: 'a rule of ours: the standard has no binding for WebSocket' },
    steps: [{ ...step, expect: requirements.map((requirement) => ({ requirement })) }],
  }
}
