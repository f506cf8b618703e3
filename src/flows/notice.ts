// Notices to customers: who is told, how they are reached, and what has happened to what. There is one for each matter and
// trigger.

import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Reference } from './flow.ts'
import type { Finished, Following, Making } from './next.ts'
import { listOf } from './reference.ts'

/** What a customer is told. */
export interface Telling {
  /** value of CustomerNotificationTrigger */
  readonly trigger: string
  readonly about: JsonObject
  readonly objectType: string
  /** a sentence; names no group of DER */
  readonly text: string
}

/** Where the ways to reach a customer stand. */
export function customerAt(customer: Json | undefined): Reference {
  return { noun: 'CustomerConfig', object: customer }
}

/** Who sends notices, and as what. */
export const NOTICE = {
  from: 'dso-cs',
  verb: 'created',
  noun: 'CustomerNotifications',
  finished: withContact,
} as const satisfies Partial<Following>

/** The notice for a customer, but for how that is reached. */
export function noticeTo(
  customer: JsonObject,
  { trigger, about, objectType, text }: Telling,
  { now }: Pick<Making, 'now'>,
): JsonObject {
  return {
    createdDateTime: now,
    text,
    trigger,
    about: { ...named(about), objectType },
    Customer: { ...named(customer), ...part(customer, 'CustomerAccount') },
  }
}

/** By mail, else by telephone, as the customer is known; else as the configuration says, under the account. */
function withContact(notice: JsonObject, _about: JsonObject, making: Making): Finished {
  const customer = member(notice, 'Customer')
  const organisation = member(making.find(customerAt(customer))?.object, 'Organisation')
  const mail = member(member(organisation, 'electronicAddress'), 'email1')
  const phone = numberOf(member(organisation, 'phone1'))
  const { contactType: other } = making.given
  const [contactType, contactValue] =
    typeof mail === 'string'
      ? ['email', mail]
      : phone !== ''
        ? ['phone', phone]
        : [other, accountOf(customer)]
  if (contactType !== undefined) return [{ contactType, contactValue, ...notice }]
  const name = labelOf(customer)
  return {
    missing: `Neither a mail address nor a telephone number is known of the customer ${name}: send CustomerConfig with Organisation.electronicAddress.email1 or Organisation.phone1, or set contactType of the flow in the configuration.`,
  }
}

function numberOf(phone: Json | undefined): string {
  return ['countryCode', 'areaCode', 'cityCode', 'localNumber']
    .map((it) => member(phone, it))
    .filter((it) => typeof it === 'string')
    .join(' ')
}

function accountOf(customer: Json | undefined): string {
  return labelOf(member(customer, 'CustomerAccount')) || labelOf(customer)
}

/** By what people know an object: its first name, else its mRID. */
export function labelOf(it: Json | undefined): string {
  const [first] = listOf(it, 'Names')
  return String(member(first, 'name') ?? member(it, 'mRID') ?? '')
}

/** The object by its mRID where it has one, else by its names. */
export function named(it: Json | undefined): JsonObject {
  const mRID = part(it, 'mRID')
  return 'mRID' in mRID ? mRID : part(it, 'Names')
}

function part(it: Json | undefined, name: string): JsonObject {
  const value = isObject(it) ? it[name] : undefined
  return value === undefined ? {} : { [name]: value }
}
