// Arguments as they are typed, read. What is wrong with one is thrown in the form in which commander expects it.

import { existsSync } from 'node:fs'

/** A whole number of at most nine digits. @throws what is due instead */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw wrong('A whole number is due.')
  return Number(text)
}

/** A whole number above zero. @throws what is due instead */
export function positiveNumber(text: string): number {
  const number = wholeNumber(text)
  if (number === 0) throw wrong('A whole number from 1 on is due.')
  return number
}

/** A port of TCP; 0 = any free one. @throws what is due instead */
export function port(text: string): number {
  const number = wholeNumber(text)
  if (number > 65535) throw wrong('Ports end at 65535.')
  return number
}

/** What stands in an address as it is. @throws what is due instead */
export function addressWord(text: string): string {
  if (!/^[\w-]{1,40}$/.test(text)) throw wrong('Letters, digits, - and _ are due, at most 40.')
  return text
}

/** A folder that is there. @throws when it is not */
export function existing(folder: string): string {
  if (!existsSync(folder)) throw wrong('There is no such folder.')
  return folder
}

/** `name=value` beside those before it. @throws what is due instead */
export function header(
  text: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw wrong('Write it as name=value.')
  return { ...before, [name]: value }
}

/** Layers by commas, of those that there are; `xsd` stands for the three that schemas and the parser decide. @throws one that is none */
export function layers<T extends string>(text: string, known: readonly T[]): readonly T[] {
  const wanted = text
    .split(',')
    .flatMap((it) => (it === 'xsd' ? ['wellformed', 'envelope-xsd', 'payload-xsd'] : [it]))
  const unknown = wanted.find((it) => !known.some((one) => one === it))
  if (unknown !== undefined)
    throw wrong(`${unknown} is no layer; layers are ${known.join(', ')}, or xsd.`)
  return wanted as readonly string[] as readonly T[]
}

/** What commander tells as a wrong argument, with the option that it stands behind. */
function wrong(message: string): Error {
  return Object.assign(new Error(message), { code: 'commander.invalidArgument' })
}
