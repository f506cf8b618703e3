// For tests only: a client by somebody else. It knows how its messages look, has a control by which it is told to send one,
// and may be wrong in one thing.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What may be wrong with it. */
export type Wrong =
  | 'none'
  | 'new-id-on-retry'
  | 'no-retry'
  | 'stubborn'
  | 'any-reply'
  | 'own-mrid'
  | 'no-timestamp-zone'
  | 'deaf'

/** A client with its control. */
export interface StrangerClient {
  /** is told by POST what to send */
  readonly control: string
  readonly send: (address: string, verb: string, noun: string, hasNoMRID?: boolean) => Promise<void>
  readonly close: () => Promise<void>
}

const NS = 'http://iec.ch/TC57/2011/schema/message'
const GROUPS = 'http://iec.ch/TC57/2017/DERGroups#'
const FUNCTIONS = [
  'connectDisconnect',
  'frequencyWattCurveFunction',
  'maxRealPowerLimiting',
  'rampRateControl',
]
  .concat(['reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'])
  .concat(['voltVarCurveFunction', 'voltWattCurveFunction'])
  .map((it) => `<${it}>false</${it}>`)
  .join('')

/** @param patienceMs after which it sends a request again that is not answered */
export async function openStrangerClient(
  wrong: Wrong = 'none',
  patienceMs = 120,
): Promise<StrangerClient> {
  let sent = 0
  let group = ''
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (it: Buffer) => chunks.push(it))
    request.on('end', () => {
      response.writeHead(202).end()
      const { address, expects } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
        address: string
        expects: { verb: string; noun: string; lacks?: string }
      }
      if (wrong !== 'deaf')
        void send(address, expects.verb, expects.noun, expects.lacks !== undefined)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { control: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, send, close }

  async function send(
    address: string,
    verb: string,
    noun: string,
    hasNoMRID = false,
  ): Promise<void> {
    if (verb === 'create') group = `g-${(sent += 1)}`
    const reply = await exchanged(address, verb, noun, contentOf(verb, noun, hasNoMRID))
    if (reply === undefined) return
    if (wrong === 'any-reply' && !reply.isOurs) return send(address, 'delete', 'DERGroups')
    if (!hasNoMRID) return
    const assigned = /<EndDeviceGroup[^>]*>\s*<mRID>([^<]*)</.exec(reply.text)?.[1] ?? ''
    group = wrong === 'own-mrid' ? 'provisional-1' : assigned
    await send(address, 'get', 'DERGroupQueries')
  }

  function contentOf(verb: string, noun: string, hasNoMRID: boolean): string {
    const mRID = hasNoMRID ? '' : `<mRID>${group}</mRID>`
    if (verb === 'get')
      return `<Request><DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"><EndDeviceGroup>${mRID}</EndDeviceGroup></DERGroupQueries></Request>`
    const whole = `<DERFunction>${FUNCTIONS}</DERFunction><EndDevices><mRID>d-1</mRID></EndDevices><Names><name>${group}</name><NameType><name>name</name></NameType></Names>`
    const part =
      verb === 'change' || noun === 'OperationSet'
        ? '<EndDevices><mRID>d-2</mRID></EndDevices>'
        : ''
    const groups = `<DERGroups xmlns="${GROUPS}"><EndDeviceGroup>${mRID}${verb === 'create' ? whole : part}</EndDeviceGroup></DERGroups>`
    return noun === 'OperationSet'
      ? `<Payload><OperationSet><Operation><operationId>1</operationId><noun>DERGroups</noun><verb>change</verb>${groups}</Operation></OperationSet></Payload>`
      : `<Payload>${groups}</Payload>`
  }

  function written(
    verb: string,
    noun: string,
    content: string,
  ): { readonly id: string; readonly text: string } {
    const id = `stranger-${wrong}-${(sent += 1)}`
    const zone = wrong === 'no-timestamp-zone' ? '' : 'Z'
    const header = `<Header><Verb>${verb}</Verb><Noun>${noun}</Noun><Timestamp>2026-07-14T09:00:00${zone}</Timestamp><Source>stranger</Source><MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header>`
    return { id, text: `<RequestMessage xmlns="${NS}">${header}${content}</RequestMessage>` }
  }

  async function exchanged(address: string, verb: string, noun: string, content: string) {
    let message = written(verb, noun, content)
    for (let tries = 0; tries < 4; tries += 1) {
      const text = await posted(address, message.text)
      const isOurs = text?.includes(`<CorrelationID>${message.id}<`) ?? false
      const isRefused = /<Result>FAILED</.test(text ?? '')
      if (text !== undefined && isRefused && wrong !== 'stubborn') return undefined
      if (text !== undefined && !isRefused && (isOurs || wrong === 'any-reply'))
        return { text, isOurs }
      if (wrong === 'no-retry') return undefined
      if (wrong === 'new-id-on-retry') message = written(verb, noun, content)
    }
    return undefined
  }

  async function posted(address: string, body: string): Promise<string | undefined> {
    try {
      const headers = { 'Content-Type': 'application/xml' }
      const signal = AbortSignal.timeout(patienceMs)
      return await (await fetch(address, { method: 'POST', body, headers, signal })).text()
    } catch {
      return undefined
    }
  }
}
