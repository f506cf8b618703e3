// What a transport is to the suite: it sends the bytes of a message and says what came back, never more.

/** What came back. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** empty where there is none */
      readonly contentType: string
      readonly bytes: Uint8Array
    }
  | { readonly kind: 'late'; readonly waitedMs: number }
  /** nobody is there, or the connection broke */
  | { readonly kind: 'unreachable'; readonly why: string }

/** One way to a target. */
export interface Transport {
  readonly name: string
  /** never rejects */
  readonly send: (bytes: Uint8Array) => Promise<Answer>
}
