// WS /status: every change of state that the gateway publishes.

import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { Change } from './passed.ts'

/** A subscription to all topics. */
export interface Status {
  /** business events so far, the oldest first */
  readonly changes: () => readonly Change[]
  /** how many frames have come so far */
  readonly seen: () => number
  readonly close: () => void
}

/** @param key that of an operator */
export async function listen(address: string, key: string): Promise<Status> {
  const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/status?since=0`, {
    headers: { 'X-API-Key': key },
  })
  const all: (Change & { readonly type: string })[] = []
  socket.on('message', (it) => all.push(JSON.parse(String(it))))
  await once(socket, 'open')
  return {
    changes: () => all.filter((it) => it.type === 'status' && it.noun !== 'messages'),
    seen: () => all.length,
    close: () => socket.terminate(),
  }
}
