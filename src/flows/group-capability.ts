// What a group can do, against what was asked of it: a third party picks the members of a group by itself, and answers with
// the capability that it has achieved (EPRI 3002014619 §3, Fig. 3-2 D).

import { isTrue, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { compareDecimals } from '../schema/decimal.ts'
import { decimalText, differenceOf } from './decimal.ts'
import type { Decimal } from '../schema/decimal.ts'
import type { Around } from './flow.ts'
import type { Beside, Short } from './short.ts'
import { openRequest } from './group-order.ts'
import { keysOf, listOf } from './reference.ts'
import { exactQuantity, inUnit } from './unit.ts'

/**
 * What a group that has been formed falls short of; undefined where it does not. What was required stands in a request
 * beside the group, in the same message, or in the one that is open about it; only that can allow a group of less.
 * @param asked objects in the message that asked for the group
 * @param told objects in the reply to it
 */
export function capabilityShort(
  group: JsonObject,
  asked: Beside,
  told: Beside,
  find: Around['find'],
): Short | undefined {
  const beside = asked('DERGroupRequests').find((it) => isAbout(it, group))
  const request = beside ?? openRequest(group, find)?.object
  const achieved = told('DERGroupStatuses')
  const own = achieved.length === 1 ? achieved[0] : achieved.find((it) => shares(it, group))
  const missing = listOf(request, 'requiredCapability').flatMap((it) => missingOf(it, own))
  if (missing.length === 0) return undefined
  const isAllowed = isTrue(member(request, 'allowPartial'))
  return { rule: 'GRP-CAP', isAllowed, reason: `The group falls short of ${missing.join('; ')}.` }
}

function isAbout(request: JsonObject, group: JsonObject): boolean {
  const named = member(request, 'EndDeviceGroup')
  return named === undefined || shares(named, group)
}

function shares(a: Json, b: Json): boolean {
  return keysOf(a).some((it) => keysOf(b).includes(it))
}

function missingOf(required: JsonObject, status: JsonObject | undefined): readonly string[] {
  const parameter = String(member(required, 'DERParameter'))
  const quantity = member(required, 'quantity')
  const unit = String(member(quantity, 'unit'))
  const due = exactQuantity(quantity)
  const got = achievedOf(required, status, unit)
  if (got !== undefined && compareDecimals(got, due) >= 0) return []
  const direction = member(required, 'flowDirection')
  const what = `${parameter}${typeof direction === 'string' ? ` ${direction}` : ''}`
  const is =
    got === undefined ? 'nothing is told of it' : `${decimalText(got)} ${unit} are achieved`
  const lack = got === undefined ? due : differenceOf(due, got)
  return [
    `${what}: ${decimalText(due)} ${unit} are required, ${is}, ${decimalText(lack)} ${unit} are missing`,
  ]
}

/** The most that the group can do: of now, else of what is installed, else what it does. */
function achievedOf(
  required: JsonObject,
  status: JsonObject | undefined,
  unit: string,
): Decimal | undefined {
  const direction = member(required, 'flowDirection')
  const found = listOf(status, 'DERMonitorableParameter').find(
    (it) =>
      member(it, 'DERParameter') === member(required, 'DERParameter') &&
      member(it, 'yUnit') === unit &&
      [undefined, direction].includes(member(it, 'flowDirection') as typeof direction),
  )
  const data = member(found, 'DERCurveData')
  const value =
    member(data, 'maxYValue') ?? member(found, 'yUnitInstalledMax') ?? member(data, 'nominalYValue')
  return value === undefined ? undefined : inUnit(value, member(found, 'yMultiplier'))
}
