// The systems of a season and what each has counted: customer information, programmes, DERMS, and what carries events out.

import type { Json, JsonObject } from '../../src/index.ts'
import type { Heard } from '../message.ts'
import { systemAt } from './system.ts'
import type { Refused, System, Way } from './system.ts'

/** Objects by their mRID, with what was said of them last. */
export type Known = ReadonlyMap<string, string>

/** What a system has been told: each object once, however often it came. */
export interface Told {
  /** by verb and noun, `created CustomerConfig` */
  readonly about: (what: string) => Known
}

/** All who take part. */
export type Cast = Readonly<Record<Name, System & Told>>

/** By the names of their parties. */
const NAMES = ['cis', 'cpm', 'dso-derms', 'lec'] as const
export type Name = (typeof NAMES)[number]

/** @param way by system @param refuses what the programme system says no to, by mRID */
export async function castOf(
  way: (id: string) => Way,
  refuses: (mRID: string) => boolean,
): Promise<Cast> {
  const all = NAMES.map(async (id) => {
    const told = new Map<string, Map<string, string>>()
    const hears = (heard: Heard) => noted(told, heard, id === 'cpm' ? refuses : () => false)
    const system = await systemAt(id, () => way(id), hears)
    return [id, { ...system, about: (what: string): Known => told.get(what) ?? NONE }] as const
  })
  return Object.fromEntries(await Promise.all(all)) as unknown as Cast
}

const NONE: Known = new Map()

function noted(
  told: Map<string, Map<string, string>>,
  { verb, noun, objects }: Heard,
  refuses: (mRID: string) => boolean,
): readonly Refused[] {
  const refused: Refused[] = []
  const what = `${verb} ${noun}`
  const known = told.get(what) ?? new Map<string, string>()
  told.set(what, known)
  for (const it of objects) {
    const mRID = String(it['mRID'] ?? JSON.stringify(it['EndDevice']))
    if (what === 'create ProgramEnrollments' && refuses(mRID))
      refused.push({ mRID, reason: 'The customer is not eligible.' })
    else known.set(mRID, stateIn(it))
  }
  return refused
}

/** What an object says of itself: the states of it and of its parts. */
function stateIn(object: JsonObject): string {
  const amount = object['amount']
  if (typeof amount === 'number') return `${amount}`
  const all = [object['state'], object['syncState'], object['outcome'], valueIn(object)]
  const stages = Array.isArray(object['stages']) ? object['stages'].map(valueIn) : []
  return [...all, ...stages].filter((it) => typeof it === 'string').join(' ')
}

function valueIn(it: Json): Json | undefined {
  const { status } = it as { readonly status?: { readonly value?: Json } }
  return status?.value
}
