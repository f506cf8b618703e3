// The strongly typed web services of a noun, derived from the catalogue: services, operations, actions and elements by
// the conventions of the public WSDL templates (EPRI, 2011 to 2017). Knows no noun and no year.

import { typedRootNames } from '../../envelope/typed-roots.ts'
import { verbsOf } from '../../envelope/verbs.ts'
import { messageNamespace } from '../../schema/catalogue.ts'
import type { SchemaSet } from '../../schema/schemas.ts'

/** One operation of a service. */
export interface SoapOperation {
  readonly name: string
  readonly soapAction: string
  /** local names in the message namespace of the service */
  readonly input: string
  readonly output: string
  readonly fault: string
}

/** One service: a port, a binding for each SOAP version, and operations about one family of messages. */
export interface SoapService {
  readonly name: string
  /** target namespace of its own WSDL */
  readonly ns: string
  /** the X of `<X>_Port` and `<X>_Binding` */
  readonly x: string
  /** namespace of its messages */
  readonly messageNs: string
  /** that of its faults, where it is another one */
  readonly faultNs?: string
  readonly operations: readonly SoapOperation[]
  /** false for the names under which the templates publish the same operations again */
  readonly isMain: boolean
}

/** A noun of a path: its name, and the namespace of its payload. */
export interface SoapNoun {
  readonly noun: string
  readonly ns: string
}

/** What the templates call services of requests and of events; the first is what cimgate offers as its own. */
const REQUESTS = ['Execute', 'Request']
const EVENTS = ['Receive', 'Send']
/** Service of whoever is told later: the verb of a reply, by the pattern of all operations. */
const REPLY = 'Reply'

/** Every service of a noun, that of its query included; none when no typed message is named after it. */
export function servicesOf(it: SoapNoun, schemas: SchemaSet): readonly SoapService[] {
  const { catalogue } = schemas
  if (catalogue.queried(it.noun) !== undefined) return queryServices(it, schemas)
  const query = catalogue.queryOf(it.noun)
  const asked = query === undefined ? undefined : queryIn(query, it, schemas)
  const all = [
    ...plainServices(it),
    ...(asked === undefined ? [] : queryServices(asked, schemas)),
    ...setServices(it),
  ]
  return all.filter(({ messageNs, operations }) =>
    operations.every(({ input }) => schemas.fileFor(messageNs, input, undefined) !== undefined),
  )
}

/** The edition of the query that asks for this edition of the noun, or else the one that is used. */
function queryIn(query: string, { noun, ns }: SoapNoun, { catalogue }: SchemaSet) {
  const sibling = catalogue.select(baseOf(ns).replace(new RegExp(`${noun}$`), `${query}#`), query)
  const entry = sibling ?? catalogue.select(undefined, query)
  return entry && { noun: query, ns: entry.targetNamespace }
}

/** `http://iec.ch/TC57/<year>/<X>#` without its end */
function baseOf(ns: string): string {
  return ns.replace(/#$/, '')
}

function plainServices({ noun, ns }: SoapNoun): readonly SoapService[] {
  const base = baseOf(ns)
  const operation = (verb: string) => operationOf(`${capital(verb)}${noun}`, base, noun)
  const verbs = (kind: 'request' | 'event') =>
    verbsOf(kind).filter((it) => it !== 'get' && !it.startsWith('execute'))
  const family = { x: noun, messageNs: messageNamespace(ns) }
  const events = verbs('event').map(operation)
  return [
    ...REQUESTS.map((it) =>
      service(`${it}${noun}`, base, family, verbs('request').map(operation), it),
    ),
    ...EVENTS.map((it) => service(`${it}${noun}`, base, family, events, it)),
    replyService(base, family, base, events),
  ]
}

/**
 * What whoever does not wait for a reply offers at its ReplyAddress. The templates have events alone in it, which have no
 * place for Result and Error; the operation `Reply<X>`, whose input is the ResponseMessage, is ours.
 */
function replyService(
  base: string,
  family: Pick<SoapService, 'x' | 'messageNs'>,
  actions: string,
  events: readonly SoapOperation[] = [],
): SoapService {
  const name = `${REPLY}${family.x}`
  const answers = repliesOf(family.x)
  const reply = { name, soapAction: `${actions}/${name}`, input: answers.output, ...answers }
  return service(name, base, family, [reply, ...events], REPLY)
}

function setServices({ noun, ns }: SoapNoun): readonly SoapService[] {
  const base = baseOf(ns)
  const x = `${noun}OperationSet`
  const family = { x, messageNs: `${base}OperationSetMessage` }
  const operation = (verb: string) => operationOf(`${verb}${x}`, `${base}OperationSet`, x)
  return [
    service(`Execute${x}`, base, family, [operation('Execute')], 'Execute'),
    service(`Receive${x}`, base, family, [operation('Executed')], 'Receive'),
    replyService(base, family, `${base}OperationSet`),
  ]
}

/** The service of a query: `Get<X>` as in 2015, `Query<X>` for `<X'>Queries` as in 2017; and that of its later reply. */
function queryServices({ noun: query, ns }: SoapNoun, schemas: SchemaSet): readonly SoapService[] {
  const isGet = query.startsWith('Get')
  const asked = schemas.catalogue.queried(query) ?? query
  const base = baseOf(ns)
  const name = isGet ? query : `Query${asked}`
  // The action of a Query is under the noun that it asks for.
  const action = isGet ? `${base}/${query}` : `${base.slice(0, -query.length)}${asked}/${name}`
  const [input = `${query}RequestMessage`] = typedRootNames(query, 'RequestMessage', 'get')
  const operation = { name, soapAction: action, input, ...repliesOf(query) }
  const family = { x: query, messageNs: messageNamespace(ns) }
  if (schemas.fileFor(family.messageNs, input, 'get') === undefined) return []
  return [
    service(name, base, family, [operation], REQUESTS[0] ?? ''),
    replyService(base, family, base),
  ]
}

function operationOf(name: string, base: string, stem: string): SoapOperation {
  return { name, soapAction: `${base}/${name}`, input: name, ...repliesOf(stem) }
}

function repliesOf(stem: string): Pick<SoapOperation, 'output' | 'fault'> {
  return { output: `${stem}ResponseMessage`, fault: `${stem}FaultMessage` }
}

function service(
  name: string,
  base: string,
  family: Pick<SoapService, 'x' | 'messageNs'>,
  operations: readonly SoapOperation[],
  prefix: string,
): SoapService {
  const ns = `${base.replace(/[^/#]*$/, '')}${name}`
  return { name, ns, ...family, operations, isMain: prefix === REQUESTS[0] || prefix === EVENTS[0] }
}

function capital(verb: string): string {
  return verb.charAt(0).toUpperCase() + verb.slice(1)
}
