// A comparison as it is asked for, and as it is kept until it is over: beside its report, so that an answer which comes after
// a restart finds it, and a person can have sent what is missing later on.

import { REPORTS } from '../../flows/report.ts'
import { isObject, member, writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { idKey } from '../identity.ts'
import type { Put } from '../ports.ts'
import type { StoredObject } from '../ports.ts'
import { heldOf } from '../world.ts'

/** The two sides. */
export const SIDES = ['source', 'target'] as const
export type Side = (typeof SIDES)[number]

/** What is to be compared. */
export interface Plan {
  readonly noun: string
  /** party that has told of the objects; empty = whoever has */
  readonly source: string
  /** party that is to know them */
  readonly target: string
  /** sides that are asked for what they have */
  readonly ask: readonly Side[]
  /** what a side has, as it was given or answered; absent = what is kept here, and what has been acknowledged */
  readonly lists: Readonly<Partial<Record<Side, readonly JsonObject[]>>>
  /** ISO 8601 with Z */
  readonly begunAt: string
}

/** Where plans are kept: beside reports, under their mRIDs, and no noun themselves. */
export const PLANS = `${REPORTS}.plan`

/** Sides that are still to answer. */
export function openSides({ ask, lists }: Plan): readonly Side[] {
  return ask.filter((it) => lists[it] === undefined)
}

/** How a plan is kept. @param expect revision that it is based on; 0 = the first */
export function planPut(report: string, plan: Plan, expect: number): Put {
  const body = writeJson(plan as unknown as Json)
  return { noun: PLANS, id: idKey(report), state: 'kept', names: [], body, owner: '', expect }
}

/** A plan as it was kept. */
export function planIn(stored: StoredObject): Plan {
  const { object } = heldOf(stored)
  const text = (name: string) => String(member(object, name) ?? '')
  const lists = member(object, 'lists')
  const listOf = (side: Side) => {
    const list = isObject(lists) ? member(lists, side) : undefined
    return Array.isArray(list) ? { [side]: list.filter(isObject) } : {}
  }
  const ask = member(object, 'ask')
  return {
    noun: text('noun'),
    source: text('source'),
    target: text('target'),
    begunAt: text('begunAt'),
    ask: SIDES.filter((it) => Array.isArray(ask) && ask.includes(it)),
    lists: { ...listOf('source'), ...listOf('target') },
  }
}
