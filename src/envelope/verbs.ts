// The 14 verbs of IEC 61968-100 edition 1 and what each of them entails: one table, and look-ups in it.
// Which message may carry which verb is judged in rules-verb.ts.

/** A request asks, a reply answers, an event reports what has happened. */
export type VerbKind = 'request' | 'reply' | 'event'

/**
 * What the Payload must hold. `object` is a payload root, an OperationSet or a compressed payload;
 * `object-or-id` is satisfied by a Payload/ID too.
 */
export type PayloadNeed = 'object' | 'object-or-id' | 'optional'

/** What one verb entails. */
export interface VerbRow {
  readonly kind: VerbKind
  readonly payload: PayloadNeed
  /** of a request: the verb of the event that reports the same action; absent where there is none */
  readonly event?: string
}

/**
 * Every verb there is: lower case, exactly as written ("canceled" has one l).
 * @see IEC 61968-100:2013 6.2.2, Annex B
 */
export const VERBS = {
  get: { kind: 'request', payload: 'optional' },
  create: { kind: 'request', payload: 'object', event: 'created' },
  change: { kind: 'request', payload: 'object', event: 'changed' },
  cancel: { kind: 'request', payload: 'optional', event: 'canceled' },
  close: { kind: 'request', payload: 'optional', event: 'closed' },
  delete: { kind: 'request', payload: 'optional', event: 'deleted' },
  execute: { kind: 'request', payload: 'object', event: 'executed' },
  reply: { kind: 'reply', payload: 'optional' },
  created: { kind: 'event', payload: 'object' },
  changed: { kind: 'event', payload: 'object' },
  canceled: { kind: 'event', payload: 'object-or-id' },
  closed: { kind: 'event', payload: 'object-or-id' },
  deleted: { kind: 'event', payload: 'object-or-id' },
  executed: { kind: 'event', payload: 'object' },
} as const satisfies Readonly<Record<string, VerbRow>>

export type Verb = keyof typeof VERBS

/** Every request is answered with this verb, at once or later; past forms are events, never answers. */
export const REPLY_VERB: Verb = 'reply'

/** A word that senders still write although edition 1 does not have it. */
export interface DeprecatedVerb {
  readonly verb: string
  /** null where no verb takes its place */
  readonly use: Verb | null
  /** why it is gone, to follow "… is" */
  readonly why: string
}

/** Compare Annex B of IEC 61968-100:2013 with IEC 61968-1 and with the draft of 2010. */
export const DEPRECATED_VERBS: readonly DeprecatedVerb[] = [
  { verb: 'update', use: 'change', why: 'deprecated since IEC 61968-1' },
  { verb: 'updated', use: 'changed', why: 'deprecated since IEC 61968-1' },
  { verb: 'show', use: 'reply', why: 'deprecated since IEC 61968-1' },
  { verb: 'publish', use: null, why: 'deprecated: an event says by its verb what has happened' },
  { verb: 'subscribe', use: null, why: 'deprecated: subscribing is a matter of the transport' },
  { verb: 'unsubscribe', use: null, why: 'deprecated: subscribing is a matter of the transport' },
  { verb: 'report', use: null, why: 'a verb of the 2010 draft only' },
  { verb: 'stop', use: null, why: 'a verb of the 2010 draft only' },
  { verb: 'terminate', use: null, why: 'a verb of the 2010 draft only' },
  { verb: 'cancelled', use: 'canceled', why: 'spelt with one l in the standard' },
]

/** True for the exact spelling of one of the 14 verbs. */
export function isVerb(text: string | undefined): text is Verb {
  return text !== undefined && Object.hasOwn(VERBS, text)
}

/** The row of a verb; undefined for any other text. */
export function verbRow(text: string | undefined): VerbRow | undefined {
  return isVerb(text) ? VERBS[text] : undefined
}

/** All verbs of a kind, in the order of the table. */
export function verbsOf(kind: VerbKind): readonly Verb[] {
  return Object.keys(VERBS).filter((it): it is Verb => verbRow(it)?.kind === kind)
}

/** The event verb that reports what a request verb asked for: create, created. */
export function eventVerbOf(request: string): Verb | undefined {
  const event = verbRow(request)?.event
  return isVerb(event) ? event : undefined
}

/** The request verb whose action an event verb reports: created, create. */
export function requestVerbOf(event: string): Verb | undefined {
  return REQUEST_VERBS.get(event)
}

const REQUEST_VERBS: ReadonlyMap<string, Verb> = new Map(
  verbsOf('request').flatMap((it) => {
    const event = eventVerbOf(it)
    return event === undefined ? [] : [[event, it] as const]
  }),
)

/** The verb that was probably meant: another case, blanks around it, a deprecated or a misspelt verb. */
export function suggestVerb(text: string): Verb | undefined {
  const folded = text.trim().toLowerCase()
  if (isVerb(folded)) return folded
  return deprecated(folded)?.use ?? undefined
}

/** One sentence for somebody who wrote something that is no verb: what to write instead. */
export function verbAdvice(text: string): string {
  const use = suggestVerb(text)
  const why = deprecated(text.trim().toLowerCase())?.why
  const instead = use ?? `one of ${Object.keys(VERBS).join(', ')}`
  return why === undefined ? `Write ${instead}.` : `Write ${instead}; ${text.trim()} is ${why}.`
}

function deprecated(folded: string): DeprecatedVerb | undefined {
  return DEPRECATED_VERBS.find((it) => it.verb === folded)
}
