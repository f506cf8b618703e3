// What the audit log hears of HTTP: who has come in, who has not, and from where. Paths are those of routes, which no sender
// writes.

import type { IncomingMessage } from 'node:http'
import { CimError } from '../../envelope/errors.ts'
import type { Access } from '../../gateway/access/access.ts'
import { EVENT_OF } from '../../gateway/audit/events.ts'
import type { Recorder } from '../../gateway/audit/recorder.ts'
import type { Sender } from '../../gateway/received.ts'

/** Writes into the audit log; absent = nobody does. */
export interface TellingParts {
  readonly recorder?: Pick<Recorder, 'note'> | undefined
  readonly access: Access
}

/** What is known of a request. */
export interface Told {
  readonly request: IncomingMessage
  /** of its route; absent = there is none */
  readonly path?: string | undefined
  /** who has proved himself by then */
  readonly party?: string | undefined
}

/** A sender with the address that he has come from. */
export function cameIn(
  sender: Sender,
  request: IncomingMessage,
  { recorder, access }: TellingParts,
): Sender {
  const from = addressOf(request)
  const isProven = sender.party !== 'anonymous' && access.topology().parties.length > 0
  if (isProven) recorder?.note('login', { who: sender.party, from, subject: 'HTTP' })
  return { ...sender, from }
}

/** A request that is refused before it has come to the gateway. */
export function turnedAway(
  error: unknown,
  { request, path = 'none', party = '' }: Told,
  { recorder }: TellingParts,
): void {
  const what = error instanceof CimError ? EVENT_OF[error.code] : undefined
  if (what === undefined) return
  const method = /^[A-Z]{1,10}$/.test(request.method ?? '') ? request.method : 'other'
  const { code, cause } = error as CimError
  const { party: who = party } = (cause ?? {}) as Partial<Sender>
  recorder?.note(what, {
    who,
    from: addressOf(request),
    subject: `${method} ${path}`,
    details: code,
  })
}

/** As the socket says it: whatever a header says, anybody can write. */
function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? ''
}
