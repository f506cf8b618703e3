// How parties prove who they are, as schemes of OpenAPI: each operation that asks takes any of them.

import type { JsonObject } from '../../schema/json-text.ts'
import type { Route } from '../route.ts'

/** Scheme components. @param apiKeyHeader as the configuration names it */
export function securitySchemes(apiKeyHeader: string): JsonObject {
  return {
    apiKey: {
      ...{ type: 'apiKey', in: 'header', name: apiKeyHeader },
      description: '`apiKey` of the party',
    },
    bearer: {
      ...{ type: 'http', scheme: 'bearer' },
      description: '`bearer` of the party, or a token of an issuer that the configuration trusts',
    },
    basic: { type: 'http', scheme: 'basic', description: '`username` and `password` of the party' },
    certificate: {
      type: 'mutualTLS',
      description: 'a certificate of the party, where cimgate is served over TLS',
    },
  }
}

/** Any one of them; none where a gateway has no parties, and listens on a loopback address alone. */
const ANY: readonly JsonObject[] = [
  { apiKey: [] },
  { bearer: [] },
  { basic: [] },
  { certificate: [] },
  {},
]

/** What whoever asks for it has to show. */
export function securityOf({ access = 'exchange' }: Pick<Route, 'access'>): JsonObject {
  return { security: access === 'everybody' ? [] : ANY }
}
