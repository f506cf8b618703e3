// One bit for each line of a file: a million of them are 125 kB, whatever is marked.

/** Lines that are marked. */
export interface Marks {
  readonly mark: (line: number) => void
  readonly has: (line: number) => boolean
}

/** None is marked yet. */
export function noMarks(): Marks {
  let bits = new Uint8Array(1024)
  return {
    mark: (line) => {
      const at = line >>> 3
      if (at >= bits.length) {
        const more = new Uint8Array(Math.max(at + 1, bits.length * 2))
        more.set(bits)
        bits = more
      }
      bits[at] = (bits[at] ?? 0) | (1 << (line & 7))
    },
    has: (line) => ((bits[line >>> 3] ?? 0) & (1 << (line & 7))) !== 0,
  }
}
