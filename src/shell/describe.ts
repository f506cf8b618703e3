// What the documentation takes from outside: the version of this program, the event loop, a digest.

import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { Describe } from '../gateway/ports.ts'

/** @param manifest path of package.json */
export function describing(
  manifest: string,
  given: Pick<Describe, 'source' | 'samples' | 'acceptance' | 'apiKeyHeader'>,
): Describe {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
  return {
    version,
    pause: () => setImmediate(),
    digest: (text) =>
      process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('base64url'),
    begin: () => undefined,
    ...given,
  }
}
