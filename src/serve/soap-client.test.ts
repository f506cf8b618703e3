// SOAP as somebody else speaks it: the npm package `soap` makes its calls from our WSDL alone, schemas included.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { createClientAsync, WSSecurity } from 'soap'
import type { Client } from 'soap'
import { IMPORTED, importedFolder } from '../gateway/soap/imported.fixture.ts'
import { openCimgate } from '../index.ts'
import { serve } from '../main.ts'
import { writeJson } from '../schema/json-text.ts'
import type { Running } from '../main.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: soap client')

// What a client of SOAP gives and takes: its typings know nothing of our messages.
type Any = any

const imported = importedFolder()
let running: Running
let cimgate: Awaited<ReturnType<typeof openCimgate>>

test.before(async () => {
  const how = { port: 0, host: '127.0.0.1', data: newFolder(), log: 'silent' }
  running = await serve(how, { xsd: [imported.path] })
  cimgate = await openCimgate({ xsd: [imported.path] })
})

test.after(async () => {
  await cimgate.close()
  await running.close()
  await endAll()
  imported.remove()
})

const clients = new Map<string, Promise<Client>>()
function clientOf(noun: string, version: '1.1' | '1.2' = '1.1'): Promise<Client> {
  const url = `${running.address}/soap${noun === '' ? '' : `/${noun}`}?wsdl`
  const key = `${noun} ${version}`
  const made =
    clients.get(key) ??
    createClientAsync(url, { forceSoap12Headers: version === '1.2', disableCache: true })
  clients.set(key, made)
  return made
}

let count = 0
function header(verb: string, noun: string) {
  const id = `client-${(count += 1)}`
  const Timestamp = '2026-07-14T08:00:00Z'
  return { Verb: verb, Noun: noun, Timestamp, MessageID: id, CorrelationID: id }
}

