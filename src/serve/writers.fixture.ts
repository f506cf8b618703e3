// Clients that change one group each, one message after the other, until the gateway dies; and what must be true of each
// of their messages afterwards.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import * as assert from 'uvu/assert'
import { subscriber } from '../shell/websocket/client.fixture.ts'
import { groupJson, groupXml, newGroup, request } from './messages.fixture.ts'
import type { Group } from './messages.fixture.ts'

const CLIENTS = 8

/** One message of a client, and what it was answered; no answer = nothing is known of it. */
interface Sent {
  /** the revision that the group has when it is accepted */
  readonly revision: number
  /** MessageID or Idempotency-Key */
  readonly id: string
  reply?: string
}

/** A client and all that it has sent. */
export interface Writer {
  readonly group: Group
  readonly form: 'xml' | 'json'
  readonly sent: Sent[]
}

/** members of a group that takes some 100 kB */
const LARGE = 400

/** Writers of which half speak XML, half JSON. */
export function newWriters(): readonly Writer[] {
  return Array.from({ length: CLIENTS }, (_, at) => ({
    // Messages and replies of every third are longer than 64 KiB.
    group: newGroup(at % 3 === 0 ? LARGE : 2),
    form: at % 2 === 0 ? 'xml' : 'json',
    sent: [],
  }))
}

/** How many messages they have, with an answer and in all. */
export function countsOf(writers: readonly Writer[]): {
  readonly acked: number
  readonly tried: number
} {
  const all = writers.flatMap(({ sent }) => sent)
  return { acked: all.filter((it) => it.reply !== undefined).length, tried: all.length }
}

/** Sends until there is no answer any more, or no more is wanted. */
export async function write(
  address: string,
  writers: readonly Writer[],
  goesOn: () => boolean = () => true,
): Promise<void> {
  const one = async (writer: Writer) => {
    while (goesOn()) {
      const it: Sent = { revision: writer.sent.length + 1, id: randomUUID() }
      writer.sent.push(it)
      const reply = await send(address, writer, it).catch(() => undefined)
      if (reply === undefined) return
      it.reply = reply
    }
  }
  await Promise.all(writers.map(one))
}

/** Sends each message until it is accepted; how often it was refused. Every refusal says that it is ours and may pass. */
export async function persist(
  address: string,
  writers: readonly Writer[],
  goesOn: () => boolean,
): Promise<number> {
  let refused = 0
  const one = async (writer: Writer) => {
    while (goesOn()) {
      const it: Sent = { revision: writer.sent.length + 1, id: randomUUID() }
      writer.sent.push(it)
      while (it.reply === undefined) {
        const answer = await fetch(address + pathOf(writer, it), requestOf(writer, it))
        const text = await answer.text()
        if (isAccepted(writer, answer.status, text)) it.reply = `${answer.status} ${text}`
        else {
          refused += 1
          assert.match(`${answer.status} ${text}`, REFUSED[writer.form])
          await sleep(PAUSE_MS)
        }
      }
    }
  }
  await Promise.all(writers.map(one))
  return refused
}

/** milliseconds between a refusal and the next try */
const PAUSE_MS = 10

const REFUSED = { xml: /<Result>FAILED<[^]*<code>5\.1</, json: /^503 [^]*"5\.1"/ } as const

/** The whole answer as text; fails unless it is an acceptance. */
async function send(address: string, writer: Writer, it: Sent): Promise<string> {
  const answer = await fetch(address + pathOf(writer, it), requestOf(writer, it))
  const text = await answer.text()
  assert.ok(isAccepted(writer, answer.status, text), `${answer.status} ${text.slice(0, 500)}`)
  return `${answer.status} ${text}`
}

function isAccepted({ form }: Writer, status: number, text: string): boolean {
  return form === 'xml' ? text.includes('<Result>OK<') : [200, 201].includes(status)
}

