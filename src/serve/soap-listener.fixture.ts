// For tests only: a system that hears SOAP by the npm package `soap`, from the WSDL that a gateway serves; what came over
// the wire is kept as it came, beside what the package has read in it.

import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { listen } from 'soap'
import { GENERIC_NS, MESSAGE_NS } from '../envelope/namespaces.ts'
import { listening } from '../shell/http/raw.fixture.ts'

// What a server of SOAP gives and takes: its typings know nothing of our messages.
type Any = any

/** A call as it was read, and what it was read from. */
export interface Call {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly octets: Buffer
  readonly operation: string
  readonly message: Any
}

/** Operations of one WSDL at one path. */
export interface Offer {
  readonly path: string
  readonly wsdl: string
  readonly key: string
  readonly version: '1.1' | '1.2'
  readonly service: string
  readonly port: string
  readonly operations: readonly string[]
}

/** Such a system. */
export interface SoapListener {
  readonly address: string
  readonly calls: Call[]
  /** answers of an operation; throws `{Fault}` to answer with one */
  readonly answer: (it: (call: Call) => Any) => void
  readonly offer: (it: Offer) => Promise<void>
  readonly close: () => Promise<void>
}

/** Listens on the loopback address. */
export async function openSoapListener(): Promise<SoapListener> {
  const calls: Call[] = []
  let answer: (call: Call) => Any = () => undefined
  const server = createServer((_request, response) => void response.writeHead(404).end())
  const address = `http://127.0.0.1:${await listening(server)}`
  const raw = new WeakMap<object, Buffer[]>()

  function offer(it: Offer): Promise<void> {
    const heard =
      (operation: string) => (message: Any, _done: Any, _headers: Any, request: Any) => {
        const octets = Buffer.concat(raw.get(request) ?? [])
        const call = { path: it.path, headers: request.headers, octets, operation, message }
        calls.push(call)
        return answer(call)
      }
    const methods = Object.fromEntries(it.operations.map((name) => [name, heard(name)]))
    return new Promise((done, fail) => {
      const options: Any = {
        path: it.path,
        // At another path than that of the WSDL the package takes the last port, which is that of SOAP 1.2.
        services: { [it.service]: { [it.port]: methods, [`${it.port}12`]: methods } },
        uri: it.wsdl,
        wsdl_headers: { 'X-API-Key': it.key },
        forceSoap12Headers: it.version === '1.2',
        suppressStack: true,
        callback: (error: unknown) => {
          if (error) return fail(error as Error)
          server.prependListener('request', keep)
          done()
        },
      }
      server.off('request', keep)
      void fetch(it.wsdl, { headers: { 'X-API-Key': it.key } })
        .then((response) => response.text())
        .then((xml) => listen(server, { ...options, xml }))
        .catch(fail)
    })
  }

  function keep(request: object & { on: (name: 'data', hear: (it: Buffer) => void) => void }) {
    const chunks: Buffer[] = []
    raw.set(request, chunks)
    request.on('data', (it) => void chunks.push(it))
  }

  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  return { address, calls, answer: (it) => void (answer = it), offer, close }
}

/** OK, as the party itself says it; as a server the package has one namespace for all that it writes by itself. */
export function taken({ message }: Call): Any {
  const generic = message.message
  const { MessageID, CorrelationID } = (generic ?? message).Header
  const children = (ns: string) =>
    `<x:Header xmlns:x="${ns}" xmlns="${MESSAGE_NS}"><Verb>reply</Verb><Noun>DERGroups</Noun><Timestamp>2026-07-14T09:31:07Z</Timestamp>` +
    `<MessageID>${randomUUID()}</MessageID><CorrelationID>${CorrelationID ?? MessageID}</CorrelationID></x:Header>` +
    `<x:Reply xmlns:x="${ns}" xmlns="${MESSAGE_NS}"><Result>OK</Result><Error><code>0.0</code></Error></x:Reply>`
  if (generic === undefined) return { $xml: children('http://iec.ch/TC57/2017/DERGroupsMessage') }
  return { $xml: `<a:message xmlns:a="${GENERIC_NS}">${children(MESSAGE_NS)}</a:message>` }
}