/** CIM-JSON as this client writes objects: attributes apart, texts as they are. */
function asArguments(it: Any): Any {
  if (Array.isArray(it)) return it.map(asArguments)
  if (typeof it !== 'object' || it === null) return it
  const attributes = Object.entries(it).filter(([key]) => /^@(?!xmlns)/.test(key))
  const rest = Object.entries(it).filter(([key]) => !/^[@#]/.test(key))
  return {
    ...(attributes.length === 0
      ? {}
      : {
          attributes: Object.fromEntries(attributes.map(([key, value]) => [key.slice(1), value])),
        }),
    ...Object.fromEntries(
      rest.map(([key, value]) => [key === '$' ? '$value' : key, asArguments(value)]),
    ),
  }
}

function sampleOf(noun: string, verb: string): Any {
  const sample = cimgate.sample(noun, { verb, seed: 3 })
  if (sample === undefined) throw new Error(`no sample of ${verb} ${noun}`)
  // Numbers as every other program has them.
  return JSON.parse(writeJson(sample))
}

async function call(client: Client, operation: string, message: Any): Promise<Any> {
  const [reply] = await (client as Any)[`${operation}Async`](message)
  return reply
}

const payloadOf = (noun: string, verb: string) => ({
  [noun]: asArguments(sampleOf(noun, verb).payload[noun]),
})

/** Nouns of parts 5, 6 and 9, a draft, and one that was never seen. */
const NOUNS = ['DERGroups', 'WorkRequests', 'EndDeviceControls', 'Tariffs', IMPORTED]

for (const noun of NOUNS)
  for (const version of ['1.1', '1.2'] as const) {
    test(`creates ${noun} by SOAP ${version}, and reports a change of them`, async () => {
      const client = await clientOf(noun, version)
      const created = await call(client, `Create${noun}`, {
        Header: header('create', noun),
        Payload: payloadOf(noun, 'create'),
      })
      assert.is(created.Header.Verb, 'reply', noun)
      const why = `${noun}: ${JSON.stringify(created.Reply)}\n${client.lastRequest}`
      // A flow may have its own mind about an invented object; that the message is valid is what is asked here.
      const codes = (created.Reply.Error ?? []).map((it: Any) => it.code)
      assert.not.ok(
        codes.some((it: string) => it === '1.8'),
        why,
      )
      const sent = await cimgate.validate(Buffer.from(client.lastRequest ?? ''))
      assert.is(sent.verdict, 'valid', JSON.stringify(sent.findings))
      assert.equal([sent.root?.name, sent.soap], [`Create${noun}`, version])

      const changed = await call(client, `Changed${noun}`, {
        Header: header('changed', noun),
        Payload: payloadOf(noun, 'changed'),
      })
      assert.is(changed.Header.Verb, 'reply')
      const event = await cimgate.validate(Buffer.from(client.lastRequest ?? ''))
      assert.is(event.verdict, 'valid', JSON.stringify(event.findings))
      assert.is(event.verb, 'changed')
    })
  }

/** [noun, operation, Noun of the query] */
const QUERIES = [
  ['DERGroups', 'QueryDERGroups', 'DERGroupQueries'],
  ['WorkRequests', 'GetWorkRequests', 'GetWorkRequests'],
  [IMPORTED, `Get${IMPORTED}`, `Get${IMPORTED}`],
] as const

for (const [noun, operation, query] of QUERIES)
  test(`asks for ${noun}`, async () => {
    const client = await clientOf(noun)
    const profile = asArguments(sampleOf(query, 'get').request[query])
    const reply = await call(client, operation, {
      Header: header('get', query),
      Request: { [query]: profile },
    })
    assert.is(reply.Header.Verb, 'reply')
    const sent = await cimgate.validate(Buffer.from(client.lastRequest ?? ''))
    assert.is(sent.verdict, 'valid', JSON.stringify(sent.findings))
  })

for (const version of ['1.1', '1.2'] as const)
  test(`hears a fault of SOAP ${version} as an error with our code and remedy`, async () => {
    const client = await clientOf('Tariffs', version)
    client.setEndpoint(`${running.address}/soap/DERGroups`)
    const message = { Header: header('create', 'Tariffs'), Payload: payloadOf('Tariffs', 'create') }
    try {
      await call(client, 'CreateTariffs', message)
      assert.unreachable('no fault')
    } catch (error) {
      const fault: Any = (error as Any).root?.Envelope?.Body?.Fault
      assert.ok(fault?.detail ?? fault?.Detail, `${JSON.stringify(fault)} ${String(error)}`)
      const detail = version === '1.1' ? fault.detail : fault.Detail
      assert.is(detail.TariffsFaultMessage.Reply.Error.code, '1.8')
      assert.match(detail.TariffsFaultMessage.Reply.Error.details, /POST it to \/soap\/Tariffs/)
    }
    client.setEndpoint(`${running.address}/soap/Tariffs`)
  })

test('writes a UsernameToken that is understood', async () => {
  const client = await createClientAsync(`${running.address}/soap/DERGroups?wsdl`)
  client.setSecurity(
    new WSSecurity('wms', 'secret', { passwordType: 'PasswordDigest', mustUnderstand: true }),
  )
  const reply = await call(client, 'CreateDERGroups', {
    Header: header('create', 'DERGroups'),
    Payload: payloadOf('DERGroups', 'create'),
  })
  assert.is(reply.Header.Verb, 'reply')
})

test('speaks to the generic service', async () => {
  const client = await clientOf('')
  const xml = (await cimgate.convert(Buffer.from(JSON.stringify(sampleOf('DERGroups', 'create')))))
    .text
  const payload = /<Payload>(.*)<\/Payload>/s.exec(xml ?? '')?.[1] ?? ''
  const reply = await call(client, 'Request', {
    message: {
      Header: header('create', 'DERGroups'),
      Payload: {
        _xml: `<m:Payload xmlns:m="http://iec.ch/TC57/2011/schema/message">${payload}</m:Payload>`,
      },
    },
  })
  assert.is(reply.message.Header.Verb, 'reply', client.lastRequest)
  assert.ok(reply.message.Reply.Result)
})

test.run()
