// The steps of a case in which the product is a client: the message that begins it, and what the product does next.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import type { ClientCase } from '../shapes.ts'
import { behaved } from './behaved.ts'
import type { Played } from './inbox.ts'
import type { Seen } from './seen.ts'

/** A case as it stands, with all that was found in its messages. */
export interface Open {
  played: Played
  readonly found: { request: Observation[]; again: Observation[] }
  readonly files: { request: string; again: string }
  undecided: string | undefined
  /** why the product was not asked for it; undefined = it was, or a person was */
  notAsked: string | undefined
  isAsked: boolean
}

/** A step for the message that begins the case, and one for what the product does after the answer. */
export function seenOf(open: Open, waitMs: number, isOver: boolean): readonly Seen[] {
  const { played, found, files, notAsked, isAsked, undecided } = open
  const { client, first } = played
  const none = { isAsExpected: false, undecided: undefined, observations: [], reply: '' }
  if (first === undefined && !isAsked)
    return [
      {
        ...none,
        step: 'request',
        notRun:
          notAsked ??
          `the product has sent no ${client.message.verb} ${client.message.noun} that was left for it`,
      },
    ]
  if (first === undefined)
    return [
      { ...none, step: 'request', notRun: undefined, observations: [neverCame(client, waitMs)] },
    ]
  const request = {
    ...none,
    step: 'request',
    notRun: undefined,
    undecided,
    observations: found.request,
    reply: files.request,
  }
  if (client.then === 'nothing' && found.again.length === 0) return [request]
  const { observations, open: why } = behaved(played, isOver)
  const again = {
    ...none,
    step: 'again',
    notRun: undefined,
    observations: [...observations, ...found.again],
    reply: files.again,
  }
  return [request, { ...again, ...(why === undefined ? {} : { open: why }) }]
}

function neverCame({ message: { verb, noun } }: ClientCase, waitMs: number): Observation {
  const message = `The product was asked to send ${verb} ${noun}, and did not.`
  return observed('CLI-01', 'L6', {
    expected: `${verb} ${noun} within ${waitMs / 1000} s`,
    got: 'nothing',
    message,
  })
}
