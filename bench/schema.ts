// The schemas as other programs need them: envelope and payload in one, so that one pass judges both, as cimgate does.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** dist/bench/schema.js -> the folder of package.json */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The payload's schema, under the name by which the envelope's imports it. */
export const PAYLOAD = {
  name: 'DERGroups.xsd',
  text: readFileSync(join(ROOT, 'xsd/part5/DERGroups.xsd'), 'utf8'),
} as const

/** The envelope's schema with its payload judged instead of skipped. */
export const ENVELOPE = {
  name: 'Message.xsd',
  text: readFileSync(join(ROOT, 'xsd/part100/Message.xsd'), 'utf8')
    .replaceAll('processContents="skip"', 'processContents="lax"')
    .replace(
      /(<xs:schema[^>]*>)/,
      `$1<xs:import namespace="http://iec.ch/TC57/2017/DERGroups#" schemaLocation="${PAYLOAD.name}"/>`,
    ),
} as const

/** Writes both into a folder. @returns path of the one to start from */
export function writeSchemas(folder: string): string {
  for (const it of [ENVELOPE, PAYLOAD]) writeFileSync(join(folder, it.name), it.text)
  return join(folder, ENVELOPE.name)
}
