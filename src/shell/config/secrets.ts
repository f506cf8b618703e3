// Secrets: named in a configuration, and kept in the environment or in a file. What stands there in the open is refused.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { reasonOf } from './reason.ts'

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

const PARAMETER = `[?&]([\\w.-]*[._-])?(${SECRET_NAMES.map(inAnyCase).join('|')})=`

/** An address of HTTP, without a user, a fragment, or a parameter that is a secret by its name. */
export const ADDRESS = new RegExp(`^(?!.*${PARAMETER})https?://[^\\s/?#@\\\\]+([/?][^\\s#\\\\]*)?$`)

/** Why an address holds a secret, without a word of it; undefined when it does not. */
export function addressFault(text: string): string | undefined {
  if (/^[^/]*\/\/[^/?#]*@/.test(text) || /:[^/]+@/.test(text))
    return 'a user or password stands in the address in the open; write it as credential of the binding'
  if (SECRET_PARAMETER.test(text))
    return 'a secret stands in the address in the open; write it as credential of the binding'
  return undefined
}

const SECRET_PARAMETER = new RegExp(PARAMETER)

const NAMED = /^\$\{([A-Za-z_]\w*)\}$/

/**
 * @param environment of the process
 * @param what stands in a file and nowhere else in it
 */
export function secretAt(
  place: SecretPlace,
  environment: Readonly<Record<string, string | undefined>>,
  what = 'the secret',
): Secret {
  if (typeof place !== 'string') return fromFile(place.file, what)
  const name = NAMED.exec(place)?.[1]
  if (name === undefined)
    return {
      problem: 'a secret in the open; write ${NAME} for an environment variable, or {file: path}',
    }
  const secret = environment[name]
  return secret === undefined || secret === ''
    ? { problem: `the environment variable ${name} is not set; set it, or name another one` }
    : { secret }
}

function fromFile(path: string, what: string): Secret {
  const mend = `write the path of a file with nothing but ${what}`
  try {
    const secret = readFileSync(path, 'utf8').replace(/\r?\n$/, '')
    return secret === '' ? { problem: `${path} is empty; ${mend}` } : { secret }
  } catch (error) {
    return {
      problem: `${path} cannot be read: ${reasonOf(error as NodeJS.ErrnoException)}; ${mend}`,
    }
  }
}

/** SHA-256, hex: what is kept of a secret that others prove themselves with. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
