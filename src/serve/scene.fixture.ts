// For tests only: a gateway with a configuration, and the systems around it: each has a key to come in, a place where it
// is spoken to, and a way to behave.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { listening } from '../shell/http/raw.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'

/** What a party has been sent. */
export interface Heard {
  /** first part of the path: the name of the party */
  readonly party: string
  readonly path: string
  readonly body: string
  readonly messageID: string
}

/** What a party does with what it is sent. */
export type Behave = (heard: Heard, response: ServerResponse) => unknown

/** An answer of the gateway. */
export interface Said {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** of a JSON body */
  readonly json: Record<string, unknown>
}

/** A gateway among its parties. */
export interface Scene {
  readonly address: string
  /** where parties are spoken to; a path behind it begins with the name of the party */
  readonly outside: string
  readonly heard: Heard[]
  readonly behave: (it: Behave) => void
  /** One message in XML, sent by a party. */
  readonly send: (party: string, xml: string | Uint8Array) => Promise<Said>
  /** One request of a party; its key is `key-of-` and its name. */
  readonly ask: (party: string, method: string, path: string, how?: Asked) => Promise<Said>
  /** the data folder of the gateway */
  readonly data: string
  /** @param meanwhile what happens between its end and its next start */
  readonly restart: (meanwhile?: () => void) => Promise<void>
  readonly close: () => Promise<void>
}

/** Body and headers of a request. */
export interface Asked {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** `auth` of a party in the configuration: its key is `key-of-` and its name. */
export function auth(party: string): string {
  const name = `KEY_OF_${party.toUpperCase().replace(/\W/g, '_')}`
  process.env[name] = `key-of-${party}`
  return `auth: [{apiKey: "\${${name}}"}]`
}

/** What a scene with one sender and one party adds to both. */
export interface Between {
  /** of the route from cs to dms, `order: none, timeout: 1s` */
  readonly route?: string
  readonly noun?: string
  /** of the binding of dms */
  readonly timeout?: string
  /** lines of further parties, each indented by two spaces */
  readonly parties?: string
  /** lines before the one route */
  readonly routes?: string
  /** further sections */
  readonly more?: string
  /** of cs, `replyAddresses: [...]` */
  readonly cs?: string
}

/** cs asks, sees all that is on its way, and speaks for dso-dms as the samples do; dms carries out. */
export function csToDms(outside: string, it: Between = {}): string {
  const { route = 'order: none', noun = 'DERGroups', timeout = '1s' } = it
  const cs = it.cs === undefined ? '' : `, ${it.cs}`
  return `
parties:
  cs: {${auth('cs')}, operator: true, sources: [dso-dms]${cs}}
  dms: {${auth('dms')}, binding: {type: cim-xml, url: "${outside}/dms", timeout: ${timeout}}}
${it.parties ?? ''}
routes:
${it.routes ?? ''}
  - {when: {noun: ${noun}, from: cs}, to: dms, ${route}}
${it.more ?? ''}
`
}

/** What is listed of a message. */
export interface Listed {
  readonly id: string
  readonly exchangeId: string
  readonly direction: 'in' | 'out'
  readonly party: string
  readonly verb: string
  readonly state: string
  readonly reason: string
  readonly messageID: string
  readonly late: boolean
}

/** Messages that cs finds. */
export async function legsOf({ ask }: Scene, query: string): Promise<readonly Listed[]> {
  const { json, text } = await ask('cs', 'GET', `/api/v1/messages?${query}`)
  assert.ok(Array.isArray(json['messages']), text)
  return json['messages'] as Listed[]
}

/** Does what is asked, and says nothing. */
export const TAKES: Behave = (_heard, response) => void response.writeHead(204).end()

/** @param config by the address at which parties are spoken to */
export async function openScene(config: (outside: string) => string): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'cimgate-scene-'))
  const heard: Heard[] = []
  let behave = TAKES
  const server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]).toString()
      const path = request.url ?? ''
      const [, party = ''] = path.split('/')
      const [, messageID = ''] = /MessageID(?:>|":")([^<"]*)/.exec(body) ?? []
      const it = { party: decodeURIComponent(party), path, body, messageID }
      heard.push(it)
      return behave(it, response)
    })
  })
  const outside = `http://127.0.0.1:${await listening(server)}`
  const file = join(folder, 'cimgate.yaml')
  writeFileSync(file, config(outside))
  const begin = () =>
    serve(
      { port: 0, host: '127.0.0.1', data: join(folder, 'data'), log: 'silent' },
      { xsd: [], config: file },
    )
  let running: Running = await begin()
  const scene: Scene = {
    get address() {
      return running.address
    },
    outside,
    heard,
    behave: (it) => void (behave = it),
    send: (party, body) =>
      asked(running, party, 'POST', '/cim', {
        body,
        headers: { 'Content-Type': 'application/xml' },
      }),
    ask: (party, method, path, how) => asked(running, party, method, path, how),
    data: join(folder, 'data'),
    restart: async (meanwhile = () => undefined) => {
      await running.close()
      meanwhile()
      writeFileSync(file, config(outside))
      running = await begin()
    },
    close: async () => {
      await running.close()
      await closed(server)
      rmSync(folder, { recursive: true })
    },
  }
  return scene
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}

async function asked(
  { address }: Running,
  party: string,
  method: string,
  path: string,
  { body, headers = {} }: Asked = {},
): Promise<Said> {
  const response = await fetch(`${address}${path}`, {
    method,
    ...(body === undefined ? {} : { body: bodyOf(body) }),
    headers: { 'Content-Type': 'application/json', 'X-API-Key': `key-of-${party}`, ...headers },
  })
  const text = await response.text()
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '')
  const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>
  return { status: response.status, text, headers: response.headers, json }
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body)
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** Until something has come true; it is a fault when it never does. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  // A connection that breaks is tried again after as long as the preset says: seconds.
  await waitFor(what, 'what a party was to hear')
}

/** A reply in XML. */
export function replyXml(
  correlationID: string,
  result: string,
  errors: string,
  more: { readonly noun?: string; readonly messageID?: string; readonly payload?: string } = {},
): string {
  const { noun = 'DERGroups', messageID = `${correlationID}-r`, payload = '' } = more
  return (
    `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>${noun}</Noun>` +
    `<Timestamp>2026-07-14T09:31:07Z</Timestamp><MessageID>${messageID}</MessageID>` +
    `<CorrelationID>${correlationID}</CorrelationID></Header><Reply><Result>${result}</Result>` +
    `${errors}</Reply>${payload}</ResponseMessage>`
  )
}

/** Answers a request in XML with OK, and anything else with 204. */
export function answerOk(response: ServerResponse, message: string): void {
  const [, noun = ''] = /<Noun>([^<]*)/.exec(message) ?? []
  const [, id = ''] = /<MessageID>([^<]*)/.exec(message) ?? []
  if (!message.includes('RequestMessage')) response.writeHead(204).end()
  else answerXml(response, replyXml(id, 'OK', '<Error><code>0.0</code></Error>', { noun }))
}

/** Sends a body back. */
export function answerXml(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' }).end(body)
}
