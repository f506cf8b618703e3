// Who may come in: asked of the headers before anything of the body is read, and of the body only where a route says so.

import { CimError } from '../../envelope/errors.ts'
import type { Access, NotTaken, Who } from '../../gateway/access/access.ts'
import type { Headers } from '../../gateway/access/proofs.ts'
import type { Sender } from '../../gateway/received.ts'
import type { Route } from '../../gateway/route.ts'

const NOBODY: Sender = { party: 'anonymous' }

/**
 * @param read reads the body, up to the limit
 * @throws {CimError} `unauthenticated` | `wrong-credentials` | `unauthorized`, and what reading throws
 */
export async function senderOf(
  { access: asks, proof }: Pick<Route, 'access' | 'proof'>,
  headers: Headers,
  read: () => Promise<{ readonly bytes: Uint8Array }>,
  access: Access,
): Promise<Sender> {
  if (asks === 'everybody') return NOBODY
  let who = access.who(headers)
  if (isNothing(who) && proof !== undefined) who = access.whoSays(await proof((await read()).bytes))
  if ('refused' in who) throw new CimError(who.refused.code, who.refused.reason)
  if (asks === 'operator' && who.sender.operator !== true)
    throw new CimError('unauthorized', `${who.sender.party} is no operator.`)
  return who.sender
}

function isNothing(who: Who): boolean {
  return 'refused' in who && who.refused.code === 'unauthenticated'
}

/** True for the refusal of somebody who has not proved who it is. */
export function isUnknown(error: unknown): error is CimError & { readonly code: NotTaken['code'] } {
  if (!(error instanceof CimError)) return false
  return error.code === 'unauthenticated' || error.code === 'wrong-credentials'
}
