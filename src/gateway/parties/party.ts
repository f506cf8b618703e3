// Who takes part, and which way messages go between them: the configuration as the gateway sees it. Plain data; how it
// is read and checked is the shell's.

import type { Aliases } from '../../envelope/aliases.ts'
import type { SoapVersion } from '../../envelope/namespaces.ts'
import type { PolicyName } from '../../flows/policy.ts'
import { USUAL_CHOICES } from '../../flows/choices.ts'
import type { Choices } from '../../flows/choices.ts'
import { USUAL_QUANTITIES } from '../../flows/quantities.ts'
import type { Quantities } from '../../flows/quantities.ts'
import type { Verb } from '../../envelope/verbs.ts'
import type { Given } from '../../flows/next.ts'
import type { Right } from '../access/rights.ts'
import type { ClientTls } from '../access/tls.ts'
import type { TokenIssuer } from '../access/tokens.ts'
import type { MixedBatch } from '../answer.ts'
import type { Rate } from '../load/rules.ts'
import type { MailRecipients } from '../mail-rules.ts'
import type { Profile } from './profile.ts'
import type { Proof } from './proof.ts'

export type { CertificateProof, Proof } from './proof.ts'

/** How a party is spoken to. */
export type Binding = CimXmlBinding | SoapBinding | JsonBinding | FileBinding | NotifyBinding

/** One HTTP address, and how we say there who we are. */
export interface HttpBinding {
  readonly url: string
  /** milliseconds from the first octet sent to the last received */
  readonly timeoutMs: number
  readonly credential?: Credential
  /** what is shown and believed over TLS; absent = nothing is shown, and the authorities of the system are believed */
  readonly tls?: ClientTls
  /** asked by the circuit breaker before it closes again; absent = the next message is the probe */
  readonly healthUrl?: string
}

/** What is sent as `Authorization`, or as a header of another name; secrets come from the environment or from files. */
export type Credential =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'api-key'; readonly header: string; readonly key: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | ClientCredentials

/** A token that an authorization server gives for these (OAuth 2 client credentials). */
export interface ClientCredentials {
  readonly kind: 'oauth2'
  readonly tokenUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope?: string
  readonly audience?: string
}

/** A CIM message, bare in the body of a POST. */
export interface CimXmlBinding extends HttpBinding {
  readonly type: 'cim-xml'
}

/** A CIM message in a SOAP envelope (IEC 61968-100 web services). */
export interface SoapBinding extends HttpBinding {
  readonly type: 'soap'
  readonly version: SoapVersion
  /** a root and an operation for each verb and noun, or the generic Request, Response, PublishEvent */
  readonly style: 'typed' | 'generic'
  /** WS-Security UsernameToken; `text` by default: a peer that keeps no password in the open can check nothing else */
  readonly usernameToken?: {
    readonly username: string
    readonly password: string
    readonly passwordType?: 'text' | 'digest'
  }
}

/** A vendor's JSON; the dialect knows path and method of each resource below the address. */
export interface JsonBinding extends HttpBinding {
  readonly type: 'json'
  /** `cim-json`, or a vendor's */
  readonly dialect: string
  /** by paths of the dialect: where the other side has them */
  readonly paths?: Readonly<Record<string, string>>
}

/** One file a message in a folder that the other side empties. */
export interface FileBinding {
  readonly type: 'file'
  readonly folder: string
  readonly format: 'xml' | 'json'
}

/** A notice to people: a line in the operations log, and a mail where somebody is to have one. */
export interface NotifyBinding extends MailRecipients {
  readonly type: 'notify'
  readonly template: string
}

/** One party. */
export interface Party {
  /** `dso-cs`, `tp:acme:derms`: as Header/Source names it, and as `from` and `to` of routes do */
  readonly id: string
  readonly org: string
  /** absent = it only sends to us */
  readonly binding?: Binding
  readonly proofs: readonly Proof[]
  /** Header/Source that it may write besides its own id */
  readonly sources: readonly string[]
  /** roles of the flows that it has besides those that its name and the aliases give it */
  readonly roles?: readonly string[]
  readonly tolerate: readonly string[]
  readonly aliases: Aliases
  readonly mixedBatch: MixedBatch
  readonly profile: Profile
  /** addresses that it may name in ReplyAddress: prefixes of URLs */
  readonly replyAddresses: readonly string[]
  /** what it may do, and nothing else; absent = what every party may: exchange messages, and see its own */
  readonly rights?: readonly Right[]
  /** has the rights of an operator besides */
  readonly operator?: boolean
  /** of a provider or an area: the organisations, substations and feeders, by mRID or name, whose objects are its own */
  readonly serves?: readonly string[]
  /** topics of WS /status that it may listen to, `<Noun>/*`; absent = all */
  readonly topics?: readonly string[]
  /** requests that it may send over time; absent = as any party */
  readonly rate?: Rate
  /** IANA name of the zone in which times are meant that it writes without an offset; absent = they are refused */
  readonly timeZone?: string
  /** what it sends has room when the gateway is busy, whatever it is */
  readonly urgent?: boolean
}

/** How parties come in; what is absent has its default. */
export interface AccessRules {
  /** header of an API key; X-API-Key */
  readonly apiKeyHeader?: string
  /** other origins whose pages may open WS /status, `https://dashboard.example`; none */
  readonly origins?: readonly string[]
  /** status sockets of one party from one address; 100 */
  readonly socketsPerAddress?: number
  /** authorization servers whose tokens are taken; none */
  readonly tokens?: readonly TokenIssuer[]
}

