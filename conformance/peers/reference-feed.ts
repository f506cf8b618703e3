// A status feed with a store behind it that keeps to the rules, in memory: objects of one noun are created, changed and deleted
// over a façade, and each change is one event for whoever listens. No time goes by in it but turns of the machine.

import { readJson, writeJson } from '../../src/index.ts'
import type { Json, JsonObject } from '../../src/index.ts'
import { isObject } from '../mapping/thing.ts'
import type { Ask, Said } from '../transport/bridge.ts'
import type { Feed, Listener } from '../transport/feed.ts'

/** What can be wrong with it. */
export interface FeedQuirk {
  /** publishes, and commits a while after */
  readonly isEarly?: boolean
  /** events that are sent to who comes back, of those that are due */
  readonly backlog?: (due: readonly JsonObject[], since: number) => readonly JsonObject[]
  /** events of a change, in the place of the one that is due */
  readonly events?: (it: JsonObject) => readonly JsonObject[]
  /** an event for what is refused */
  readonly tellsRefused?: boolean
  /** the first frame */
  readonly hello?: (it: JsonObject) => JsonObject | undefined
  /** everybody may listen to everything */
  readonly isOpen?: boolean
}

interface State {
  readonly objects: Map<string, JsonObject>
  readonly events: JsonObject[]
  readonly listeners: Set<(it: JsonObject) => void>
}

/** @param noun the only one that it has */
export function referenceFeed(
  noun: string,
  quirk: FeedQuirk = {},
): { readonly ask: (it: Ask) => Promise<Said>; readonly feed: Feed } {
  const state: State = { objects: new Map(), events: [], listeners: new Set() }
  return {
    ask: (it) => answered(it, noun, state, quirk),
    feed: ({ topics, since, headers }) => {
      if (quirk.isOpen !== true && headers !== undefined && Object.keys(headers).length === 0)
        return Promise.resolve({ kind: 'refused', status: 401 })
      if (quirk.isOpen !== true && !topics.startsWith(`${noun}/`))
        return Promise.resolve({ kind: 'refused', status: 400 })
      return Promise.resolve({ kind: 'open', listener: listenerOf(topics, since, state, quirk) })
    },
  }
}

function listenerOf(
  topics: string,
  since: number | undefined,
  { events, listeners }: State,
  quirk: FeedQuirk,
): Listener {
  const heard: string[] = []
  const isMine = (it: JsonObject) =>
    topics.endsWith('/*') || topics.endsWith(`/${String(it['subject'])}`)
  let prev = since ?? events.filter(isMine).length
  const push = (it: JsonObject) => {
    if (!isMine(it)) return
    heard.push(writeJson({ ...it, prev: it['prev'] ?? prev }))
    prev = Number(it['seq'])
  }
  const hello: JsonObject = { type: 'hello', seq: events.length, oldest: 1 }
  const first = quirk.hello === undefined ? hello : quirk.hello(hello)
  if (first !== undefined) heard.push(writeJson(first))
  const due = since === undefined ? [] : events.filter((it) => Number(it['seq']) > since)
  const isBack = quirk.backlog !== undefined && since !== undefined
  const sent = isBack ? (quirk.backlog?.(events, since) ?? []) : due
  for (const it of sent) push(it)
  listeners.add(push)
  return {
    next: async () => {
      for (let turn = 0; turn < TURNS && heard.length === 0; turn += 1) await rest()
      return heard.shift()
    },
    close: () => {
      listeners.delete(push)
      return Promise.resolve()
    },
  }
}

/** of the machine, as long as something may come */
const TURNS = 12

function rest(): Promise<void> {
  return new Promise((done) => setImmediate(done))
}

async function answered(
  { method, path, bytes }: Ask,
  noun: string,
  state: State,
  quirk: FeedQuirk,
): Promise<Said> {
  const id = decodeURIComponent(/^\/api\/v1\/[^/]+\/(.+)$/.exec(path)?.[1] ?? '')
  const read = readJson(new TextDecoder().decode(bytes))
  const content = 'value' in read && isObject(read.value) ? read.value : {}
  const mRID = method === 'POST' ? mRIDOf(content) : id
  const before = state.objects.get(mRID)
  if (method === 'GET') return before === undefined ? said(404, {}) : said(200, before)
  if ((method === 'POST') !== (before === undefined)) {
    if (quirk.tellsRefused === true) tell('created', 'kept')
    return said(409, { code: '6.1' })
  }
  const verb = { POST: 'created', PATCH: 'changed', DELETE: 'deleted' }[method] ?? method
  const commit = () => {
    if (method === 'DELETE') state.objects.delete(mRID)
    else state.objects.set(mRID, content)
  }
  if (quirk.isEarly !== true) commit()
  tell(verb, method === 'DELETE' ? 'none' : 'kept')
  if (quirk.isEarly === true) {
    for (let turn = 0; turn < TURNS; turn += 1) await rest()
    commit()
  }
  return said(method === 'POST' ? 201 : 200, content)

  function tell(what: string, to: string): void {
    const about = { type: 'status', revision: 1, at: '2026-07-14T09:00:00Z', exchangeId: 'x' }
    const it = { ...about, noun, verb: what, subject: mRID, state: to, result: 'OK', code: '0.0' }
    for (const event of quirk.events?.(it) ?? [it]) {
      const numbered = { seq: state.events.length + 1, ...event }
      state.events.push(numbered)
      for (const push of state.listeners) push(numbered)
    }
  }
}

function mRIDOf(content: JsonObject): string {
  const [value] = Object.values(content)
  const [first] = Array.isArray(value) ? (value as readonly Json[]) : [value]
  return isObject(first) ? String(first['mRID']) : ''
}

function said(status: number, body: JsonObject): Said {
  const bytes = new TextEncoder().encode(writeJson(body))
  return { kind: 'answered', status, contentType: 'application/json', headers: {}, bytes }
}
