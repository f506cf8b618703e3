// Currencies by ISO 4217: into how many digits their amounts are divided.

/** The minor units of ISO 4217 that are not two. */
const DIGITS: Readonly<Record<string, number>> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
    .split(' ')
    .map((it) => [it, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((it) => [it, 3]),
  ...'CLF UYW'.split(' ').map((it) => [it, 4]),
])

/** How many digits an amount has behind its point. @param currency ISO 4217, in capitals */
export function digitsOf(currency: string): number {
  return Object.hasOwn(DIGITS, currency) ? (DIGITS[currency] ?? 2) : 2
}
