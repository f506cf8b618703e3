// What checks tokens of authorization servers, made when the first one comes: most configurations know no such server.

import type { ReadToken } from '../gateway/access/tokens.ts'

/** milliseconds in which an authorization server shows its keys */
const KEYS_MS = 5_000
/** octets of a JWK Set at most */
const KEYS_BYTES = 256 * 1024

/** Checks tokens with keys that are fetched over HTTP. */
export function tokensRead(): ReadToken {
  let made: Promise<ReadToken> | undefined
  return async (token, issuers) => (await (made ??= make()))(token, issuers)
}

async function make(): Promise<ReadToken> {
  const [{ tokenReader }, { exchange }] = await Promise.all([
    import('../shell/tokens/index.ts'),
    import('../shell/peer/http.ts'),
  ])
  const fetchText = async (url: string) => {
    const answer = await exchange(
      { url, method: 'GET', body: new Uint8Array(), headers: { Accept: 'application/json' } },
      { bytes: KEYS_BYTES, deadlineMs: KEYS_MS },
    )
    if ('unreachable' in answer) throw new Error(told(answer.unreachable, url))
    if (answer.unusable !== undefined) throw new Error(told(answer.unusable.reason, url))
    if (answer.status !== 200) throw new Error(`has answered with status ${answer.status}`)
    return new TextDecoder().decode(answer.bytes)
  }
  return tokenReader({ fetchText, now: Date.now })
}

/** Without the address and the full stop, which stand around it. */
function told(reason: string, url: string): string {
  return reason.replace(`${url} `, '').replace(/\.$/, '')
}
