// Secrets: named in a configuration, and kept in the environment or in a file. What stands there in the open is refused.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Where a secret is kept. */
export type SecretPlace = string | { readonly file: string }

/** The secret, or one sentence why it cannot be had. */
export type Secret = { readonly secret: string } | { readonly problem: string }

/** Names of parameters whose values are secrets, alone or behind - _ or a dot. */
const SECRET_NAMES = [
  ...['token', 'accesstoken', 'access_token', 'access-token', 'secret', 'password', 'passwd'],
  ...['pwd', 'key', 'apikey', 'signature', 'sig', 'auth', 'credential', 'credentials'],
]

/** A pattern for either case: JSON Schema knows no flags. */
function inAnyCase(text: string): string {
  return text.replace(/[a-z]/g, (it) => `[${it}${it.toUpperCase()}]`)
}

/** An address of HTTP, without a user, a fragment, or a parameter that is a secret by its name. */
export const ADDRESS = new RegExp(
  `^(?!.*[?&]([\\w.-]*[._-])?(${SECRET_NAMES.map(inAnyCase).join('|')})=)` +
    'https?://[^\\s/?#@\\\\]+([/?][^\\s#\\\\]*)?$',
)

const NAMED = /^\$\{([A-Za-z_]\w*)\}$/

/** @param environment of the process */
export function secretAt(
  place: SecretPlace,
  environment: Readonly<Record<string, string | undefined>>,
): Secret {
  if (typeof place !== 'string') return fromFile(place.file)
  const name = NAMED.exec(place)?.[1]
  if (name === undefined)
    return {
      problem: 'a secret in the open; write ${NAME} for an environment variable, or {file: path}',
    }
  const secret = environment[name]
  return secret === undefined || secret === ''
    ? { problem: `the environment variable ${name} is not set` }
    : { secret }
}

function fromFile(path: string): Secret {
  try {
    const secret = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
    return secret === '' ? { problem: `${path} is empty` } : { secret }
  } catch (error) {
    return {
      problem: `${path} cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'error'}`,
    }
  }
}

/** SHA-256, hex: what is kept of a secret that others prove themselves with. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
