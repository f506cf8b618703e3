// For tests only: a program with its rules, and an aggregator.

import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'

export const MAX_A_DAY = { kind: 'maxEventsPerDay', ruleCode: 'MAX-DAY', count: 1 }
export const REST = {
  ...{ kind: 'minRest', ruleCode: 'REST' },
  value: { multiplier: 'none', unit: 'min', value: 90 },
}
export const WEEKDAYS = daysRule(['monday', 'tuesday'], 'WEEKDAYS')

export function daysRule(dayOfWeek: readonly Json[], ruleCode = 'DAYS') {
  return { kind: 'allowedDays', ruleCode, window: [{ dayOfWeek }] }
}

/** A program with an mRID and a code of its own. */
export function program(more: JsonObject = {}): Identified {
  const mRID = fresh()
  return { mRID, code: `P-${mRID.slice(-4)}`, rules: [MAX_A_DAY, REST], ...more }
}

/** An aggregator with a head-end system of its own. */
export function aggregator(more: JsonObject = {}): Identified {
  const mRID = fresh()
  return { mRID, headEndSystem: `HES-${mRID.slice(-4)}`, ...more }
}
