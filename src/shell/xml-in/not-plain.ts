// How the reader of plain documents gives up, from wherever it is.

const NOT_PLAIN = new Error('not a plain document')

/** Gives up: libxml2 reads the document. */
export function notPlain(): never {
  throw NOT_PLAIN
}

/** What the reader makes of the document; undefined when it has given up. */
export function unlessNotPlain<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error === NOT_PLAIN) return undefined
    throw error
  }
}
