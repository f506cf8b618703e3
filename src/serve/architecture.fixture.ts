// For tests only: a gateway started from a shipped preset, with fake systems in the place of all its parties.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerResponse } from 'node:http'
import * as assert from 'uvu/assert'
import { ROOT } from '../layers/sources.fixture.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Preset } from './flows.fixture.ts'
import { answerOk, auth, openScene } from './scene.fixture.ts'
import type { Behave, Heard, Said, Scene } from './scene.fixture.ts'

/** A scene whose parties are those of a preset. */
export interface Architecture extends Scene {
  /** A message in CIM-JSON, as it comes from a party. */
  readonly tell: (
    party: string,
    verb: string,
    noun: string,
    root: JsonObject,
    how?: How,
  ) => Promise<Said>
  /** What a party has been sent of a noun, requests and events. */
  readonly sentTo: (party: string, noun: string, verb?: string) => readonly Heard[]
  readonly errors: (said: Said) => readonly Told[]
}

/** What a message has besides. */
export interface How {
  readonly messageID?: string
  readonly header?: JsonObject
  readonly payload?: Json
}

/** An Error of a reply. */
export interface Told {
  readonly code: string
  readonly rule: string
  readonly reason: string
}

/** The parties of a second provider, and one that sees everything, beside those of the third-party preset. */
export function betaAndWatch(outside: string): string {
  const party = (id: string) =>
    `  "${id}": {org: BETA, ${auth(id)}, binding: {type: cim-xml, url: "${outside}/${encodeURIComponent(id)}"}}`
  const four = ['cs', 'derms', 'dso-inv', 'cust-inv'].map((it) => party(`tp:beta:${it}`))
  return [...four, `  watch: {${auth('watch')}, operator: true}`].join('\n')
}

/** What a configuration has besides the preset. */
export interface More {
  /** parties of its own, each indented by two spaces */
  readonly parties?: (outside: string) => string
  readonly lines?: string
  /** every party speaks CIM in XML, whatever the preset says */
  readonly isXml?: boolean
  /** members of parties of the preset: `serves: [North]` */
  readonly members?: Readonly<Record<string, string>>
}

export async function openArchitecture(preset: Preset, more: More = {}): Promise<Architecture> {
  const scene = await openScene(
    (outside) =>
      `extends: ${preset}\nparties:\n${partiesOf(preset, outside, more)}\n${more.parties?.(outside) ?? ''}\n${more.lines ?? ''}`,
  )
  scene.behave(ANSWERS)
  const { ask, heard, behave, send, close, restart, data, outside } = scene
  return {
    ...{ ask, heard, behave, send, close, restart, data, outside },
    get address() {
      return scene.address
    },
    tell: (party, verb, noun, root, how = {}) => {
      const MessageID = how.messageID ?? crypto.randomUUID()
      const isEvent = verb.endsWith('d')
      const header = { Verb: verb, Noun: noun, MessageID, CorrelationID: MessageID, ...how.header }
      const message = isEvent ? 'EventMessage' : 'RequestMessage'
      const payload = how.payload ?? { [noun]: root }
      return ask(party, 'POST', '/cim', { body: { message, header, payload } })
    },
    sentTo: (party, noun, verb) =>
      heard.filter(
        (it) =>
          it.party === party &&
          nounIn(it.body) === noun &&
          (verb === undefined || verbIn(it.body) === verb),
      ),
    errors: ({ json }) => errorsIn(json),
  }
}

function errorsIn(json: Record<string, unknown>): readonly Told[] {
  const { reply } = json as { reply?: { Error?: readonly Record<string, string>[] } }
  return (reply?.Error ?? []).map((it) => ({
    code: it['code'] ?? '',
    rule: /rule=([\w-]+)/.exec(it['details'] ?? '')?.[1] ?? '',
    reason: it['reason'] ?? '',
  }))
}

const nounIn = (body: string) =>
  /<Noun>([^<]*)|"Noun":"([^"]*)/
    .exec(body)
    ?.slice(1)
    .find((it) => it)
const verbIn = (body: string) =>
  /<Verb>([^<]*)|"Verb":"([^"]*)/
    .exec(body)
    ?.slice(1)
    .find((it) => it)

/** Does whatever it is asked for, in XML and in JSON. */
export const ANSWERS: Behave = ({ body }, response) =>
  body.startsWith('{') ? answerJson(response, body) : answerOk(response, body)

function answerJson(response: ServerResponse, body: string): void {
  const { message, header } = JSON.parse(body) as {
    message: string
    header: Record<string, string>
  }
  if (message !== 'RequestMessage') return void response.writeHead(204).end()
  answerCimJson(response, header, { Result: 'OK', Error: [{ code: '0.0' }] })
}

/** A reply in CIM-JSON. */
export function answerCimJson(
  response: ServerResponse,
  { Noun, MessageID }: Readonly<Record<string, string>>,
  reply: unknown,
  payload?: unknown,
): void {
  const Timestamp = '2026-07-14T09:31:07Z'
  const header = {
    Verb: 'reply',
    Noun,
    Timestamp,
    MessageID: `${MessageID}-r`,
    CorrelationID: MessageID,
  }
  const text = JSON.stringify({
    ...{ message: 'ResponseMessage', header, reply },
    ...(payload === undefined ? {} : { payload }),
  })
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(text)
}

/** Every party of the preset: with a key of its own, and where it has an address, with that of its fake. */
function partiesOf(preset: Preset, outside: string, { members: given = {}, isXml }: More): string {
  const text = readFileSync(join(ROOT, 'deploy', 'presets', `${preset}.yaml`), 'utf8')
  const [, section = ''] = /^parties:\n([^]*?)\n\n/m.exec(text) ?? []
  const found = [...section.matchAll(/^ {2}'?([a-z][\w:-]*)'?:\n((?: {4}.*\n?)+)/gm)]
  assert.ok(found.length > 10, 'the parties of the preset are found')
  return found
    .map(([, id = '', lines = '']) => {
      const [, type] = /type: ([\w-]+)/.exec(lines) ?? []
      const isNotice = type === 'notify'
      const url = `"${outside}/${encodeURIComponent(id)}"`
      const how = isNotice || isXml === true ? `{type: cim-xml, url: ${url}}` : `{url: ${url}}`
      const own = given[id]
      const members = [
        ...(own === undefined ? [] : [own]),
        ...(lines.includes('auth:') ? [auth(id)] : []),
        ...(type === undefined ? [] : [`binding: ${how}`]),
      ]
      return `  "${id}": {${members.join(', ')}}`
    })
    .join('\n')
}
