// What the gateway keeps in the end: all objects of a noun, page by page, counted by what they say of themselves.

import { setTimeout as pause } from 'node:timers/promises'
import type { Json, JsonObject } from '../../src/index.ts'
import { isObject } from '../message.ts'
import { jsonIn } from '../wire.ts'
import type { Way } from './system.ts'

/** Objects of a page at most, and milliseconds between two tries. */
const [LIMIT, AGAIN_MS] = [1_000, 100]

/** How many say what. @param resource its path in the façade @param said what an object says */
export async function countKept(
  { address, key }: Way,
  resource: string,
  said: (object: JsonObject) => string,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  let cursor = ''
  do {
    const page = await pageAt(`${address}/api/v1/${resource}?limit=${LIMIT}${cursor}`, key)
    for (const it of objectsIn(page)) counts.set(said(it), (counts.get(said(it)) ?? 0) + 1)
    cursor = typeof page['next'] === 'string' ? `&after=${encodeURIComponent(page['next'])}` : ''
  } while (cursor !== '')
  return counts
}

/** Asked again while nobody is there. */
async function pageAt(url: string, key: string): Promise<JsonObject> {
  const response = await fetch(url, { headers: { 'X-API-Key': key } }).catch(() => undefined)
  const text = await response?.text().catch(() => undefined)
  if (response === undefined || text === undefined || response.status === 503)
    return pause(AGAIN_MS).then(() => pageAt(url, key))
  return jsonIn(text)
}

function objectsIn(page: JsonObject): readonly JsonObject[] {
  return Object.values(page).flatMap((it: Json) => (Array.isArray(it) ? it.filter(isObject) : []))
}
