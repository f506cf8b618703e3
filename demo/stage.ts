// The gateway and all parties, each at an address of its own on this machine, for as long as scenarios are played.

import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openCimgate } from '../src/index.ts'
import { compared } from './compared.ts'
import type { Compared, Step } from './compared.ts'
import { startGateway } from './gateway.ts'
import type { Gateway, Place } from './gateway.ts'
import { judged } from './judged.ts'
import type { Judged } from './judged.ts'
import type { Party, Sending } from './party.ts'
import { areSettled, passedIn, trackingOf } from './passed.ts'
import type { Leg } from './passed.ts'
import type { Scenario } from './scenario.ts'
import { simulated } from './simulated.ts'
import type { Simulated } from './simulated.ts'
import { listen } from './status.ts'

/** What has come of a scenario. */
export interface Played extends Compared, Judged {
  /** everything that is not as it was due, one sentence each */
  readonly faults: readonly string[]
}

/** Where scenarios are played. */
export interface Stage {
  readonly address: string
  /** @param tell hears of each message when it is over */
  readonly play: (scenario: Scenario, tell?: (step: Step) => void) => Promise<Played>
  readonly close: () => Promise<void>
}

/** Who sees all that passes. */
const OPERATOR = 'operator'
/** Parties of the preset that nobody plays here: those that are spoken to, and those that would only send. */
const SPOKEN_TO = ['cis', 'cpm', 'lec', 'tp:acme:dso-inv', 'tp:acme:cust-inv']
const SENDING = ['ami', 'analytics', 'market']
/** A party, and what it sends next. */
type Turn = Scenario['begins'][number]

/** milliseconds between two looks, and after which nothing more can come */
const [LOOK_MS, PATIENCE_MS] = [30, 20_000]

/** Opens it; close it in any case. */
export async function openStage(parties: readonly Party[]): Promise<Stage> {
  const ends: (() => Promise<unknown> | void)[] = []
  const close = async () => {
    for (let end = ends.pop(); end !== undefined; end = ends.pop()) await end()
  }
  try {
    const data = await mkdtemp(join(tmpdir(), 'cimgate-demo-'))
    ends.push(() => rm(data, { recursive: true, force: true }))
    const cimgate = await openCimgate()
    ends.push(cimgate.close)
    const cast = new Map<string, Simulated>()
    const agenda: Turn[] = []
    for (const party of parties) {
      const plan = (all: readonly Sending[]) =>
        void agenda.push(...all.map((it): Turn => [party.id, it]))
      const it = await simulated(party, cimgate, plan)
      ends.push(it.close)
      cast.set(party.id, it)
    }
    const keys = new Map(
      [...cast.keys(), ...SPOKEN_TO, ...SENDING, OPERATOR].map((it) => [it, randomUUID()]),
    )
    const gateway = await startGateway(data, placesOf(keys, cast))
    ends.push(gateway.stop)
    for (const [id, it] of cast) it.meets(gateway.address, keys.get(id) ?? '')
    const operator = keys.get(OPERATOR) ?? ''
    const status = await listen(gateway.address, operator)
    ends.push(status.close)
    const tracking = trackingOf(gateway.address, operator)

    const play: Stage['play'] = async (scenario, tell = () => undefined) => {
      let told = 0
      const look = (legs: readonly Leg[]) =>
        compared(passedIn(legs, status.changes()), scenario.due)
      for (const begin of scenario.begins) {
        agenda.push(begin)
        // People and systems take longer for what they do than a message for its way.
        for (let turn = agenda.shift(); turn !== undefined; turn = agenda.shift()) {
          const [id, sending] = turn
          await cast.get(id)?.send(sending)
          const { steps } = look(await quiet([...cast.values()], tracking.legs))
          for (const it of steps.slice(told)) tell(it)
          told = steps.length
        }
      }
      const legs = await tracking.legs()
      const all = look(legs)
      const documents = [...cast.values()].flatMap((it) => it.documents)
      const verdicts = await judged(documents, cimgate)
      return { ...all, ...verdicts, faults: faultsOf(all, verdicts, [...cast.values()], gateway) }
    }
    return { address: gateway.address, play, close }
  } catch (error) {
    await close()
    throw error
  }
}

function placesOf(
  keys: ReadonlyMap<string, string>,
  cast: ReadonlyMap<string, Simulated>,
): readonly Place[] {
  const urlOf = (id: string) =>
    cast.get(id)?.url ?? (SPOKEN_TO.includes(id) ? `${NOBODY}${id}` : undefined)
  return [...keys].map(([id, key]) => {
    const url = urlOf(id)
    return { id, key, ...(url === undefined ? {} : { url }) }
  })
}

/** the port of RFC 863, at which nobody listens */
const NOBODY = 'http://127.0.0.1:9/'

/** Until nobody has anything more to do. @returns every leg so far */
async function quiet(
  cast: readonly Simulated[],
  look: () => Promise<readonly Leg[]>,
): Promise<readonly Leg[]> {
  let legs = await look()
  // Twice the same: an answer that is on its way has come.
  for (let waited = 0, calm = 0; calm < 2 && waited < PATIENCE_MS; waited += LOOK_MS) {
    await pause(LOOK_MS)
    const before = legs.length
    legs = await look()
    const isOver = areSettled(legs) && legs.length === before && !cast.some((it) => it.isBusy())
    calm = isOver ? calm + 1 : 0
  }
  return legs
}

function faultsOf(
  { steps, missing }: Compared,
  { wrong }: Judged,
  cast: readonly Simulated[],
  gateway: Gateway,
): readonly string[] {
  return [
    ...steps
      .filter(({ odd }) => odd !== '')
      .map(
        ({ passed: { from, to, verb, noun }, odd }) => `${from} > ${to} ${verb} ${noun}: ${odd}`,
      ),
    ...missing.map((it) => `${it.flow}: ${it.from} > ${it.to} ${it.message} has not passed`),
    ...wrong,
    ...cast.flatMap((it) => it.troubles),
    ...(gateway.log() === '' ? [] : [`the gateway has logged: ${gateway.log().trim()}`]),
  ]
}
