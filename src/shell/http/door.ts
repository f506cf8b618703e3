// Who may come in: asked of the headers before anything of the body is read, and of the body only where a route says so.

import { CimError } from '../../envelope/errors.ts'
import type { Access, NotTaken, Who } from '../../gateway/access/access.ts'
import type { Certificate } from '../../gateway/access/certificate.ts'
import type { Headers } from '../../gateway/access/proofs.ts'
import { may, rightMissing } from '../../gateway/access/rights.ts'
import type { Sender } from '../../gateway/received.ts'
import { rightAt } from '../../gateway/route.ts'
import type { Route } from '../../gateway/route.ts'

/** A request as far as it tells who sends it. */
export interface Asking {
  readonly method: string
  readonly headers: Headers
  /** that its connection has shown */
  readonly certificate?: Certificate | undefined
}

const NOBODY: Sender = { party: 'anonymous' }

/**
 * @param read reads the body, up to the limit, of a party that the headers have proved; empty = of nobody yet
 * @throws {CimError} `foreign-site` | `unauthenticated` | `wrong-credentials` | `authentication-unavailable` |
 *   `unauthorized`, and what reading throws
 */
export async function senderOf(
  { access: asks, proof, headersFirst }: Pick<Route, 'access' | 'proof' | 'headersFirst'>,
  { method, headers, certificate }: Asking,
  read: (party: string) => Promise<{ readonly bytes: Uint8Array }>,
  access: Access,
): Promise<Sender> {
  if (asks === 'everybody') return NOBODY
  const stray = access.strayed(method, headers)
  if (stray !== undefined) throw new CimError('foreign-site', stray)
  let who = await access.who(headers, certificate)
  const isUnread = isWrong(who) || (headersFirst === true && isNothing(who))
  if (proof !== undefined && access.topology().parties.length > 0 && !isUnread) {
    const party = 'sender' in who ? who.sender.party : ''
    const said = await proof((await read(party)).bytes)
    if (isNothing(who)) who = access.whoSays(said)
    else if (said !== undefined) who = agreeing(who, access.whoSays(said))
  }
  if ('refused' in who) throw new CimError(who.refused.code, who.refused.reason)
  const right = rightAt(asks === undefined ? {} : { access: asks })
  if (right !== undefined && !may(who.sender, right))
    throw new CimError('unauthorized', rightMissing(who.sender, right), { cause: who.sender })
  return who.sender
}

/** Two proofs that are of different parties, or of which one is wrong, prove nothing, wherever they stand. */
function agreeing(one: Who, other: Who): Who {
  if ('refused' in one || 'refused' in other) return 'refused' in one ? one : other
  if (one.sender.party === other.sender.party) return one
  return { refused: { code: 'wrong-credentials', reason: TWO } }
}

const TWO = 'The headers of the request prove another party than the UsernameToken in its body.'

function isWrong(who: Who): boolean {
  return 'refused' in who && !isNothing(who)
}

function isNothing(who: Who): boolean {
  return 'refused' in who && who.refused.code === 'unauthenticated'
}

/** True for the refusal of somebody who has not proved who it is. */
export function isUnknown(error: unknown): error is CimError & { readonly code: NotTaken['code'] } {
  return error instanceof CimError && UNKNOWN.includes(error.code)
}

const UNKNOWN: readonly string[] = [
  'unauthenticated',
  'wrong-credentials',
  'authentication-unavailable',
] satisfies NotTaken['code'][]
