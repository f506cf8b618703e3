// What a transport is to the suite: it sends the bytes of a message and says what came back, never more.

import type { Facade } from '../checks/facade.ts'
import type { Later } from './later.ts'
import type { Binding } from './soap.ts'

/** What came back. */
export type Answer =
  | {
      readonly kind: 'answered'
      readonly status: number
      /** empty where there is none */
      readonly contentType: string
      readonly bytes: Uint8Array
      /** how what it answers has travelled; undefined where nobody knows */
      readonly askedIn?: Binding
      /** where it sends to instead; nobody goes there */
      readonly location?: string
      /** of a JSON façade: the message that its answer stands for, if for any, and what else is judged of it */
      readonly facade?: { readonly message: Uint8Array | undefined; readonly facts: Facade }
    }
  | { readonly kind: 'late'; readonly waitedMs: number }
  /** longer than anybody has to read */
  | { readonly kind: 'too-long'; readonly mostBytes: number }
  /** the connection was closed before the answer was whole; status null: before it had begun */
  | {
      readonly kind: 'cut-off'
      readonly status: number | null
      readonly contentType: string
      /** what of it came */
      readonly bytes: Uint8Array
      readonly why: string
    }
  /** nobody is there */
  | { readonly kind: 'unreachable'; readonly why: string }

/** An answer of which a part came. */
export type Part = Extract<Answer, { kind: 'cut-off' }> & { readonly status: number }

/** True where the status came, and not all that belongs to it. */
export function isPart(answer: Answer): answer is Part {
  return answer.kind === 'cut-off' && answer.status !== null
}

/** A message that is ready for the wire. */
export interface Carried {
  readonly bytes: Uint8Array
  /** method and path, where not all messages go to one address */
  readonly asked?: string
  readonly headers: Readonly<Record<string, string>>
}

/** One way to a target. */
export interface Transport {
  readonly name: string
  /** false where it is no binding of the standard */
  readonly isNormative?: boolean
  /** what goes on the wire for a message; undefined = the message itself, as XML */
  readonly inCarrier?: (message: Uint8Array) => Carried
  /** the same for cases that are large: how long those take is a matter of the machine, and no verdict; undefined = no other */
  readonly patient?: Transport
  /** where answers come that are not given at once; undefined = nobody listens for them */
  readonly later?: Later
  /**
   * Never rejects.
   * @param about the noun of a message that does not say it
   * @param as under the credentials of another provider; by default under those of the run
   */
  readonly send: (bytes: Uint8Array, about?: string, as?: 'rival') => Promise<Answer>
}
