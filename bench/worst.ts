// The worst that may come in: the slowest refusal of a hostile document, and what deciding, merging and removing
// take for ten times the members, which has to be about ten times as long: goals 14 and 15.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { contentsOf } from '../src/gateway/content.ts'
import { decide } from '../src/gateway/deciding/decide.ts'
import { flowIn } from '../src/gateway/flow-in.ts'
import { merged } from '../src/gateway/merge.ts'
import { without } from '../src/gateway/deciding/removal.ts'
import type { Task } from '../src/gateway/tasks.ts'
import { catalogueOf } from '../src/schema/catalogue.ts'
import type { JsonObject } from '../src/schema/json-text.ts'
import { schemasOf } from '../src/schema/schemas.ts'
import type { SchemaSet } from '../src/schema/schemas.ts'
import { loadEngine, openXmlIn, parseXml } from '../src/shell/xml-in/index.ts'
import { readSchemas } from '../src/shell/xml-in/xsd-read.ts'
import { inTurns, interleaved } from './measure.ts'
import { rounded, time } from './row.ts'
import type { Row } from './row.ts'
import { ROOT } from './schema.ts'

const MEMBERS = 10_000
/** The share of the members that the time for all of them is compared with. */
const FEWER = MEMBERS / 10
/** Time of each subject in each round. */
const BUDGET_MS = 100

/** Both, by the schemas that are shipped. */
export async function worst(): Promise<readonly Row[]> {
  const folders = [{ path: join(ROOT, 'xsd'), shipped: true }]
  await loadEngine()
  const { files } = await readSchemas(folders, parseXml)
  const schemas = schemasOf(catalogueOf(files))
  const xmlIn = openXmlIn(schemas, folders)
  try {
    return [await slowest((bytes) => xmlIn.judge(bytes)), ...growth(schemas)]
  } finally {
    await xmlIn.close()
  }
}

async function slowest(judge: (bytes: Uint8Array) => Promise<unknown>): Promise<Row> {
  const subjects = Object.entries({ ...samples(), ...generated() }).map(([name, bytes]) => ({
    name,
    run: () => judge(bytes),
  }))
  // The first long document starts the thread that judges, which is no part of a refusal.
  for (const { run } of subjects) await run()
  const took = [...(await inTurns(subjects))].sort(([, a], [, b]) => b - a)
  const [name, us] = took[0] ?? ['', NaN]
  return {
    what: 'slowest refusal',
    size: `${took.length} documents`,
    figure: time(us),
    value: us / 1e6,
    goal: 14,
    note: name,
  }
}

function samples(): Readonly<Record<string, Uint8Array>> {
  const folder = join(ROOT, 'samples/hostile')
  const names = readdirSync(folder).filter((it) => it.endsWith('.xml'))
  return Object.fromEntries(names.map((it) => [it, readFileSync(join(folder, it))]))
}

const repeated = (count: number, text: (at: number) => string) => listOf(count, text).join('')
const listOf = <T>(count: number, item: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => item(at))

function generated(): Readonly<Record<string, Uint8Array>> {
  const texts = {
    '200,000 levels': `${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`,
    '100,000 attributes': `<a ${repeated(100_000, (at) => `a${at}="" `)}/>`,
    '100,000 namespaces': `<a ${repeated(100_000, (at) => `xmlns:a${at}="u:u" `)}/>`,
    '1,000,001 elements': `<a>${'<b/>'.repeat(1_000_000)}</a>`,
    'a million unknown entities': `<a>${'&x;'.repeat(1_000_000)}</a>`,
    'tags that never end': '<a '.repeat(100_000),
    'a name of 15 MB': `<${'a'.repeat(15e6)}/>`,
    'entities in entities': `<!DOCTYPE a [<!ENTITY a "x">${'<!ENTITY b "&a;&a;&a;">'.repeat(1_000)}]><a>&b;</a>`,
  }
  return Object.fromEntries(Object.entries(texts).map(([name, it]) => [name, Buffer.from(it)]))
}

function growth(schemas: SchemaSet): readonly Row[] {
  const flow = flowIn(schemas)
  const contentOf = contentsOf(schemas)
  const works: Readonly<Record<string, (count: number) => () => unknown>> = {
    decide: (count) => {
      const tasks = listOf(count, taskOf)
      return () =>
        decide({ tasks, integrity: false, sequence: false }, [], { ...CONTEXT, flow, contentOf })
    },
    merge: (count) => {
      const [had, more] = [group(count, 0), group(count, count / 2)]
      return () => merged(had, more)
    },
    remove: (count) => {
      const all = group(count, 0)
      return () => without(all, all)
    },
  }
  return Object.entries(works).map(([name, work]) => grown(name, work))
}

function grown(name: string, work: (count: number) => () => unknown): Row {
  const subjects = [FEWER, MEMBERS].map((count) => ({ name: `${count}`, run: work(count) }))
  const took = interleaved(subjects, BUDGET_MS)
  const us = (count: number) => took.get(`${count}`) ?? NaN
  return {
    what: `${name} ${name === 'decide' ? 'objects' : 'members'}`,
    size: `${MEMBERS}`,
    figure: time(us(MEMBERS)),
    value: us(MEMBERS) / us(FEWER),
    goal: 15,
    note: `${rounded(us(MEMBERS) / MEMBERS)} µs each`,
  }
}

function group(count: number, from: number): JsonObject {
  const EndDevices = listOf(count, (at) => ({
    mRID: `device-${from + at}`,
    Names: [{ name: `n${from + at}` }],
  }))
  return { mRID: 'g', EndDevices }
}

function taskOf(at: number): Task {
  const object = { mRID: `g${at}`, Names: [{ name: `n${at}` }] }
  return { kind: 'create', noun: 'DERGroups', object, reported: false, verb: 'create' }
}

let ids = 0
const CONTEXT = {
  isKept: () => true,
  serving: () => undefined,
  organisations: { isOwned: () => true },
  complete: (_noun: string, object: JsonObject) => ({ object }),
  newId: () => `id-${(ids += 1)}`,
  messageID: 'message',
  now: '2026-07-14T16:30:00Z',
  owner: 'north',
  isShown: () => true,
  exchangeId: 'exchange',
}
