// Whether two texts are the same value, and what has become of it where they are not. A text without a type is the same only
// letter by letter; numbers are exact decimals, instants points of time: neither ever becomes a number of the machine.

import type { Thing } from './thing.ts'

/** What a schema says of a value; `text` = whatever it is, letter by letter. */
export type ValueType = 'text' | 'number' | 'boolean' | 'instant'

/** Whether one is the other, of this type. */
export function isSame(from: Thing, to: Thing, type: ValueType): boolean {
  if (from.token === 'null' || to.token === 'null') return from.token === to.token
  if (from.text === to.text) return true
  const [a, b] = [from.text.trim(), to.text.trim()]
  switch (type) {
    case 'number':
      return sameDecimal(a, b)
    case 'boolean':
      return truthOf(a) !== undefined && truthOf(a) === truthOf(b)
    case 'instant':
      return sameInstant(a, b)
    case 'text':
      // The name of a type may have any prefix, or its namespace.
      return from.kind === 'attribute' && from.name === 'type' && bare(a) === bare(b)
  }
}

function bare(name: string): string {
  return name.replace(/^(\{.*\}|[^:]*:)/, '')
}

/** What the loss of a value is called, by the requirement that it breaks. */
export function lossOf(from: Thing, to: Thing, type: ValueType): string {
  if (from.token === 'null') return 'MAP-08'
  if (type === 'number') return isRescaled(from.text.trim(), to.text.trim()) ? 'MAP-05' : 'MAP-03'
  if (type === 'instant') return 'MAP-04'
  if (type === 'boolean') return 'MAP-15'
  const isUnit = /(multiplier|unit)$/i.test(from.name) && from.text.length <= LONGEST_UNIT
  if (isUnit && !isText(from.text, to.text)) return 'MAP-05'
  if (from.text.toLowerCase() === to.text.toLowerCase()) return 'MAP-06'
  if (to.text !== '' && from.text.startsWith(to.text)) return 'MAP-07'
  return isText(from.text, to.text) ? 'MAP-10' : 'MAP-15'
}

/** characters of the longest unit that there is */
const LONGEST_UNIT = 20

/** The same but for white space, or for characters beyond ASCII. */
function isText(from: string, to: string): boolean {
  const plain = (it: string) => it.normalize('NFKD').replace(/[^\x21-\x7e]|\?/g, '')
  return plain(from) === plain(to)
}

function truthOf(text: string): boolean | undefined {
  return { true: true, '1': true, false: false, '0': false }[text]
}

interface Decimal {
  readonly digits: bigint
  readonly exponent: bigint
}

/** A number by its text; undefined where it has no digits, as INF. */
function decimalOf(text: string): Decimal | undefined {
  const [, sign, whole, part = '', power = '0'] =
    /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  if (whole === undefined || whole + part === '') return undefined
  const all = (whole + part).replace(/^0+(?=\d)/, '')
  const kept = all.replace(/0+$/, '')
  if (kept === '') return { digits: 0n, exponent: 0n }
  const exponent = BigInt(power) - BigInt(part.length) + BigInt(all.length - kept.length)
  return { digits: BigInt(`${sign === '-' ? '-' : ''}${kept}`), exponent }
}

function sameDecimal(from: string, to: string): boolean {
  const [a, b] = [decimalOf(from), decimalOf(to)]
  return a !== undefined && a.digits === b?.digits && a.exponent === b.exponent
}

/** The same digits at another power of ten: as W are written that were kW. */
function isRescaled(from: string, to: string): boolean {
  const [a, b] = [decimalOf(from), decimalOf(to)]
  return a !== undefined && a.digits !== 0n && a.digits === b?.digits
}

const DATE_TIME = /^(-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/

/** Where one has no zone the other may not have one either: nobody knows which instant it is. */
function sameInstant(from: string, to: string): boolean {
  const [a, b] = [instantOf(from), instantOf(to)]
  return a !== undefined && b !== undefined && a.join() === b.join()
}

/** Milliseconds of the whole second, the fraction without zeros behind it, and whether there is a zone. */
function instantOf(text: string): readonly [number, string, boolean] | undefined {
  const [, second, fraction = '', zone] = DATE_TIME.exec(text) ?? []
  if (second === undefined) return undefined
  const at = Date.parse(`${second}${zone ?? 'Z'}`)
  return Number.isNaN(at) ? undefined : [at, fraction.replace(/0+$/, ''), zone !== undefined]
}
