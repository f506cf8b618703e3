// What has to be sent as an enrollment goes on: the work that installs its devices, the checks of these, the subscription that
// follows it (EN-02, DC-01, EN-03).

import type { JsonObject } from '../schema/json-text.ts'
import { member } from '../schema/json-text.ts'
import { devicesOf, isInstalledByUtility } from './enrollment-content.ts'
import type { Placed } from './flow.ts'
import { INSTALLATION } from './installation.ts'
import type { Following, Making } from './next.ts'
import { named } from './notice.ts'

/** In the order in which they are sent. */
export const ENROLLMENT_NEXT: readonly Following[] = [
  {
    when: 'it has come',
    source: 'EN-01',
    ...{ from: 'cpm', verb: 'change', noun: 'ProgramEnrollments', dueIn: ['PENDING'] },
    objects: at('PENDING', (it) => [{ ...named(it), status: { value: 'validating' } }]),
  },
  INSTALLATION,
  {
    when: 'it is validated, and its devices are there',
    source: 'EN-01',
    ...{ from: 'cpm', verb: 'change', noun: 'ProgramEnrollments', dueIn: ['validating'] },
    objects: at('validating', (it) =>
      isInstalledByUtility(it) ? [] : [{ ...named(it), status: { value: 'deviceCheck' } }],
    ),
  },
  {
    when: 'its devices are to be checked',
    source: 'DC-01',
    ...{ from: 'cpm', verb: 'get', noun: 'EndDeviceStatuses', dueIn: ['deviceCheck'] },
    objects: at('deviceCheck', (it) =>
      devicesOf(it).map((EndDevice) => ({ EndDevice: known(EndDevice) })),
    ),
  },
  {
    when: 'it is completed',
    source: 'EN-03',
    ...{ from: 'cpm', verb: 'create', noun: 'ProgramSubscriptions', dueIn: ['COMPLETED'] },
    objects: at('COMPLETED', (it, making) =>
      member(it, 'UsagePoint') === undefined ? [] : [subscription(it, making)],
    ),
  },
]

/** When an enrollment comes into a state from another. */
function at(
  state: string,
  make: (enrollment: JsonObject, making: Making) => readonly JsonObject[],
): Following['objects'] {
  return (before: Placed | undefined, after, making) =>
    after.state === state && before?.state !== state ? make(after.object, making) : []
}

/** What a check says of a device; its place in the list of its sender is none of it. */
function known({ sequence: _sequence, ...device }: JsonObject): JsonObject {
  return device
}

/** Not active yet: that is for whoever keeps the programmes to say. */
function subscription(enrollment: JsonObject, { newId }: Making): JsonObject {
  const part = (name: string) => {
    const value = member(enrollment, name)
    return value === undefined ? {} : { [name]: value }
  }
  const customer = member(enrollment, 'Customer')
  return {
    mRID: newId(),
    Customer: { ...named(customer), ...accountOf(customer as JsonObject) },
    ...part('CustomerAgreement'),
    ...part('DemandResponseProgram'),
    EndDevices: devicesOf(enrollment).map(known),
    ProgramEnrollment: named(enrollment),
    ...part('ServiceLocation'),
    status: { value: 'INACTIVE' },
    ...part('UsagePoint'),
    ...part('validityInterval'),
  }
}

function accountOf(customer: JsonObject): JsonObject {
  const account = member(customer, 'CustomerAccount')
  return account === undefined ? {} : { CustomerAccount: account }
}
