// A value that is worked out when first asked for, and once.

/** @param make must not return undefined */
export function lazy<T extends object | string>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
