// What one message may cost. Every limit with its unit; exceeding one is refused before anything is decided about the message.

/** Limits of a document. */
export interface Limits {
  /** octets of a message as it arrives */
  readonly bodyBytes: number
  /** levels of elements */
  readonly depth: number
  /** elements and attributes of a document */
  readonly nodes: number
  /** attributes of one element */
  readonly attributes: number
  /** namespace declarations of one element */
  readonly namespaces: number
  /** characters of a name */
  readonly nameLength: number
  /** octets of Payload/Compressed when unpacked */
  readonly unpackedBytes: number
  /** unpacked to packed size of Payload/Compressed */
  readonly unpackRatio: number
}

/** how much longer the XML may be than the JSON that we have written it from */
const OWN_FACTOR = 4

/** The same for XML of our own writing: its sender keeps to the limit of a body with what was sent, not with what we made of it. */
export function ownLimits(limits: Limits): Limits {
  return { ...limits, bodyBytes: OWN_FACTOR * limits.bodyBytes }
}

export const LIMITS: Limits = {
  bodyBytes: 16 * 1024 * 1024,
  depth: 64,
  nodes: 1_000_000,
  attributes: 128,
  namespaces: 64,
  nameLength: 256,
  unpackedBytes: 64 * 1024 * 1024,
  unpackRatio: 100,
}
