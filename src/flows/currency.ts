// Currencies by ISO 4217: into how many digits their amounts are divided.

/** The minor units of ISO 4217 that are not two. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ...each('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF', 0),
  ...each('BHD IQD JOD KWD LYD OMR TND', 3),
  ...each('CLF UYW', 4),
])

function each(codes: string, digits: number): readonly (readonly [string, number])[] {
  return codes.split(' ').map((it) => [it, digits] as const)
}

/** How many digits an amount has behind its point. @param currency ISO 4217, in capitals */
export function digitsOf(currency: string): number {
  return DIGITS.get(currency) ?? 2
}
