// A gateway between JSON and XML, tested from both sides at once: the tester is the vendor on the one and the party of CIM on
// the other, and holds what came out against what went in.

import { FACADE_CHECKS } from '../checks/facade.ts'
import type { FacadeCheck } from '../checks/facade.ts'
import { NOTHING, partyHears } from '../peers/cim-party.ts'
import { writeXml } from '../peers/write.ts'
import type { LedgerLine } from '../results-shape.ts'
import type { Capability, Scenario } from '../shapes.ts'
import type { Bridge, Hears } from '../transport/bridge.ts'
import type { Judged } from './judge.ts'
import { octets } from './mapping/call.ts'
import { playMapping } from './mapping/case.ts'
import { openFoundations } from './mapping/ground.ts'
import { notRun } from './mapping/noted.ts'
import { subjectOf } from './mapping/samples.ts'
import type { Nouns } from './mapping/samples.ts'
import { runCases } from './run.ts'
import type { Stoppable } from './stopping.ts'
import type { Ran, Run } from './summary.ts'
import { openWire } from './wire.ts'

/** What a run against a gateway is made with. */
export interface DifferentialRun extends Run, Stoppable {
  readonly judge: (bytes: Uint8Array) => Promise<Judged>
  readonly nouns: Nouns
  readonly waitMs: number
  /** @param hears the party of CIM that it sends to */
  readonly bridge: (hears: Hears) => Promise<Bridge>
  /** all, where nothing is said */
  readonly checks?: readonly FacadeCheck[]
}

/** Plays the case of each noun. */
export async function differential(run: DifferentialRun): Promise<Ran> {
  const { judge, capability, nouns, seed, now, waitMs } = run
  const ledger: LedgerLine[] = []
  const bridge = await run.bridge(partyWith(judge, now))
  const wire = openWire()
  const checks = run.checks ?? FACADE_CHECKS
  const foundations = openFoundations(nouns)
  const playing = { bridge, judge, wire, seed, now, waitMs, checks, foundations, nouns }
  const profile = {
    isDeclared: among(['**/mRID', ...(capability.defaults ?? [])]),
    isOwned: among(capability.owned ?? []),
    mixedBatch: capability.options.mixedBatch,
  }
  try {
    return await runCases(run, {
      ...{
        mode: 'gateway',
        transport: bridge.name,
        isNormative: false,
        wire,
        ledger: () => ledger,
      },
      play: async ({ id, needs }) => {
        const noun = nounOf(needs)
        const subject = subjectOf(noun, nouns)
        if (subject === undefined)
          return notRun('json-in', `no schema says how ${noun} is created`).seen
        const played = await playMapping(id, subject, profile, playing)
        ledger.push(...played.ledger)
        return played.seen
      },
    })
  } finally {
    await bridge.close()
  }
}

function partyWith(judge: DifferentialRun['judge'], now: () => string): Hears {
  let known = NOTHING
  return async (bytes) => {
    const { root } = await judge(bytes)
    const heard = partyHears(known, root, now())
    known = heard.known
    return { status: heard.status, bytes: octets(writeXml(heard.message)) }
  }
}

/** An mRID that was not given is everybody's to assign; the rest the statement says: paths with `*` and `**`. */
function among(paths: readonly string[]): (path: string) => boolean {
  const patterns = paths.map(
    (it) =>
      new RegExp(
        `^${it
          .split('/')
          .map((step) =>
            step === '**' ? '.+' : step === '*' ? '[^/]+' : step.replace(/[^\w]/g, '\\$&'),
          )
          .join('/')}$`,
      ),
  )
  return (path) => patterns.some((it) => it.test(path))
}

/** The requirements that each step of such a case asks for. */
const STEPS: readonly (readonly [string, readonly string[]])[] = [
  ['json-in', ['MAP-19', 'MAP-20', 'MAP-22', 'MAP-23', 'MAP-24', 'MAP-25', 'MAP-26']],
  [
    'xml-out',
    [
      ...['MAP-01', 'MAP-02', 'MAP-03', 'MAP-04', 'MAP-05', 'MAP-06', 'MAP-07'],
      ...['MAP-09', 'MAP-10', 'MAP-12', 'MAP-13', 'MAP-14', 'MAP-15'],
    ],
  ],
  ['json-back', ['MAP-11', 'MAP-16']],
  ['null', ['MAP-08']],
  ['wrong', ['MAP-18']],
  ['batch', ['MAP-21']],
  ['xml-in', []],
  ['json-out', []],
  ['xml-back', ['MAP-17']],
]

/** A case for each noun that the product says it creates. */
export function mappingCases({ roles }: Pick<Capability, 'roles'>): readonly Scenario[] {
  return Object.keys(roles.GW?.receives ?? {})
    .filter((it) => it.startsWith('create '))
    .map((need) => mappingCase(nounOf([need])))
}

/** The case of a noun. */
function mappingCase(noun: string): Scenario {
  return {
    id: `mapping/${noun}`,
    title: `${noun} says the same in JSON and in XML`,
    ...{ pack: 'mapping', target: ['GW'], profiles: [], needs: [`create ${noun}`] },
    source: 'a rule of ours: the standard has no binding for JSON',
    steps: STEPS.map(([id, asked]) => ({
      ...{ id, from: 'GW', to: 'GW', kind: 'request', verb: 'create', noun },
      expect: asked.map((requirement) => ({ requirement })),
    })),
  }
}

function nounOf(needs: readonly string[]): string {
  return (needs[0] ?? '').replace(/^create /, '')
}
