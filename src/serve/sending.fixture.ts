// Clients whose messages go to a party: some wait for its reply, some are acknowledged at once and send on. What the party
// has heard, and what must be true of it after the gateway in between has died.

import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import { listening } from '../shell/http/raw.fixture.ts'
import { waitFor } from '../shell/wait.fixture.ts'
import { groupXml, newGroup, request } from './messages.fixture.ts'
import type { Group } from './messages.fixture.ts'

/** A message that the party has heard, each time it came. */
interface Heard {
  readonly messageID: string
  readonly mRID: string
  /** 1 for its creation */
  readonly revision: number
}

/** A party that carries out what it is told. */
export interface Carrier {
  readonly heard: readonly Heard[]
  /** Takes what it is told and says nothing, until it is to answer again: then whoever waits still is cut off. */
  readonly hold: (isHeld: boolean) => void
  /** configuration of a gateway that leads to it, in this folder */
  readonly config: (folder: string) => string
  readonly close: () => Promise<void>
}

const KEYS = { waits: 'key-of-waits', sends: 'key-of-sends' } as const
type Party = keyof typeof KEYS

/** names of the environment that the keys stand under: none may stand in a configuration */
const VARIABLES = { waits: 'TEST_KEY_WAITS', sends: 'TEST_KEY_SENDS' } as const