/** What is looked at to choose a route. */
export interface When {
  /** absent = any */
  readonly noun?: readonly string[]
  readonly verb?: readonly Verb[]
  /** `*` stands for any text, `{p}` for a text that `to` repeats: `tp:{p}:derms` */
  readonly from?: readonly string[]
}

/** Where the messages go that a `When` fits, and how. */
export interface Way {
  readonly id: string // unique, for logs and metrics: `routes[2]` or a name
  readonly when: When
  /** parties or aliases; `local` = cimgate keeps the objects and answers */
  readonly to: readonly string[]
  /** `sync`: the sender waits for the target's reply; `async`: it is acknowledged at once (0.3) and told later */
  readonly reply: 'sync' | 'async'
  readonly order: OrderKey
  /** milliseconds in which a reply is due, from acceptance; then 4.1 to the sender, and a late reply is kept */
  readonly timeoutMs: number
  readonly retry: RetryPlan
  /** milliseconds in which a MessageID is known again, and at least so long */
  readonly idempotencyMs: number
  readonly whenTargetDown: 'queue' | 'refuse'
  /** milliseconds from acceptance after which it is EXPIRED rather than late; absent = never */
  readonly expiresMs?: number
  /** ahead of all that is of a lower one; 0 is usual */
  readonly priority: number
  /** records of a long list that are carried out together; absent = as many as is usual */
  readonly collection?: number
}

/** What keeps its order: nothing, all of a noun, or all that has the same value at a path such as `EndDeviceGroup.mRID`. */
export type OrderKey =
  { readonly by: 'none' } | { readonly by: 'noun' } | { readonly by: 'key'; readonly path: string }

/** When a technical fault is tried again: a full-jittered wait up to each of these milliseconds, then it is parked. */
export interface RetryPlan {
  readonly delaysMs: readonly number[]
}

/** What a party is not shown of the objects of others. */
export interface Visibility {
  /** party id, `*` for any text */
  readonly party: string
  /** `DERGroups.EndDevices`: elements that are left out of what is sent to it */
  readonly deny: readonly string[]
  /** only of objects of these parties: an id, `*` for any text, or `third-party` for all that belong to a provider */
  readonly owner?: string
  /** only what is about a single device: what is about a group stays */
  readonly only?: 'individual'
}

/** A message that has to come after another one; an alarm is raised when it does not. */
export interface Awaiting {
  readonly id: string
  readonly after: When
  /** what has to come: noun, verb and sender */
  readonly expect: When
  /** same value in both: a path such as `EndDeviceGroup.mRID`, or CorrelationID */
  readonly key: string
  readonly withinMs: number
}

/** Two sides that are compared every day. */
export interface Reconciled {
  readonly id: string
  readonly noun: string
  /** empty = whoever has told of the objects */
  readonly source: string
  readonly target: string
  /** sides that are asked for what they have; what is kept here and acknowledged counts for the others */
  readonly ask: readonly ('source' | 'target')[]
  /** minutes after midnight, UTC */
  readonly atMinute: number
}

/** All of it, as one version. */
export interface Topology {
  /** of the configuration: SHA-256 over its text, hex; empty without one */
  readonly version: string
  readonly deployment: 'local' | 'centralized' | 'distributed' | 'third-party'
  readonly parties: readonly Party[]
  /** `derms-cs` -> `dso-cs`, or `tp:{provider}:cs` with the provider of the object's registration */
  readonly aliases: Readonly<Record<string, string>>
  /** the first that fits; none at all = everything is local */
  readonly ways: readonly Way[]
  readonly visibility: readonly Visibility[]
  readonly awaiting: readonly Awaiting[]
  /** absent = nothing is compared by itself */
  readonly reconciliations?: readonly Reconciled[]
  /** ids of the flows whose next messages the gateway sends itself; absent = none */
  readonly orchestrated?: readonly string[]
  /** by the id of a flow: what its next messages say where nobody else does; absent = nothing */
  readonly given?: Readonly<Record<string, Given>>
  /** ids of the flows whose rules hold only for what is carried out here, not on the way to a party; absent = none */
  readonly unguarded?: readonly string[]
  /** what is asked of flows besides; absent = nothing */
  readonly policies?: readonly PolicyName[]
  /** numbers that flows are given; absent = each is as usual */
  readonly quantities?: Quantities
  /** what is chosen for flows; absent = the usual */
  readonly choices?: Choices
  /** prefixes of URLs outside of the parties' own that may be posted to */
  readonly allowedAddresses: readonly string[]
  readonly access?: AccessRules
}

/** How parties come in where the configuration does not say. */
export const ACCESS = {
  apiKeyHeader: 'X-API-Key',
  origins: [],
  socketsPerAddress: 100,
  tokens: [],
} as const satisfies AccessRules

/** Without a configuration: nobody but whoever reaches the loopback address, and everything is kept here. */
export const LOCAL: Topology = {
  version: '',
  deployment: 'local',
  parties: [],
  aliases: {},
  ways: [],
  visibility: [],
  awaiting: [],
  reconciliations: [],
  orchestrated: [],
  given: {},
  unguarded: [],
  policies: [],
  quantities: USUAL_QUANTITIES,
  choices: USUAL_CHOICES,
  allowedAddresses: [],
  access: ACCESS,
}
