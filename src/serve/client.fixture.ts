// A client of a running gateway: posts, reads, lists, and listens to all status events.

import * as assert from 'uvu/assert'
import { subscriber } from '../shell/websocket/client.fixture.ts'
import type { Frame } from '../shell/websocket/client.fixture.ts'
import { groupJson, groupXml } from './messages.fixture.ts'
import type { Group } from './messages.fixture.ts'

/** An answer with its body read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Posts a body. */
export async function post(url: string, body: string | Uint8Array, type: string): Promise<Answer> {
  return answerOf(
    await fetch(url, {
      method: 'POST',
      body: body as Uint8Array<ArrayBuffer> | string,
      headers: { 'Content-Type': type },
    }),
  )
}

/** Reads a resource. */
export async function read(url: string): Promise<Answer> {
  return answerOf(await fetch(url))
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** Posts XML to /cim. */
export function cim(address: string, xml: string | Uint8Array): Promise<Answer> {
  return post(`${address}/cim`, xml, 'application/xml')
}

/** Makes a group in either form; fails unless it is acknowledged. */
export async function create(address: string, group: Group, form: 'xml' | 'json'): Promise<Answer> {
  const answer = await (form === 'xml'
    ? cim(address, groupXml(group))
    : post(`${address}/api/v1/der-groups`, groupJson(group), 'application/json'))
  const isAcknowledged =
    form === 'xml' ? answer.text.includes('<Result>OK<') : answer.status === 201
  assert.ok(isAcknowledged, `${answer.status} ${answer.text.slice(0, 500)}`)
  return answer
}

/** mRIDs of all groups, page after page. */
export async function storedIds(address: string): Promise<readonly string[]> {
  const ids: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const { text } = await read(
      `${address}/api/v1/der-groups?limit=1000&after=${encodeURIComponent(after)}`,
    )
    const page = JSON.parse(text) as {
      readonly EndDeviceGroup: readonly { readonly mRID: string }[]
      readonly next: string | null
    }
    ids.push(...page.EndDeviceGroup.map(({ mRID }) => mRID))
    after = page.next
  }
  return ids
}

/** Every status event there is, which must be many; none is missing and none comes twice. */
export async function allEvents(address: string, many: number): Promise<readonly Frame[]> {
  const it = await subscriber(Number(new URL(address).port), '?since=0')
  await it.until(many)
  it.socket.close()
  const events = it.events()
  assert.equal(
    events.map(({ seq, prev }) => [seq, prev]),
    events.map((_, at) => [at + 1, at]),
  )
  return events
}