function pathOf({ form, group }: Writer, { revision }: Sent): string {
  if (form === 'xml') return '/cim'
  return `/api/v1/der-groups${revision === 1 ? '' : `/${group.mRID}`}`
}

function requestOf({ form, group }: Writer, { revision, id }: Sent): RequestInit {
  if (form === 'xml') {
    const change = `<mRID>${group.mRID}</mRID><description>${revision}</description>`
    const xml = request('change', id, `<EndDeviceGroup>${change}</EndDeviceGroup>`)
    const body = revision === 1 ? groupXml(group, id) : xml
    return { method: 'POST', headers: { 'Content-Type': 'application/xml' }, body }
  }
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': id }
  if (revision === 1) return { method: 'POST', headers, body: groupJson(group) }
  return { method: 'PATCH', headers, body: JSON.stringify({ description: `${revision}` }) }
}

/**
 * Judges a gateway that was started again: what was acknowledged is there, nothing is there twice or in part, and each
 * message sent again blindly gets the reply that it got, or its first one, with one effect in all.
 * @param since last event before these writers began
 */
export async function judge(
  address: string,
  writers: readonly Writer[],
  since: number,
  how: string,
): Promise<void> {
  for (const it of writers) await judgeFound(address, it, how)
  await Promise.all(writers.map((it) => repeat(address, it, how)))
  for (const it of writers)
    assert.is(await revisionOf(address, it, how), it.sent.length, `after the repeats, ${how}`)
  await judgeEvents(address, writers, since, how)
}

/** Before anything is repeated: all that was acknowledged and at most the one that was under way. */
async function judgeFound(address: string, writer: Writer, how: string): Promise<void> {
  const { acked, tried } = countsOf([writer])
  const found = await revisionOf(address, writer, how)
  assert.ok(found >= acked, `lost: ${acked} acknowledged, ${found} there, ${how}`)
  assert.ok(found <= tried, `doubled: ${tried} sent, ${found} there, ${how}`)
}

/** The revision that the group has, 0 when it is not there; its content is what that revision says. */
async function revisionOf(address: string, { group }: Writer, how: string): Promise<number> {
  const answer = await fetch(`${address}/api/v1/der-groups/${group.mRID}`)
  const text = await answer.text()
  if (answer.status === 404) return 0
  assert.is(answer.status, 200, text.slice(0, 500))
  const revision = Number((answer.headers.get('etag') ?? '').replaceAll('"', ''))
  const { EndDeviceGroup: [found] = [] } = JSON.parse(text) as {
    readonly EndDeviceGroup?: readonly { readonly description?: string }[]
  }
  const description = revision === 1 ? undefined : `${revision}`
  assert.is(found?.description, description, `torn or out of order, ${how}`)
  return revision
}

async function repeat(address: string, writer: Writer, how: string): Promise<void> {
  for (const it of writer.sent) {
    const reply = await send(address, writer, it)
    if (it.reply !== undefined)
      assert.is(reply, it.reply, `another reply to ${writer.form} ${it.revision}, ${how}`)
    it.reply = reply
  }
}

/** One event for each message, those of a group in order. */
async function judgeEvents(
  address: string,
  writers: readonly Writer[],
  since: number,
  how: string,
): Promise<void> {
  const { tried } = countsOf(writers)
  assert.is(await lastEvent(address), since + tried, `events, ${how}`)
  if (tried === 0) return
  const feed = await subscriber(Number(new URL(address).port), `?since=${since}`)
  await feed.until(since + tried)
  feed.socket.close()
  for (const { group, sent } of writers)
    assert.equal(
      feed.events().flatMap((it) => (it.subject === group.mRID ? [it['revision']] : [])),
      sent.map(({ revision }) => revision),
      `events of one group, ${how}`,
    )
}

/** Number of the last event of a gateway. */
export async function lastEvent(address: string): Promise<number> {
  const feed = await subscriber(Number(new URL(address).port))
  feed.socket.close()
  return feed.frames[0]?.seq ?? 0
}
