// Messages that somebody has captured, whatever they were kept in: what passed, and what is known of how it passed.

/** One message that passed. */
export interface Captured {
  /** where it was kept: a path in the folder, and where there are several in a file which of them */
  readonly name: string
  readonly bytes: Uint8Array
  /** of HTTP; null where nobody took it down */
  readonly status: number | null
  /** undefined where nobody took it down */
  readonly contentType: string | undefined
  /** who sent it, and to whom, as far as the capture says so; messages say it themselves, too */
  readonly from?: string
  readonly to?: string
  /** what both halves of an exchange have in common in the capture; undefined where only the ids of messages tell */
  readonly exchange?: string
  /** the half that it was; undefined where only the message tells */
  readonly half?: 'request' | 'reply'
}

/** Something in the folder that is no message, and why. */
export interface LeftOut {
  readonly name: string
  readonly why: string
  /** there may be messages in it, which nobody has judged: nothing can be said of the whole then */
  readonly isUnread?: true
}

/** What a folder or a file of it holds. */
export interface Capture {
  readonly messages: readonly Captured[]
  readonly leftOut: readonly LeftOut[]
}

/** The octets of a text. */
export function octetsOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** A value of JSON as a table; anything else is an empty one, since nobody knows what a capture holds. */
export function tableOf(value: unknown): Readonly<Record<string, unknown>> {
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isTable ? (value as Readonly<Record<string, unknown>>) : {}
}

/** A value of JSON where it is a text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
