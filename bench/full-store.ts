// A store with many messages in it, each with the object that it has created.

import { randomUUID } from 'node:crypto'
import type { Unit } from '../src/gateway/ports.ts'
import { openStore } from '../src/shell/store/index.ts'
import { SIZES, groupOfSize } from './messages.ts'

/** How many are given to the store at a time. */
const AT_ONCE = 1_000

/** @param folder where there is no store yet */
export async function fill(folder: string, messages: number): Promise<void> {
  const store = await openStore(folder)
  const request = groupOfSize(SIZES['2 kB'])
  for (let first = 0; first < messages; first += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, () => store.commit(unitOf(request))))
  await store.close()
}

function unitOf(request: string): Unit {
  const [id, at] = [randomUUID(), new Date().toISOString()]
  const about = { noun: 'DERGroups', flow: 'DERGroups', exchangeId: id, at, verb: 'create' }
  const empty = { reason: '', notAfter: '', orderKey: '', replayOf: '', answers: '', target: '' }
  const message = {
    ...about,
    ...empty,
    ...{ id, messageID: id, correlationID: id, party: 'bench', traceparent: '', findings: '[]' },
    ...({ direction: 'in', state: 'ACKED', late: false, bodyHash: id } as const),
    ...{ request, contentType: 'application/xml' },
    ...{
      reply: request,
      replyMessageID: id,
      replyStatus: 200,
      replyContentType: 'application/xml',
      replyETag: '',
    },
  }
  const body = JSON.stringify({ mRID: id, description: request })
  const put = {
    noun: 'DERGroups',
    id,
    state: 'exists',
    names: [id],
    body,
    owner: 'bench',
    expect: 0,
  }
  const event = { ...about, verb: 'created', subject: id, revision: 1, state: 'exists' }
  const events = [
    { ...event, previous: 'none', result: 'OK', code: '0.0', owner: 'bench' } as const,
  ]
  return { message, puts: [put], removals: [], events }
}
