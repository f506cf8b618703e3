// What is wrong with how the suite is asked: it is the user's, and said before anything is sent or written.

import { readFileSync } from 'node:fs'
import type { Capability } from './shapes.ts'

/** Says what is wrong, where, and how to mend it. */
export class WrongUsage extends Error {}

const OBSTACLES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, and a file is due',
  ENOTDIR: 'there is no such file: a part of the path is no folder',
  EACCES: 'it may not be read',
}

/** The text of a file that an option names. @throws WrongUsage where it cannot be read */
export function textIn(option: string, path: string): string {
  try {
    // Some editors begin a file with a byte order mark.
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new WrongUsage(`${option} ${path}: ${obstacleOf(error)}`)
  }
}

/** Why a file cannot be read, in words. */
export function obstacleOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException
  return OBSTACLES[code] ?? message
}

/**
 * What is wrong with an address that an option names; undefined = nothing.
 * @param about what stands there, as a sentence goes on behind the option
 */
export function addressFault(
  option: string,
  text: string | undefined,
  about: string,
): string | undefined {
  if (text === undefined) return `${option} says ${about}, http://…`
  const shown = text === '' ? "''" : shownUrl(text)
  const named = option.endsWith('=') ? option + shown : `${option} ${shown}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return `${named} is no address; it says ${about}, http://…`
  if (!['http:', 'https:'].includes(url.protocol))
    return `${named}: messages travel over HTTP; write http://… or https://…`
  if (url.username === '' && url.password === '') return undefined
  return `${named}: the name and the password before the @ would stand in the reports; take them out, and give them as --header 'Authorization=Basic …' (their octets in Base64), which no report shows`
}

/**
 * Why a product is not spoken to in a way that its statement does not claim; undefined = it does.
 * @param how the option that asks for it @param where when a product claims it
 */
export function unclaimed(
  how: string,
  transport: Capability['transports'][number],
  capability: Capability | undefined,
  where: string,
): string | undefined {
  const claimed = capability?.transports ?? []
  if (claimed.includes(transport)) return undefined
  return `${how}: transports of the capability statement are ${claimed.join(', ')}; add ${transport} where the product ${where}`
}

/** A password in an address is nobody's business who reads the report: of what is no address nothing before the last @ is shown. */
export function shownUrl(target: string): string {
  return target.replace(
    /([a-z][a-z0-9+.-]*:\/\/)(\S*)/gi,
    (whole, scheme: string, rest: string) => {
      if (!rest.includes('@')) return whole
      const end = /^[^/?#\\]*/.exec(rest)?.[0] ?? ''
      const at = URL.canParse(whole) ? end.lastIndexOf('@') : rest.lastIndexOf('@')
      return scheme + rest.slice(at + 1)
    },
  )
}
