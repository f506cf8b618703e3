// Exact decimals: numbers as text, compared and counted without binary floating point.

/** A decimal as sign, digits and a power of ten: `-1.50` is { negative, digits 150, exponent -2 }. */
export interface Decimal {
  readonly digits: bigint
  /** value = digits * 10^exponent */
  readonly exponent: number
}

/** characters of a text that expressions are run on: on megabytes they run out of stack; the XSD engine judges longer ones */
export const LONGEST_JUDGED = 64 * 1024

const SHAPE = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/

/** Exponents beyond this are refused: `1e999999999` would need a gigabyte of zeros. */
const MOST_EXPONENT = 100_000

/** Reads any lexical form of xs:decimal, xs:float or a JSON number; undefined for INF, NaN, excessive length and everything else. */
export function readDecimal(text: string): Decimal | undefined {
  if (text.length > LONGEST_JUDGED) return undefined
  const [, sign, whole, fraction = '', exponent = '0'] = SHAPE.exec(text) ?? []
  if (whole === undefined || whole + fraction === '' || Math.abs(Number(exponent)) > MOST_EXPONENT)
    return undefined
  const digits = BigInt(whole + fraction)
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length }
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`, exactly. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const exponent = Math.min(a.exponent, b.exponent)
  const difference = scaled(a, exponent) - scaled(b, exponent)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The digits at another exponent, which is not above its own. */
export function scaled(it: Decimal, exponent: number): bigint {
  return it.digits * 10n ** BigInt(it.exponent - exponent)
}

/** Equal by value: `0.10` and `0.1`, `1e2` and `100`. */
export function sameNumber(a: string, b: string): boolean {
  const [left, right] = [readDecimal(a), readDecimal(b)]
  return left !== undefined && right !== undefined ? compareDecimals(left, right) === 0 : a === b
}

/** Digits that count for xs:totalDigits and xs:fractionDigits: without leading and trailing zeros; none where the text is too long. */
export function digitsOf(text: string): { readonly total: number; readonly fraction: number } {
  if (text.length > LONGEST_JUDGED) return { total: 0, fraction: 0 }
  const [, , whole = '', fraction = ''] = SHAPE.exec(text) ?? []
  const kept = fraction.replace(/0+$/, '')
  return { total: Math.max(1, (whole.replace(/^0+/, '') + kept).length), fraction: kept.length }
}
