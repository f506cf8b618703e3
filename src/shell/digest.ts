// Digests, loaded when one is first wanted.

/** @returns hex */
export function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', text)
}

/** For WS-Security UsernameToken, which has no other. */
export function sha1(octets: Uint8Array): Uint8Array {
  return process.getBuiltinModule('node:crypto').createHash('sha1').update(octets).digest()
}
