// The floor of a fan-out: a socket server that is told "50 400" and writes 400 octets, 50 times, to everybody.

import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

const sockets = new Set<Socket>()
const server = createServer((socket) => {
  sockets.add(socket)
  socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy())
  socket.on('data', (told) => {
    const [times = 0, octets = 0] = told.toString().split(' ').map(Number)
    const frame = Buffer.alloc(octets, 'x')
    for (let at = 0; at < times; at += 1) for (const it of sockets) it.write(frame)
  })
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
