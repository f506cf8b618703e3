// For tests only: a gateway over the store in memory and the real judge, with a clock that stands still and ids
// that count.

import { fileURLToPath } from 'node:url'
import { LIMITS, ownLimits } from '../envelope/limits.ts'
import type { Limits } from '../envelope/limits.ts'
import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { catalogueOf } from '../schema/catalogue.ts'
import { schemasOf } from '../schema/schemas.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { openMemoryStore } from '../shell/store/index.ts'
import { loadEngine, openXmlIn, parseXml } from '../shell/xml-in/index.ts'
import { shippedDocuments } from '../shell/xml-in/shipped-documents.ts'
import { readXml } from '../shell/xml-in/read-xml.ts'
import { readSchemas } from '../shell/xml-in/xsd-read.ts'
import type { SchemaFolder } from '../shell/xml-in/xsd-read.ts'
import type { MixedBatch } from './answer.ts'
import type { PolicyName } from '../flows/policy.ts'
import type { Choices } from '../flows/choices.ts'
import type { Quantities } from '../flows/quantities.ts'
import { createExchange } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import type { ExchangeParts } from './exchange-parts.ts'
import { acknowledgementsOn } from './acknowledgements.ts'
import { batching } from './facade/batch.ts'
import { itemStepping } from './facade/items.ts'
import { createFacade } from './facade/facade.ts'
import { noFolder } from './files/putting.ts'
import type { Facade } from './facade/request.ts'
import { flowIn } from './flow-in.ts'
import type { Describe, Log, StatusEvent, Store, Validate, Validated } from './ports.ts'
import type { Answer, Sender } from './received.ts'
import type { LegActions } from './tracking/routes.ts'
import { trackingOf } from './tracking/tracking.ts'
import { knownIn } from './vendor-known.ts'
import { LOCAL } from './parties/party.ts'
import { filled, parametersIn } from './route.ts'
import type { RouteFacts } from './route.ts'
import { routesOf } from './routes.ts'
import type { RouteAnswer, RouteRequest } from './routes.ts'

/** What every clock here says. */
export const NOW = '2026-07-14T08:00:00.000Z'

/** What can be changed about a gateway under test. */
export interface Options {
  /** other schemas than the shipped ones */
  readonly schemas?: SchemaSet
  readonly mixedBatch?: MixedBatch
  readonly actions?: LegActions
  readonly sender?: Partial<Sender>
  /** stands between the gateway and its judge */
  readonly validate?: (real: Validate) => Validate
  readonly limits?: Limits
  /** instead of one that stands still */
  readonly clock?: () => string
  readonly log?: Log
  /** stands between the gateway and its store */
  readonly store?: (real: Store) => Store
  /** what the configuration asks of flows besides */
  readonly policies?: readonly PolicyName[]
  readonly quantities?: Quantities
  readonly choices?: Choices
  /** schemas that win over the shipped ones */
  readonly folders?: readonly SchemaFolder[]
}

