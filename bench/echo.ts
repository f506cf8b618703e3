// The floor of HTTP: a koa that reads a body and sends it back. The only file of the bench that knows koa.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'

const app = new Koa()
app.use(async (context) => {
  const chunks: Buffer[] = []
  for await (const chunk of context.req) chunks.push(chunk as Buffer)
  context.type = 'application/xml'
  context.body = Buffer.concat(chunks)
})
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
