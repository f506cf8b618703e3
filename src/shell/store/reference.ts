// What stands in a row in place of a long text. The indexes of schema.ts find it.

/** Its SHA-256 follows, which is the name of a file. */
export const BODY = 'cimgate-body:'

/** True where a text of a row stands for a file. */
export function isReference(text: string): boolean {
  return text.startsWith(BODY)
}
