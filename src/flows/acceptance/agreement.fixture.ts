// For tests only: customer agreements, and the steps to one that is in force.

import * as assert from 'uvu/assert'
import type { JsonObject } from '../../schema/json-text.ts'
import { fresh } from './connection.fixture.ts'
import type { Identified } from './connection.fixture.ts'
import type { Ways, Wish } from './ways.fixture.ts'

export const NOUN = 'CustomerAgreements'

/** What can be done with the agreements of one gateway. */
export interface Agreements {
  readonly agreement: typeof agreement
  readonly create: (object: JsonObject) => Promise<JsonObject>
  readonly change: (mRID: string, more: JsonObject) => Wish
  /** by the façade; fails the test unless it is taken */
  readonly step: (mRID: string, name: string, body?: JsonObject) => Promise<void>
  /** one that is offered and signed */
  readonly active: (more?: JsonObject) => Promise<Identified>
  readonly stateOf: (mRID: string) => Promise<string>
}

/** One that nobody has sent yet, about a usage point of its own. */
export function agreement(more: JsonObject = {}): Identified {
  return {
    mRID: fresh(),
    revisionNumber: '1',
    Customer: { Names: [{ name: 'C-1002003' }] },
    PricingStructures: [{ mRID: fresh() }],
    ServiceCategory: { kind: 'electricity' },
    UsagePoints: [{ mRID: fresh() }],
    validityInterval: { start: '2026-08-01T00:00:00Z' },
    ...more,
  }
}

/** @param ways of the gateway that keeps them */
export function agreementsOn(ways: Ways): Agreements {
  const create = (object: JsonObject) => ways.ok({ verb: 'create', noun: NOUN, object })

  const change = (mRID: string, more: JsonObject): Wish => ({
    verb: 'change',
    noun: NOUN,
    object: { mRID, ...more },
  })

  async function step(mRID: string, name: string, body?: JsonObject): Promise<void> {
    const { status, json } = await ways.json('POST', `customer-agreements/${mRID}:${name}`, body)
    assert.is(status, 200, `${name}: ${JSON.stringify(json)}`)
  }

  async function active(more: JsonObject = {}): Promise<Identified> {
    const object = agreement(more)
    await create(object)
    await step(object.mRID, 'offer')
    await step(object.mRID, 'sign')
    return object
  }

  const stateOf = async (mRID: string) => (await ways.stored(NOUN, mRID)).state

  return { agreement, create, change, step, active, stateOf }
}
