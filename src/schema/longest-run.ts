// Which of a row of numbers are in order already: the fewest others have to move.

/** Places of a longest non-decreasing subsequence; of the same length, the one that ends lowest. */
export function longestRun(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [] // place of the smallest last number of a run of each length
  const before = new Map<number, number | undefined>()
  numbers.forEach((it, at) => {
    const length = lengthFor(tails, numbers, it)
    before.set(at, length === 0 ? undefined : tails[length - 1])
    tails[length] = at
  })
  const run = new Set<number>()
  for (let at = tails.at(-1); at !== undefined; at = before.get(at)) run.add(at)
  return run
}

/** Number of places in the longest run that `it` can follow. */
function lengthFor(tails: readonly number[], numbers: readonly number[], it: number): number {
  let low = 0
  let high = tails.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[tails[middle] as number] as number) <= it) low = middle + 1
    else high = middle
  }
  return low
}
