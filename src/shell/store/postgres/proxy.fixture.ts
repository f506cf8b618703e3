// Between a store and its server: cuts the connection that writes at a step of its transaction. Reads as much of the
// protocol as that takes: where a message ends, and of which kind it is.

import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where a transaction is cut. */
export interface Cut {
  /** `before` a request of it gets to the server, or `after` that was carried out, and before its answer comes back */
  readonly when: 'before' | 'after'
  /** which request, from 0: that which begins it */
  readonly step: number
  /** milliseconds in which nobody gets through afterwards */
  readonly awayMs: number
}

/** A proxy of one server. */
export interface Proxy {
  readonly port: number
  /** Cuts the next transaction. */
  arm(cut: Cut): void
  /** True when the transaction had that step, and was cut. */
  hasCut(): boolean
  /** Leads to another server from now on: whoever is connected is cut off. */
  lead(port: number): void
  end(): void
}

/** Starts one on any free port. */
export async function startProxy(serverPort: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  let armed: Cut | undefined
  let isAway = false
  let to = serverPort
  const cut = (...pair: readonly Socket[]) => {
    const { awayMs } = armed ?? { awayMs: 0 }
    armed = undefined
    isAway = true
    for (const it of awayMs > 0 ? sockets : pair) it.destroy()
    void sleep(awayMs).then(() => (isAway = false))
  }
  const server = createServer((client) => {
    if (isAway) return void client.destroy()
    const up = connect(to, '127.0.0.1')
    for (const it of [client, up]) {
      sockets.add(it)
      it.setNoDelay()
      it.on('error', () => undefined)
      it.on('close', () => {
        sockets.delete(it)
        client.destroy()
        up.destroy()
      })
    }
    /** requests since a transaction was begun; undefined = none is */
    let step: number | undefined
    let isLost = false
    const asks = requests((request, text) => {
      if (isLost) return
      if (armed !== undefined && text.startsWith('begin')) step = 0
      const is = (when: Cut['when']) => armed?.when === when && armed.step === step
      if (step !== undefined && is('before')) return cut(client, up)
      if (step !== undefined && is('after')) isLost = true
      if (step !== undefined) step += 1
      if (/(^|; )(commit|rollback)$/.test(text)) step = undefined
      up.write(request)
    })
    client.on('data', asks)
    const answers = messages('', (message, kind) => {
      if (!isLost) client.write(message)
      else if (kind === READY) cut(client, up)
    })
    up.on('data', answers)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    arm: (it) => (armed = it),
    hasCut: () => armed === undefined,
    lead: (it) => {
      to = it
      for (const one of sockets) one.destroy()
    },
    end: () => {
      for (const it of sockets) it.destroy()
      server.close()
    },
  }
}

/** ReadyForQuery */
const READY = 'Z'

type Told = (message: Buffer, kind: string) => void

/** Whole messages out of pieces. @param begin kind of the first one, which does not say it: the greeting of a client */
function messages(begin: string, told: Told): (piece: Buffer) => void {
  let rest = Buffer.alloc(0)
  let isFirst = begin !== ''
  return (piece) => {
    rest = Buffer.concat([rest, piece])
    for (;;) {
      const at = isFirst ? 0 : 1
      if (rest.length < at + 4) return
      const end = at + rest.readUInt32BE(at)
      if (rest.length < end) return
      const message = rest.subarray(0, end)
      rest = rest.subarray(end)
      const kind = isFirst ? begin : String.fromCharCode(message[0] ?? 0)
      isFirst = false
      told(message, kind)
    }
  }
}

/** What a client sends until it waits for an answer: a query, or all up to Sync. @param told is given the text of a query */
function requests(told: (request: Buffer, text: string) => void): (piece: Buffer) => void {
  let parts: Buffer[] = []
  return messages('greeting', (message, kind) => {
    parts.push(message)
    if (!['greeting', 'p', 'Q', 'S', 'X'].includes(kind)) return
    const text = kind === 'Q' ? message.toString('utf8', 5, message.length - 1) : ''
    const request = Buffer.concat(parts)
    parts = []
    told(request, text)
  })
}
