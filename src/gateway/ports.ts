// What the exchange engine needs from outside, as interfaces: store, status feed, clock, ids, log.
// The shell fulfils them; nothing here knows a database, a socket or a file.

import type { Aliases } from '../envelope/aliases.ts'
import type { Finding, Layer, Verdict } from '../envelope/finding.ts'
import type { SoapVersion } from '../envelope/namespaces.ts'
import type { GenericOperation } from '../envelope/soap.ts'
import type { SchemaFile } from '../schema/catalogue.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Ledger, LedgerUnit, Leg } from './ledger.ts'
import type { NonceUse } from './replay-detection.ts'

/** What the documentation needs from outside. */
export interface Describe {
  /** of cimgate */
  readonly version: string
  /** in which a party shows its key */
  readonly apiKeyHeader: string
  /** Lets others have their turn while something long is being made. */
  readonly pause: () => Promise<void>
  /** A short text that another text does not have: SHA-256 or the like, in letters of an entity tag. */
  readonly digest: (text: string) => string
  /**
   * Notes that a schema is about to be worked with.
   * @throws {CimError} `unusable-schema` when that has been given up before
   */
  readonly begin: (file: SchemaFile) => void
  /** A schema file as it is on disk, text and layout; undefined when it is no longer there. */
  readonly source: (file: SchemaFile) => Promise<string | undefined>
  /** The samples of a flow. */
  readonly samples: (flow: string) => Promise<readonly Sample[]>
  /** What the tests of the acceptance criteria came to on this build; undefined where they have not run. */
  readonly acceptance: () => Promise<Acceptance | undefined>
}

/** One run of the tests, or several of parts of them. */
export interface Acceptance {
  /** ISO 8601 with Z: when the last one ended */
  readonly at: string
  /** true when every test ran */
  readonly whole: boolean
  readonly tests: readonly AcceptanceTest[]
}

/** One test that bears the id of a criterion. */
export interface AcceptanceTest {
  /** `src/flows/acceptance/work-request.test.js` */
  readonly file: string
  readonly name: string
  readonly result: 'passed' | 'failed' | 'skipped' | 'not run'
}

/** A message that comes with cimgate. */
export interface Sample {
  /** of its file, below the folder of its flow */
  readonly name: string
  readonly text: string
}

/** One business object that cimgate keeps: one identified element of a noun's payload. */
export interface StoredObject {
  readonly noun: string
  /** identity key: the mRID, in lower case when it is a UUID (C1: UUIDs compare without case, all else byte by byte) */
  readonly id: string
  /** from 1, plus one with every accepted change; an object that is made again goes on from its last life */
  readonly revision: number
  /** state of its lifecycle */
  readonly state: string
  /** name keys, unique among the objects of a noun */
  readonly names: readonly string[]
  /** the object as CIM-JSON text, without its wrapper, mRID and names verbatim */
  readonly body: string
  /** party that it belongs to: whoever registered it, or carries it out; empty = not known */
  readonly owner: string
}

/** An object that is there no more, with the revision that its removal has had. */
export type Gone = Pick<StoredObject, 'noun' | 'id' | 'revision'>

/** Whose an object is. */
export type Owned = Pick<StoredObject, 'noun' | 'id' | 'owner'>

/** A business event: exactly one for each accepted change of one object. */
export interface StatusEvent {
  /** WebSocket topic is `<noun>/<subject>` */
  readonly noun: string
  /** mRID of the object, verbatim */
  readonly subject: string
  /** the event verb: created, changed, deleted … */
  readonly verb: string
  readonly flow: string
  readonly exchangeId: string
  /** revision of the object after the change */
  readonly revision: number
  /** when it was accepted, ISO 8601 with Z */
  readonly at: string
  readonly state: string
  readonly previous: string
  readonly result: 'OK' | 'PARTIAL' | 'FAILED'
  readonly code: string
  /** party that it concerns: the owner of the object, the other side of the leg; told to nobody, and decides who hears it */
  readonly owner: string
}

/** A status event once it is on disk: `seq` grows by one over the whole feed, without a gap. */
export interface SequencedEvent extends StatusEvent {
  readonly seq: number
}

/** An object as it is to be from now on. */
export interface Put extends Omit<StoredObject, 'revision'> {
  /** revision that the decision was based on; 0 = the object must not exist yet. The new revision is this plus one. */
  readonly expect: number
  /** of an object that must not exist: the revision with which an earlier life of it has ended, and after which it goes on; 0 by default */
  readonly after?: number
}

/** An object that is to be forgotten; `expect` is the revision that the decision was based on. */
export interface Removal {
  readonly noun: string
  readonly id: string
  readonly expect: number
  /** of the removal: what another life of the object goes on after; absent = nothing is remembered of it */
  readonly revision?: number
}

/** Everything that one accepted message changes; it is on disk as a whole or not at all. */
export interface Unit extends LedgerUnit {
  /** of ReplayDetection; nothing of the unit is kept where it is used */
  readonly nonce?: NonceUse
  /** received with it, and known again by direction, party and MessageID */
  readonly message?: Leg
  readonly puts: readonly Put[]
  readonly removals: readonly Removal[]
  readonly events: readonly StatusEvent[]
}

