// What a configuration says of how parties come in.

import { ACCESS } from '../../gateway/parties/party.ts'
import { TLS_VERSIONS } from '../../gateway/access/tls.ts'
import { ALGORITHMS, TOKENS } from '../../gateway/access/tokens.ts'
import { durationText } from '../../gateway/parties/duration.ts'
import { duration, listOf, name, secret, url } from './schema-parts.ts'
import { z } from './zod.ts'

const KEYS_SAY = 'an address of a JWK Set: https://…, or {file: path}'

const issuer = z.strictObject({
  issuer: name,
  audience: listOf(name),
  keys: z
    .union([
      url,
      z.strictObject({ file: z.string().min(1).meta({ title: 'the path of a JWK Set' }) }),
    ])
    .meta({ title: KEYS_SAY }),
  algorithms: z
    .array(z.enum(ALGORITHMS))
    .min(1)
    .default([...TOKENS.algorithms]),
  claim: name.default(TOKENS.claim),
  clockSkew: duration.default(durationText(TOKENS.skewMs)),
})

/** TLS of what is served; without a certificate there is none. */
export const tls = z.strictObject({
  certificate: secret.optional(),
  key: secret.optional(),
  passphrase: secret.optional(),
  clientAuthorities: secret.optional(),
  minVersion: z.enum(TLS_VERSIONS).default(TLS_VERSIONS[0]),
})

/** How parties come in. */
export const access = z.strictObject({
  apiKeyHeader: z
    .string()
    .regex(/^[\w-]+$/)
    .meta({ title: 'the name of a header' })
    .default(ACCESS.apiKeyHeader),
  origins: z
    .array(
      z
        .string()
        .refine(isOrigin)
        .meta({ title: 'an origin such as https://dashboard.example', format: 'uri' }),
    )
    .default([]),
  socketsPerAddress: z.int().min(1).default(ACCESS.socketsPerAddress),
  tokens: z.array(issuer).default([]),
})

/** Scheme, host and port, as browsers write it. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
