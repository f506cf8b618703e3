// For tests only: a product by somebody else. It knows that messages have a Header and nothing more of the standard: it
// says OK to everything, does nothing, and repeats neither verb nor ids as it should.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How the stranger answers. */
export interface Stranger {
  readonly url: string
  readonly close: () => Promise<void>
}

/** @param answer makes the text of the answer of that of the request; by default the stranger's own */
export async function openStranger(
  answer: (request: string) => string = alwaysOk,
): Promise<Stranger> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (it: Buffer) => chunks.push(it))
    request.on('end', () => {
      response.setHeader('Content-Type', 'application/xml')
      response.end(answer(Buffer.concat(chunks).toString('utf8')))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return { url: `http://127.0.0.1:${port}/`, close }
}

let answered = 0

/** Valid by the schema of messages, and wrong in all that the schema leaves open. */
function alwaysOk(request: string): string {
  const noun = /<Noun>([^<]*)</.exec(request)?.[1] ?? 'Unknown'
  answered += 1
  return `<?xml version="1.0" encoding="UTF-8"?>
<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message">
  <Header>
    <Verb>create</Verb>
    <Noun>${noun}</Noun>
    <Timestamp>2026-07-14T09:00:00Z</Timestamp>
    <MessageID>stranger-${answered}</MessageID>
  </Header>
  <Reply>
    <Result>OK</Result>
  </Reply>
</ResponseMessage>
`
}