/** What became of a unit. */
export type Committed =
  | { readonly kind: 'committed'; readonly events: readonly SequencedEvent[] }
  /** somebody else was quicker: read again and decide again */
  | { readonly kind: 'stale'; readonly noun: string; readonly id: string }
  /** the same of a leg: it has another state by now, somebody else has its lane, or has taken its id */
  | { readonly kind: 'late'; readonly leg: string }
  /** another message has had its Nonce; or it is so old that this is not known any more */
  | { readonly kind: 'used' | 'old' }
  /** a leg of this direction, party and MessageID is already there */
  | { readonly kind: 'duplicate'; readonly message: Leg }

/** Which part of the objects of a noun is wanted. */
export interface PageQuery {
  readonly limit: number
  readonly after?: string
  readonly name?: string
  readonly under?: string
}

/** A part of the objects of a noun. */
export interface Page {
  readonly objects: readonly StoredObject[]
  /** cursor of the next page, null at the end */
  readonly next: string | null
}

/** Durable memory. A promise that resolves means on disk (fsync), never merely accepted. */
export interface Store extends Ledger {
  /** The leg on which a party has sent this message. */
  message(party: string, messageID: string): Promise<Leg | undefined>
  /** Objects by identity key or by name key; each at most once, in no particular order. */
  objects(
    noun: string,
    ids: readonly string[],
    names: readonly string[],
  ): Promise<readonly StoredObject[]>
  /** Of which nouns there are objects. */
  nouns(): Promise<ReadonlySet<string>>
  /**
   * Objects of these identity keys that there have been and are no more. One that has been forgotten with the event of its
   * removal begins at 1 again.
   */
  gone(noun: string, ids: readonly string[]): Promise<readonly Gone[]>
  /** Whose the objects of these identity keys are, of whatever noun. */
  owners(ids: readonly string[]): Promise<readonly Owned[]>
  /** Identity keys and name keys of all objects of a noun. */
  identities(noun: string): Promise<readonly Pick<StoredObject, 'id' | 'names'>[]>
  /**
   * Objects of a noun ordered by identity key. `after` is a cursor of an earlier page; `name` keeps those that carry this name
   * key, `under` those that carry one made of this text, which ends in a space, and their identity key.
   */
  page(noun: string, query: PageQuery): Promise<Page>
  commit(unit: Unit): Promise<Committed>
  /** Events with a greater seq, oldest first, at most `limit`. */
  events(since: number, limit: number): Promise<readonly SequencedEvent[]>
  /** Oldest and last seq of the feed that are still kept; both 0 for an empty feed. */
  horizon(): Promise<{ readonly oldest: number; readonly last: number }>
  /** Called in seq order after each commit, with what became durable. Returns how to stop. */
  onEvents(listener: (events: readonly SequencedEvent[]) => void): () => void
  /**
   * Called when something may have become due that this process has not done, because another one is gone. Returns how to
   * stop. Absent where one process has the store.
   */
  onDue?(listener: () => void): () => void
  /**
   * Called when this process has not been seen by the others for so long that they may take what it has leased: what it has
   * under way is not to go on. Returns how to stop. Absent where one process has the store.
   */
  onLost?(listener: () => void): () => void
  /**
   * Called with true when of all processes this one is to look after what is due by the clock, with false when it is not any
   * more. One is, as long as any is there. Returns how to stop, and to give it up. Absent where one process has the store.
   */
  onTurn?(listener: (isOurs: boolean) => void): () => void
  close(): Promise<void>
}

/** Now, as ISO 8601 with Z. */
export type Clock = () => string

/** A new UUID. */
export type NewId = () => string

/** Structured log; `fields` never hold a payload. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, text: string): void
  warn(fields: Readonly<Record<string, unknown>>, text: string): void
  error(fields: Readonly<Record<string, unknown>>, text: string): void
}

/** What a judge says about one document, as far as the gateway needs it. */
export interface Validated {
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly noun: string | null
  readonly verb: string | null
  readonly root: { readonly name: string; readonly ns: string } | null
  readonly messageID: string | null
  readonly correlationID: string | null
  readonly soap: SoapVersion | null
  /** the generic operation whose wrapper stands around the message in the SOAP Body */
  readonly wrapper?: GenericOperation
  /** path of the schema that judged the payload, else the envelope */
  readonly schema?: string | null
  /** CIM-JSON, when it was asked for and the message allows it */
  readonly json?: JsonObject
}

/** How a document is judged. */
export interface ValidateOptions {
  readonly json?: boolean
  readonly tolerate?: readonly string[]
  readonly aliases?: Aliases
  readonly only?: readonly Layer[]
  /** the verb under which a bare payload is meant; a message has its own */
  readonly verb?: string
  /** warnings count as errors */
  readonly strict?: boolean
  /** written by ourselves from what was sent: it may be longer than that */
  readonly own?: boolean
  /** as plain as what we write is, so that it is judged at once although it is long */
  readonly here?: boolean
}

/** Judges documents. */
export interface Validate {
  /** any document, wherever it is cheapest and safest */
  readonly judge: (bytes: Uint8Array, options?: ValidateOptions) => Promise<Validated>
  /** a document of our own making, at once; undefined when only an imported schema can judge it, which may take long */
  readonly judgeShipped: (bytes: Uint8Array, options?: ValidateOptions) => Validated | undefined
}
