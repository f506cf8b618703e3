// Cases of how parties prove who they are.

import type { Case } from './cases-of-sending.fixture.ts'

const FROM = 'audience: us, keys: "https://login.test/jwks"'

/** By check of proofs.ts. */
export const PROVING = {
  sameIssuers: [
    [
      `access: {tokens: [{issuer: x, ${FROM}}, {issuer: y, ${FROM}}, {issuer: x, ${FROM}}]}`,
      '1:148: access.tokens[2].issuer: access.tokens[0] has the same issuer, and only that one would count; write one of them.',
    ],
  ],
  unknownIssuers: [
    [
      'parties: {a: {auth: [{token: a}]}}',
      '1:30: parties.a.auth[0].token: no authorization server is named whose tokens are taken; write it in access.tokens.',
    ],
    [
      `access: {tokens: [{issuer: "https://x.test", ${FROM}}, {issuer: y, ${FROM}}]}
parties: {a: {auth: [{token: a}, {token: b, issuer: "https://x.text"}, {token: c, issuer: y}]}}`,
      '2:30: parties.a.auth[0].token: each of 2 authorization servers could say so; write issuer beside it.',
      '2:53: parties.a.auth[1].issuer: access.tokens has no issuer https://x.text; did you mean https://x.test.',
    ],
    [`access: {tokens: [{issuer: x, ${FROM}}]}\nparties: {a: {auth: [{token: a}]}}`],
  ],
  unsafeKeys: [
    [
      `access: {tokens: [{issuer: x, audience: us, keys: "http://login.test/jwks"}, {issuer: y, audience: us, keys: "http://127.0.0.1:1/jwks"}, {issuer: z, audience: us, keys: {file: package.json}}]}`,
      '1:51: access.tokens[0].keys: keys that come over http can be exchanged on the way, so that anybody could write tokens; write https.',
      '1:170: access.tokens[2].keys: the file is no JWK Set: it has no list "keys"; write the path of the public keys of the authorization server.',
    ],
    [
      'access: {tokens: [{issuer: z, audience: us, keys: {file: /none}}]}',
      '1:51: access.tokens[0].keys: /none cannot be read: there is no such file; write the path of a file with nothing but a JWK Set.',
    ],
  ],
} as const satisfies Readonly<Record<string, readonly Case[]>>
