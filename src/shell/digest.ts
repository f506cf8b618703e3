// SHA-256, loaded when it is first wanted.

/** @returns hex */
export function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex')
}
