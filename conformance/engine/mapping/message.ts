// The message that a request of the JSON side has become: as it came to the tester, else as the product keeps it.

import { textAt } from '../../find.ts'
import { passing } from './call.ts'
import type { Called, Passing } from './call.ts'
import type { At } from './noted.ts'

/** The message that a request has become: as it came to the tester, else as the product keeps it. */
export async function messageFor(call: Called, at: At, step: string): Promise<Passing | undefined> {
  const { scenario, subject, playing } = at
  const isIt = ({ judged: { root } }: Passing) =>
    textAt(root, 'Header/Noun') === subject.noun && textAt(root, 'Header/Verb') === 'create'
  const came = call.delivered.find(isIt)
  if (came !== undefined) return came
  const kept = await keptMessage(call, at, step)
  if (kept !== undefined || call.said.kind !== 'answered' || call.said.status !== 202) return kept
  // Acknowledged: it is still under way.
  for (let waited = 0; waited < playing.waitMs; waited += 50) {
    await playing.bridge.rest(50)
    for (const it of playing.bridge.delivered()) {
      const one = await passing({ scenario, step }, it, playing)
      if (isIt(one)) return one
    }
  }
  return undefined
}

async function keptMessage(call: Called, at: At, step: string): Promise<Passing | undefined> {
  if (call.said.kind !== 'answered') return undefined
  const { bridge, judge, wire } = at.playing
  const id = call.said.headers['correlationid'] ?? ''
  const query = new URLSearchParams({ correlationID: id, direction: 'in' })
  const list = await bridge.ask({ method: 'GET', path: `/api/v1/messages?${query}` })
  if (id === '' || list.kind !== 'answered' || list.status !== 200) return undefined
  const key = /"id"\s*:\s*"([^"]+)"/.exec(new TextDecoder().decode(list.bytes))?.[1]
  if (key === undefined) return undefined
  const raw = await bridge.ask({ method: 'GET', path: `/api/v1/messages/${key}/raw` })
  if (raw.kind !== 'answered' || raw.status !== 200) return undefined
  const place = { scenario: at.scenario, step: `${step}-kept`, from: 'GW', to: 'CIM' }
  const { contentType } = raw
  const { file } = wire.add({
    ...place,
    direction: 'request',
    status: null,
    contentType,
    bytes: raw.bytes,
  })
  return {
    bytes: raw.bytes,
    contentType,
    answer: new Uint8Array(),
    judged: await judge(raw.bytes),
    file,
  }
}
