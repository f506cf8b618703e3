// What is sent along with a message to say who we are: a header, or a token that has to be asked for first.

import type { ClientCredentials, Credential } from '../../gateway/parties/party.ts'
import type { ClientTokens } from './client-tokens.ts'
import type { HttpAnswer } from './http.ts'

/** Headers by their names. */
type Headers = Readonly<Record<string, string>>

/** @param send what is sent with these headers; a second time where a token has to be a new one */
export function proved(
  credential: Credential | undefined,
  tokens: ClientTokens,
  send: (proof: Headers) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  if (credential?.kind !== 'oauth2') return send(proving(credential))
  return tokens.with(credential, (token) => send({ Authorization: `Bearer ${token}` }))
}

function proving(credential: Exclude<Credential, ClientCredentials> | undefined): Headers {
  switch (credential?.kind) {
    case 'bearer':
      return { Authorization: `Bearer ${credential.token}` }
    case 'api-key':
      return { [credential.header]: credential.key }
    case 'basic': {
      const pair = `${credential.username}:${credential.password}`
      return { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
    }
    default:
      return {}
  }
}