/** A gateway under test, and what can be seen of it from outside. */
export interface Fixture {
  readonly schemas: SchemaSet
  readonly validate: Validate
  readonly store: Store
  readonly exchange: Exchange
  readonly facade: Facade
  readonly sender: Sender
  /** one message to the exchange; what comes back is judged too */
  readonly send: (xml: string, how?: { readonly repeatKey?: string }) => Promise<Reply>
  /** one request to the routes of HTTP */
  readonly ask: (method: string, path: string, how?: Asked) => Promise<RouteAnswer>
  readonly routes: ReturnType<typeof routesOf>
  /** business events so far, the oldest first */
  readonly events: () => Promise<readonly StatusEvent[]>
  /** Takes all groups out of the store; messages and events stay. */
  readonly forgetObjects: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Body, headers and query of a request. */
export interface Asked {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  /** by default that of the gateway */
  readonly sender?: Sender
}

/** An answer with what a judge says of it. */
export interface Reply extends Answer {
  readonly text: string
  readonly judged: Validated
  /** the reply as CIM-JSON */
  readonly json: JsonObject
  readonly result: string | undefined
  /** codes of its Errors, in their order */
  readonly codes: readonly string[]
}

await loadEngine()

const XSD = fileURLToPath(new URL('../../../xsd', import.meta.url))

/** The schemas that come with the product; read once for all test files. */
export const shippedSchemas: Promise<SchemaSet> = schemasIn([{ path: XSD, shipped: true }])

async function schemasIn(folders: readonly SchemaFolder[]): Promise<SchemaSet> {
  const { files } = await readSchemas(folders, parseXml)
  return schemasOf(catalogueOf(files))
}

/** Opens a gateway; close it in `after`. */
export async function openFixture(options: Options = {}): Promise<Fixture> {
  const folders = [...(options.folders ?? []), { path: XSD, shipped: true }]
  const schemas =
    options.schemas ??
    (options.folders === undefined ? await shippedSchemas : await schemasIn(folders))
  const xmlIn = openXmlIn(schemas, folders)
  const real = await openMemoryStore()
  const store = options.store?.(real) ?? real
  const validate = validateOf(xmlIn, options)
  const parts = partsOf(schemas, validate, store, options)
  const exchange = createExchange(parts)
  const facade = createFacade(parts, exchange)
  const [itemStep, batch] = [itemStepping(facade, parts), batching(facade, exchange, parts)]
  const sender: Sender = { party: 'anonymous', ...options.sender }
  const tracking = trackingOf(store)
  const acknowledgements = acknowledgementsOn(parts)
  const { clock } = parts
  const known = knownIn(store, () => LOCAL)
  const acting = { exchange, facade, itemStep, batch, putFile: noFolder }
  const gateway = { schemas, validate, ...acting, acknowledgements, clock, known }
  const served = { ...gateway, tracking, actions: options.actions }
  const about = { readXml, report: () => '{}', ready: async () => '', describe: DESCRIBE }
  const routes = routesOf({ ...served, ...about })
  return {
    ...served,
    sender,
    routes,
    store: real,
    send: async (xml, how = {}) => {
      const bytes = new TextEncoder().encode(xml)
      const answer = await exchange.receive({ bytes, sender, bodyHash: hashOf(xml), ...how })
      return judged(
        answer,
        await xmlIn.judge(bytesOf(answer), { json: true, tolerate: ['COR-01', 'NOU-02'] }),
      )
    },
    ask: (method, path, how = {}) => askedOf(routes, method, path, { sender, ...how }),
    events: () => real.events(0, 100_000),
    forgetObjects: () => forgetObjects(real),
    close: async () => {
      await real.close()
      await xmlIn.close()
    },
  }
}

/** A digest that is the text's length, and sources that are their paths. */
export const DESCRIBE: Describe = {
  version: '0.0.0-test',
  apiKeyHeader: 'X-API-Key',
  pause: async () => undefined,
  begin: () => undefined,
  digest: (text) => `${text.length}`,
  source: async ({ path }) => `<!-- ${path} -->`,
  samples: async (flow) => [
    { name: 'request.xml', text: `<!-- ${flow} & its sample -->` },
    ...(await shippedDocuments.samples(flow)),
  ],
  acceptance: async () => undefined,
}

function validateOf(
  { judge, judgeShipped }: Validate,
  { limits = LIMITS, validate = (it) => it }: Options,
): Validate {
  const limited: Validate['judge'] = (bytes, how = {}) =>
    judge(bytes, { limits: how.own === true ? ownLimits(limits) : limits, ...how } as typeof how)
  return validate({ judge: limited, judgeShipped })
}

function partsOf(
  schemas: SchemaSet,
  validate: Validate,
  store: Store,
  {
    mixedBatch = 'partial',
    log = SILENT,
    clock = () => NOW,
    policies = [],
    quantities,
    choices,
  }: Options,
): ExchangeParts {
  let ids = 0
  const newId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`
  const flow = flowIn(
    schemas,
    () => policies,
    () => quantities,
    () => choices,
  )
  return {
    schemas,
    validate,
    store,
    log,
    flow,
    clock,
    newId,
    source: 'cimgate',
    mixedBatch,
  }
}

async function forgetObjects(store: Store): Promise<void> {
  const { objects } = await store.page('DERGroups', { limit: 1_000 })
  const removals = objects.map(({ noun, id, revision }) => ({ noun, id, expect: revision }))
  await store.commit({ puts: [], removals, events: [] })
}

/** Logs nothing. */
export const SILENT: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Text that is another for every other body; tests need no digest. */
function hashOf(text: string): string {
  return text
}

function bytesOf({ rendered }: Answer): Uint8Array {
  return new TextEncoder().encode(rendered.text)
}

function judged(answer: Answer, validated: Validated): Reply {
  const json = validated.json ?? {}
  const reply = member(json, 'reply')
  const errors = member(reply, 'Error')
  const codes = Array.isArray(errors) ? errors.map((it) => String(member(it, 'code'))) : []
  const result = member(reply, 'Result')
  return {
    ...answer,
    text: answer.rendered.text,
    judged: validated,
    json,
    result: typeof result === 'string' ? result : undefined,
    codes,
  }
}

/** One request to some routes of HTTP. */
export async function askedOf(
  routes: ReturnType<typeof routesOf>,
  method: string,
  path: string,
  { body = '', headers = {}, query = {}, sender = { party: 'anonymous' } }: Asked,
): Promise<RouteAnswer> {
  for (const route of routes) {
    const names = parametersIn(route.path)
    const found = new RegExp(`^${filled(route.path, () => '([^/]+)')}$`).exec(path)
    if (route.method !== method || found === null) continue
    const params = Object.fromEntries(
      names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]),
    )
    const kind = kindOf(route.body, body, headers['content-type'] ?? '')
    const bytes = new TextEncoder().encode(body)
    const request: RouteRequest = {
      bytes,
      kind,
      params,
      query,
      headers,
      bodyHash: hashOf(`${method} ${path}\n${body}`),
      sender,
      traceparent: '',
    }
    return route.answer(request)
  }
  throw new Error(`no route for ${method} ${path}`)
}

function kindOf(
  taken: RouteFacts['body'],
  body: string,
  contentType: string,
): RouteRequest['kind'] {
  if (taken.length === 0) return 'none'
  if (contentType.startsWith('text/csv')) return 'csv'
  if (contentType.startsWith('multipart/')) return 'form'
  return body.trimStart().startsWith('<') ? 'xml' : 'json'
}
