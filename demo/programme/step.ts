// What a step of a season is: who sends what, and how many of what there are to be in the end.

import type { JsonObject } from '../../src/index.ts'
import type { Cast, Told } from './cast.ts'
import type { Device } from './devices.ts'
import type { Answered, System } from './system.ts'

/** One figure of a step. */
export interface Total {
  readonly what: string
  readonly due: number
  readonly found: number
}

/** One step. */
export interface SeasonStep {
  readonly title: string
  /** answers that its senders wait for: the gateway is killed when half of them have come */
  readonly answers: number
  readonly run: (tell: () => void) => Promise<void>
  /** the step is over when all of them are as they are due */
  readonly totals: () => readonly Total[]
}

/** What a season is made of. */
export interface SeasonParts {
  readonly cast: Cast
  readonly devices: readonly Device[]
  /** milliseconds since 1970 */
  readonly now: number
  /** into which files of scores are put */
  readonly folder: string
  /** objects that the gateway keeps, counted by what they say of themselves */
  readonly kept: (
    resource: string,
    said: (object: JsonObject) => string,
  ) => Promise<ReadonlyMap<string, number>>
}

/** objects of one message */
export const SIZE = 500
/** messages of one sender that wait for their answers at once */
const ABREAST = 16

/** Objects that a system has been told of by messages of one kind. */
export function total(what: string, due: number, { about }: Told, message: string): Total {
  return { what, due, found: about(message).size }
}

/** How something is sent. */
export interface How {
  readonly tell: () => void
  readonly later?: boolean
  readonly noted?: (it: Answered) => void
}

/** Sends all, so many at once. @throws when one is refused as a whole */
export async function sent(
  from: System,
  what: string,
  all: readonly (readonly JsonObject[])[],
  { tell, later = false, noted = accepted(what) }: How,
): Promise<void> {
  const [verb = '', noun = ''] = what.split(' ')
  const rest = [...all].reverse()
  const sender = async () => {
    for (let objects = rest.pop(); objects !== undefined; objects = rest.pop()) {
      noted(await from.send({ verb, noun, objects, later }))
      tell()
    }
  }
  await Promise.all(Array.from({ length: ABREAST }, sender))
}

function accepted(what: string): (it: Answered) => void {
  return ({ result, errors }) => {
    if (result !== 'OK') throw new Error(`${what} was answered ${result}: ${errors.join(', ')}`)
  }
}

/** Errors by their code. */
export function count(into: Map<string, number>, errors: readonly string[]): void {
  for (const it of errors) {
    const [code = ''] = it.split(' ')
    into.set(code, (into.get(code) ?? 0) + 1)
  }
}
