// What was thrown, in words.

/** Whatever it is: also what somebody else throws may be no Error. */
export function whyOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
