// The namespaces of the envelope, and those that are mistaken for them: one row for each dialect seen in real traffic.
// Nothing here accepts a dialect; reading one on purpose is `applyAliases` in aliases.ts.

/** The message namespace of IEC 61968-100:2013, the only one that cimgate speaks. */
export const MESSAGE_NS = 'http://iec.ch/TC57/2011/schema/message'

/** The namespace of the generic web service: operations Request, Response, PublishEvent. */
export const GENERIC_NS = 'http://iec.ch/TC57/2011/abstract'

/** The namespaces of our own drafts: in a domain that nobody can register, so that none is taken for a published one. */
export const DRAFT_NS = 'http://cimgate.example/draft/'

/** Namespaces of the SOAP envelope by version. */
export const SOAP_NS = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
} as const

export type SoapVersion = keyof typeof SOAP_NS

/** A namespace that is not the message namespace but is used in its place. */
export interface NearMiss {
  /** exact namespace; empty in the row for variants that have none */
  readonly ns: string
  /** short name, as people call the dialect */
  readonly dialect: string
  /** one sentence: what it is and how far it is from edition 1 */
  readonly text: string
  /** true when the elements are those of edition 1, so that an alias for the namespace is enough */
  readonly sameShape: boolean
}

/** The dialects known by their exact namespace. */
export const NEAR_MISSES: readonly NearMiss[] = [
  {
    ns: 'http://www.iec.ch/TC57/2011/schema/message',
    dialect: '2011 with www',
    text: 'This is the message namespace of edition 1 with a `www.` that the published schema does not have.',
    sameShape: true,
  },
  {
    ns: 'http://www.iec.ch/TC57/2008/schema/message',
    dialect: '2008 draft',
    text: 'This is the draft of 2008, in which Reply holds a ReplyCode and no Result, and verbs are upper case.',
    sameShape: false,
  },
  {
    ns: 'http://www.iec.ch/TC57/2010/schema/message',
    dialect: '2010 draft',
    text: 'This is the draft of 2010, which has other verbs, plain IDs and no Payload/ID.',
    sameShape: false,
  },
  {
    ns: 'http://iec.ch/TC57/2016/schema/message',
    dialect: '2016 EPRI',
    text: 'This is a local name of one EPRI demonstration; its elements are those of edition 1.',
    sameShape: true,
  },
  {
    ns: 'http://iec.ch/TC57/2021/schema/message',
    dialect: 'edition 2',
    text: 'This is edition 2 (2022), which is not compatible with edition 1 and not supported yet.',
    sameShape: false,
  },
  {
    ns: 'http://www.ercot.com/schema/2007-06/nodal/ews/message',
    dialect: 'ERCOT',
    text: 'This is the ERCOT web service of 2007, an ancestor of edition 1 with a flat UserID and a ReplyCode.',
    sameShape: false,
  },
  {
    ns: 'http://xmlns.oracle.com/ouaf/iec',
    dialect: 'Oracle OUAF',
    text: 'This is the Oracle Utilities form of the 2008 draft, with names in lower camel case.',
    sameShape: false,
  },
]

/** Matches whatever looks like a message namespace: another host part, year, scheme, case or a stray end. */
const LOOKS_LIKE = /^https?:\/\/(www\.)?iec\.ch\/tc57\/\d{4}\/schema\/message[/#]?$/i

const UNKNOWN_VARIANT: NearMiss = {
  ns: '',
  dialect: 'unknown variant',
  text: 'This looks like the message namespace, but no published schema has it.',
  sameShape: true,
}

const BY_NAMESPACE: ReadonlyMap<string, NearMiss> = new Map(NEAR_MISSES.map((it) => [it.ns, it]))

/** What a namespace is that is used in place of the message namespace; undefined when it is none of the kind. */
export function nearMiss(ns: string): NearMiss | undefined {
  if (ns === MESSAGE_NS) return undefined
  const known = BY_NAMESPACE.get(ns)
  return known ?? (LOOKS_LIKE.test(ns) ? UNKNOWN_VARIANT : undefined)
}

/** The namespace as IEC publishes it, without the `www.` that some senders write; undefined when it has none. */
export function withoutWww(ns: string): string | undefined {
  return ns.startsWith('http://www.iec.ch/') ? ns.replace('//www.', '//') : undefined
}
