// What a configuration says of how parties come in.

import { ACCESS } from '../../gateway/parties/party.ts'
import { z } from './zod.ts'

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
})

/** Scheme, host and port, as browsers write it. */
function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text
}
