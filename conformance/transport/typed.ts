// The strongly typed form of a message: the same text under the root of its noun, as the public WSDL templates of
// IEC 61968-100 name it. Only names of tags are written anew, so that what is wrong on purpose stays wrong octet by octet.

/** A message in the form in which it travels. */
export interface Form {
  /** declaration and DOCTYPE, which have to stand before everything else */
  readonly prolog: string
  readonly body: string
  readonly action: string
}

/** The namespace of the payload of a noun; undefined where no schema has it. */
export type NamespaceOf = (noun: string) => string | undefined

/** Operations of the generic service (IEC 61968-100:2013, Generic.wsdl), by the roots of their messages. */
export const OPERATIONS: Readonly<Record<string, string>> = {
  RequestMessage: 'Request',
  ResponseMessage: 'Response',
  EventMessage: 'PublishEvent',
}

/** What stands before the root, and the rest. */
export function partsOf(message: string): Pick<Form, 'prolog' | 'body'> {
  const prolog =
    /^(<\?xml[^>]*\?>\s*)?(<!DOCTYPE[^[>]*(\[[^\]]*\])?\s*>\s*)?/.exec(message)?.[0] ?? ''
  return { prolog, body: message.slice(prolog.length) }
}

/** What the root is called, where it has no prefix; empty = it is no message of the generic kind. */
export function rootOf(body: string): string {
  const [, root = ''] = /^<([A-Za-z]+)/.exec(body) ?? []
  return root in OPERATIONS ? root : ''
}

/**
 * The message under the root of its noun: Header, Request and Payload are in the namespace of the message of that noun,
 * and what is in them is where it was.
 * @param namespaceOf asked where the message has no payload that says its namespace
 * @returns why a message has no such form; undefined where it is no message of the generic kind at all
 */
export function typedForm(
  message: string,
  namespaceOf: NamespaceOf = () => undefined,
): Form | { readonly none: string } | undefined {
  const { prolog, body } = partsOf(message)
  const root = rootOf(body)
  if (root === '') return undefined
  const names = typedNames(message, root === 'EventMessage', namespaceOf)
  return 'none' in names
    ? names
    : { prolog, body: renamed(body, root, names), action: names.action }
}

interface Names {
  readonly root: string
  readonly ns: string
  readonly action: string
  /** Request is that of a query */
  readonly isQuery: boolean
}

/** `http://iec.ch/TC57/2017/` and `DERGroups` of the namespace of what a message is about. */
const PROFILE = /^((?:[^"]*\/)+)([A-Z]\w*)#$/
/** The first namespace of this kind in a message is that of its payload, or of its query. */
const DECLARED = /xmlns(?::[\w.-]+)?="((?:[^"]*\/)+[A-Z]\w*#)"/

/** Verbs of requests. */
export const REQUEST_VERBS = ['create', 'change', 'cancel', 'close', 'delete', 'execute', 'get']
const EVENT_VERBS = ['created', 'changed', 'canceled', 'closed', 'deleted', 'executed']

/** What the root of a typed message is called, and its operation. */
function typedNames(
  message: string,
  isEvent: boolean,
  namespaceOf: NamespaceOf,
): Names | { readonly none: string } {
  const verb = textOf(message, 'Verb')
  const kind = isEvent ? EVENT_VERBS : REQUEST_VERBS
  if (!kind.includes(verb))
    return { none: `no typed ${isEvent ? 'event' : 'request'} is called after the verb '${verb}'` }
  const declared = DECLARED.exec(message)?.[1]
  if (verb === 'get') return queryNames(declared)
  const noun = textOf(message, 'Noun').replace(/OperationSet$/, '')
  const [, base, profile] = PROFILE.exec(declared ?? namespaceOf(noun) ?? '') ?? []
  if (base === undefined || profile === undefined)
    return { none: `no schema has the noun ${noun}, after whose namespace its root is called` }
  const capital = verb.slice(0, 1).toUpperCase() + verb.slice(1)
  const x = verb.startsWith('execute') ? `${profile}OperationSet` : profile
  const action = `${base}${x}/${capital}${x}`
  return { root: capital + x, ns: `${base}${x}Message`, action, isQuery: false }
}

function queryNames(declared: string | undefined): Names | { readonly none: string } {
  const [, base = '', profile = ''] = PROFILE.exec(declared ?? '') ?? []
  const ns = `${base}${profile}Message`
  const root = `${profile}RequestMessage`
  if (profile.startsWith('Get'))
    return { root, ns, action: `${base}${profile}/${profile}`, isQuery: true }
  if (!profile.endsWith('Queries'))
    return { none: 'a typed get asks by a query profile, such as DERGroupQueries, not by ID alone' }
  const objects = objectsOf(profile)
  return { root, ns, action: `${base}${objects}/Query${objects}`, isQuery: true }
}

function textOf(message: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(message)?.[1]?.trim() ?? ''
}

/** The noun of the objects that a query asks for: DERGroupStatuses of DERGroupStatusQueries, WorkRequests of GetWorkRequests. */
export function objectsOf(profile: string): string {
  const stem = /^(.*)Queries$/.exec(profile)?.[1]
  if (stem === undefined) return profile.replace(/^Get(?=[A-Z])/, '')
  return stem + (stem.endsWith('s') ? 'es' : 's')
}

/** What of a message is in the namespace of the typed one, by what it stands in. */
const PARTS = ['Header', 'Request', 'Payload']
const OF_PAYLOAD = ['OperationSet', 'Compressed', 'Format']
const OF_QUERY = ['StartTime', 'EndTime', 'Option', 'ID']

/** A tag; or what may look as if it held some, and holds none. */
const TAG =
  /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/g

/** The tags of the envelope under their typed names; a document may end anywhere, or close what it has not opened. */
function renamed(body: string, root: string, { root: name, ns, isQuery }: Names): string {
  const open: { readonly of: string; readonly as: string }[] = []
  let isBehind = false
  return body.replace(TAG, (tag, slash: string | undefined, of: string, rest: string) => {
    if (slash === undefined || isBehind) return tag
    if (slash === '/') {
      const closed = open.pop()
      isBehind = open.length === 0
      return closed?.of === of ? `</${closed.as}${rest}>` : tag
    }
    const as = open.length === 0 && of === root ? `m:${name}` : partName(of)
    if (!rest.endsWith('/')) open.push({ of, as })
    return `<${as}${as === `m:${name}` ? ` xmlns:m="${ns}"` : ''}${rest}>`
  })

  function partName(of: string): string {
    const [, part] = open
    const isPart = open.length === 1 && PARTS.includes(of)
    const inside =
      part?.of === 'Payload' ? OF_PAYLOAD : isQuery && part?.of === 'Request' ? OF_QUERY : []
    return isPart || (open.length === 2 && inside.includes(of)) ? `m:${of}` : of
  }
}
