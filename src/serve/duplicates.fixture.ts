// The same message many times: at once over many sockets, later, with another body, and after a restart.

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Agent, request as ask } from 'node:http'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { groupJson, groupXml, newGroup } from './messages.fixture.ts'
import type { Group } from './messages.fixture.ts'
import { lastEvent } from './writers.fixture.ts'

const SOCKETS = 50

/** How a message is sent, and by what it is known again: the last one by its octets, where no MessageID is tolerated. */
export const FORMS = ['xml', 'json', 'json with Idempotency-Key', 'xml without MessageID'] as const

export type Form = (typeof FORMS)[number]

/** Arguments of a gateway that tolerates messages without MessageID; its configuration is written into this folder. */
export function tolerant(folder: string): readonly string[] {
  const file = join(folder, 'tolerant.yaml')
  writeFileSync(file, 'tolerate: [HDR-01]\n')
  return ['--config', file]
}

/** A message, by what it is known again, and what it was answered. */
export interface Original {
  readonly form: Form
  readonly id: string
  readonly group: Group
  readonly reply: string
}

/** Sends bodies to one gateway, over no more than so many sockets. */
export interface Sockets {
  /** status and text of the answer */
  readonly send: (form: Form, id: string, group: Group) => Promise<string>
  readonly close: () => void
}

/** Opens none before there is something to send. */
function socketsTo(address: string): Sockets {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS })
  const send: Sockets['send'] = (form, id, group) =>
    new Promise((done, fail) => {
      const path = isXml(form) ? '/cim' : '/api/v1/der-groups'
      const headers = {
        'Content-Type': isXml(form) ? 'application/xml' : 'application/json',
        ...(form === 'json with Idempotency-Key' ? { 'Idempotency-Key': id } : {}),
      }
      const out = ask(address + path, { agent, method: 'POST', headers }, (answer) => {
        answer.toArray().then((parts) => {
          done(`${answer.statusCode} ${Buffer.concat(parts as Buffer[]).toString()}`)
        }, fail)
      })
      out.on('error', fail)
      out.end(bodyOf(form, id, group))
    })
  return { send, close: () => agent.destroy() }
}

function isXml(form: Form): boolean {
  return form.startsWith('xml')
}

function bodyOf(form: Form, id: string, group: Group): string {
  if (form === 'xml') return groupXml(group, id)
  if (form === 'xml without MessageID')
    return groupXml(group, id).replace(/<MessageID>.*<\/CorrelationID>/, '')
  if (form === 'json with Idempotency-Key') return groupJson(group)
  const payload = { DERGroups: JSON.parse(groupJson(group)) as object }
  return JSON.stringify({ header: { MessageID: id }, payload })
}

/** One message many times at once: one effect, and the same answer byte by byte for all. */
export async function manyAtOnce(address: string, form: Form, times: number): Promise<Original> {
  const before = await lastEvent(address)
  const [id, group] = [randomUUID(), newGroup()]
  const { send, close } = socketsTo(address)
  const replies = await Promise.all(Array.from({ length: times }, () => send(form, id, group)))
  close()
  const [reply = ''] = replies
  assert.ok(isAccepted(form, reply), reply.slice(0, 500))
  assert.equal([...new Set(replies)], [reply], `${form}: one reply`)
  assert.is(await lastEvent(address), before + 1, `${form}: one effect`)
  return { form, id, group, reply }
}

function isAccepted(form: Form, reply: string): boolean {
  return isXml(form) ? reply.includes('<Result>OK<') : reply.startsWith('201 ')
}

/** The message once more gets the reply that it got; another body under its id is a conflict. Neither has an effect. */
export async function onceMore(address: string, originals: readonly Original[]): Promise<void> {
  const before = await lastEvent(address)
  const { send, close } = socketsTo(address)
  for (const { form, id, group, reply } of originals) {
    assert.is(await send(form, id, group), reply, `${form}: the stored reply`)
    if (form === 'xml without MessageID') continue
    const other = await send(form, id, newGroup())
    assert.match(other, CONFLICTS[form], `${form}: another body`)
    assert.match(other, /MSG-CONFLICT/, `${form}: another body`)
  }
  close()
  assert.is(await lastEvent(address), before, 'no effect')
}

const CONFLICTS: Readonly<Record<Exclude<Form, 'xml without MessageID'>, RegExp>> = {
  xml: /<Result>FAILED<[^]*<code>6\.1</,
  json: /^409 [^]*"6\.1"/,
  'json with Idempotency-Key': /^422 [^]*"6\.1"/,
}

/**
 * Different messages, each one to four times, in no order.
 * @returns how many requests that were
 */
export async function someTimesEach(address: string, messages: number): Promise<number> {
  const before = await lastEvent(address)
  const { send, close } = socketsTo(address)
  const all = Array.from({ length: messages }, (_, n) => {
    const form = FORMS[n % FORMS.length] as Form
    return { form, id: randomUUID(), group: newGroup(), times: 1 + (n % 4), replies: new Set() }
  })
  const requests = all
    .flatMap((it) => Array.from({ length: it.times }, () => ({ it, order: Math.random() })))
    .sort((a, b) => a.order - b.order)
    .values()
  const one = async () => {
    for (const { it } of requests) it.replies.add(await send(it.form, it.id, it.group))
  }
  await Promise.all(Array.from({ length: SOCKETS }, one))
  close()
  for (const { form, replies } of all) {
    assert.is(replies.size, 1, `${form}: one reply`)
    assert.ok(isAccepted(form, String([...replies][0])), String([...replies][0]).slice(0, 500))
  }
  assert.is(await lastEvent(address), before + messages, 'one effect each')
  return all.reduce((sum, { times }) => sum + times, 0)
}
