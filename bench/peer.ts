// A party that carries everything out and keeps nothing: reads the MessageID and answers OK. As fast as a peer can be.

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const server = createServer((request, response) => {
  void request.toArray().then((chunks: Buffer[]) => {
    const [, id] = /<MessageID>([^<]*)</.exec(Buffer.concat(chunks).toString()) ?? []
    response.setHeader('Content-Type', 'application/xml').end(reply(id ?? ''))
  })
}).listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)

function reply(id: string): string {
  return `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>DERGroups</Noun><Timestamp>${new Date().toISOString()}</Timestamp><Source>dms</Source><MessageID>${randomUUID()}</MessageID><CorrelationID>${id}</CorrelationID></Header><Reply><Result>OK</Result><Error><code>0.0</code></Error></Reply></ResponseMessage>`
}
