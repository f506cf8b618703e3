// By what a message proves who sends it: a key or a token that stands in the environment or in a file. The command line
// itself is no place for a secret: other users of the machine, and the history of the shell, see it.

import { UsageError } from './terminal.ts'

/** Where the secrets are: `env:NAME` or `file:PATH`. */
export interface ProofOptions {
  readonly apiKey?: string
  readonly bearer?: string
}

/** The secret at a place, as a configuration names it; or one sentence why it cannot be had. */
export type SecretAt = (
  place: string | { readonly file: string },
) => { readonly secret: string } | { readonly problem: string }

/** The headers that prove it. @throws {UsageError} without a word of a secret */
export function headersOf(
  { apiKey, bearer }: ProofOptions,
  secretAt: SecretAt,
): Readonly<Record<string, string>> {
  return {
    ...(apiKey === undefined ? {} : { 'X-API-Key': secretOf('--api-key', apiKey, secretAt) }),
    ...(bearer === undefined
      ? {}
      : { Authorization: `Bearer ${secretOf('--bearer', bearer, secretAt)}` }),
  }
}

/** The option by which somebody proves himself. */
export function provedBy({ apiKey, bearer }: ProofOptions): string | undefined {
  if (bearer !== undefined) return '--bearer'
  return apiKey === undefined ? undefined : '--api-key'
}

function secretOf(option: string, place: string, secretAt: SecretAt): string {
  const [, kind, where = ''] = /^(env|file):(.+)$/s.exec(place) ?? []
  if (kind === undefined || (kind === 'env' && !/^[A-Za-z_]\w*$/.test(where)))
    throw new UsageError(
      `${option} takes no secret itself, because others see the command line: ${WRITE}.`,
    )
  const found = secretAt(kind === 'env' ? `\${${where}}` : { file: where })
  if ('problem' in found) throw new UsageError(`${option}: ${found.problem}.`)
  // What fetch says of such a header repeats it.
  if (!/^[\x20-\x7e]+$/.test(found.secret) || found.secret.trim() !== found.secret)
    throw new UsageError(
      `${option}: what ${place} holds cannot stand in a header of HTTP: write one line of letters, digits and signs in ASCII there, without white space around it.`,
    )
  return found.secret
}

const WRITE = 'write env:NAME for a variable of the environment, or file:PATH'