/** Starts one on any free port. */
export async function openCarrier(): Promise<Carrier> {
  for (const it of ['waits', 'sends'] as const) process.env[VARIABLES[it]] = KEYS[it]
  const heard: Heard[] = []
  let isSilent = false
  const held = new Set<ServerResponse>()
  const server: Server = createServer((asked, response) => {
    void asked.toArray().then((chunks) => {
      const it = heardIn(Buffer.concat(chunks as Buffer[]).toString())
      heard.push(it)
      if (isSilent) return void held.add(response)
      response.writeHead(200, { 'Content-Type': 'application/xml' }).end(okTo(it.messageID))
    })
  })
  const url = `http://127.0.0.1:${await listening(server)}/cim`
  return {
    heard,
    hold: (isHeld) => {
      isSilent = isHeld
      for (const it of held) it.destroy()
      held.clear()
    },
    config: (folder) => {
      const file = join(folder, 'sending.yaml')
      writeFileSync(file, configuration(url))
      return file
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function configuration(url: string): string {
  const party = (it: Party) =>
    `  ${it}: {auth: [{apiKey: "\${${VARIABLES[it]}}"}], operator: true}\n`
  const route = (from: Party, reply: string) =>
    `  - {when: {noun: DERGroups, verb: [create, change], from: ${from}}, to: dms, reply: ${reply}, order: "key:EndDeviceGroup.mRID"}\n`
  return (
    `parties:\n${party('waits')}${party('sends')}  dms: {binding: {type: cim-xml, url: "${url}"}}\n` +
    `routes:\n${route('waits', 'sync')}${route('sends', 'async')}  - {to: local}\n`
  )
}

function heardIn(xml: string): Heard {
  const [, messageID = ''] = /<MessageID>([^<]*)/.exec(xml) ?? []
  const [, mRID = ''] = /<EndDeviceGroup><mRID>([^<]*)/.exec(xml) ?? []
  const [, revision = '1'] = /<description>(\d+)</.exec(xml) ?? []
  return { messageID, mRID, revision: Number(revision) }
}

function okTo(messageID: string): string {
  return (
    `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>reply</Verb><Noun>DERGroups</Noun>` +
    `<Timestamp>2026-07-14T09:31:07Z</Timestamp><Source>dms</Source><MessageID>${randomUUID()}</MessageID>` +
    `<CorrelationID>${messageID}</CorrelationID></Header><Reply><Result>OK</Result></Reply></ResponseMessage>`
  )
}

/** One message, and its answer; none = nothing is known of it. */
export interface Sent {
  readonly revision: number
  readonly id: string
  reply?: string
}

/** A client that makes one group and changes it again and again. */
export interface Sender {
  readonly party: Party
  readonly group: Group
  readonly sent: Sent[]
}

/** Half of them wait for the party; or none does. */
export function newSenders(count = 8, isPatient = true): readonly Sender[] {
  return Array.from({ length: count }, (_, n) => ({
    party: n % 2 === 0 && isPatient ? 'waits' : 'sends',
    group: newGroup(),
    sent: [],
  }))
}

/** Each sends so many messages that are acknowledged at once; all of them have to be. */
export async function queueUp(
  address: string,
  senders: readonly Sender[],
  messages: number,
): Promise<void> {
  const one = async (sender: Sender) => {
    while (sender.sent.length < messages) {
      const it: Sent = { revision: sender.sent.length + 1, id: randomUUID() }
      sender.sent.push({ ...it, reply: await send(address, sender, it) })
    }
  }
  await Promise.all(senders.map(one))
}

/** Sends until there is no answer any more. */
export async function sendOn(address: string, senders: readonly Sender[]): Promise<void> {
  const one = async (sender: Sender) => {
    for (;;) {
      const it: Sent = { revision: sender.sent.length + 1, id: randomUUID() }
      sender.sent.push(it)
      const reply = await send(address, sender, it).catch(() => undefined)
      if (reply === undefined) return
      it.reply = reply
    }
  }
  await Promise.all(senders.map(one))
}

/** Asks again while it is under way; fails unless it is accepted. */
async function send(address: string, sender: Sender, it: Sent): Promise<string> {
  let text = ''
  await waitFor(async () => {
    text = await answerTo(address, sender, it)
    return !text.includes('MSG-IN-FLIGHT')
  }, 'what becomes of a message under way')
  assert.match(text, '<Result>OK<', `${sender.party} ${it.revision}: ${text.slice(0, 900)}`)
  return text
}

/** One try, whatever is answered. */
export async function answerTo(
  address: string,
  { party, group }: Sender,
  it: Sent,
): Promise<string> {
  const change = `<mRID>${group.mRID}</mRID><description>${it.revision}</description>`
  const text =
    it.revision === 1
      ? groupXml(group, it.id)
      : request('change', it.id, `<EndDeviceGroup>${change}</EndDeviceGroup>`)
  const body = text.replace('<Source>dso-dms<', `<Source>${party}<`)
  const headers = { 'Content-Type': 'application/xml', 'X-API-Key': KEYS[party] }
  const answer = await fetch(`${address}/cim`, { method: 'POST', headers, body })
  return answer.text()
}

/** With an answer and in all. */
export function countsOf(senders: readonly Sender[]) {
  const all = senders.flatMap(({ sent }) => sent)
  return { acked: all.filter((it) => it.reply !== undefined).length, tried: all.length }
}

/**
 * Judges a gateway that was started again. What is sent again blindly is answered as before; the party has heard every
 * message, each under one MessageID and in the order of its group; our own record says the same.
 */
export async function judgeSent(
  address: string,
  senders: readonly Sender[],
  { heard }: Carrier,
  how: string,
): Promise<void> {
  await Promise.all(senders.map((it) => repeat(address, it, how)))
  await waitFor(() => nothingWaits(address), `an empty outbox, ${how}`)
  for (const { group, sent } of senders) {
    const own = heard.filter((it) => it.mRID === group.mRID)
    const first = own.filter((it, n) => own.findIndex((one) => one.revision === it.revision) === n)
    const due = sent.map((it) => it.revision)
    assert.equal(
      first.map((it) => it.revision),
      due,
      `what the party has heard of one group, ${how}`,
    )
    const ids = new Set(own.map((it) => it.messageID))
    assert.is(ids.size, due.length, `one MessageID each, ${how}`)
    assert.is(await revisionOf(address, group), due.length, `our own record, ${how}`)
    const legs = await legsOf(address, `direction=out&party=dms&key=${group.mRID}&limit=1000`)
    assert.equal(
      legs.map((it) => it.state),
      due.map(() => 'ACKED'),
      `what was sent, ${how}`,
    )
  }
}

async function repeat(address: string, sender: Sender, how: string): Promise<void> {
  for (const it of sender.sent) {
    const reply = await send(address, sender, it)
    if (it.reply !== undefined)
      assert.is(reply, it.reply, `another reply to ${it.revision}, ${how}`)
    it.reply = reply
  }
}

const OPERATOR = { headers: { 'X-API-Key': KEYS.waits } }

async function nothingWaits(address: string): Promise<boolean> {
  for (const state of ['QUEUED', 'SENDING', 'FAILED'])
    if ((await legsOf(address, `direction=out&state=${state}&limit=1`)).length > 0) return false
  return true
}

async function legsOf(address: string, query: string): Promise<readonly { state: string }[]> {
  const answer = await fetch(`${address}/api/v1/messages?${query}`, OPERATOR)
  const text = await answer.text()
  assert.is(answer.status, 200, text)
  return (JSON.parse(text) as { messages: readonly { state: string }[] }).messages
}

async function revisionOf(address: string, { mRID }: Group): Promise<number> {
  const answer = await fetch(`${address}/api/v1/der-groups/${mRID}`, OPERATOR)
  await answer.text()
  return Number((answer.headers.get('etag') ?? '').replaceAll('"', ''))
}
