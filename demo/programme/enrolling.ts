// Who takes part in a season: customers, the programme, applications, subscriptions and the word of the DERMS about them.

import type { JsonObject } from '../../src/index.ts'
import { HEAD_END, PROGRAM, batches, endDevice } from './devices.ts'
import type { Device } from './devices.ts'
import { SIZE, count, sent, total } from './step.ts'
import type { SeasonParts, SeasonStep } from './step.ts'

/** Who takes part. */
export function enrolling({ cast, devices }: SeasonParts): readonly SeasonStep[] {
  const { cis, cpm, 'dso-derms': derms } = cast
  const eligible = devices.filter((it) => it.isEligible)
  const customers = [...new Set(devices.map((it) => it.customer))]
  const results = new Map<string, number>()
  return [
    {
      title: 'customers are told to both sides',
      answers: batches(customers, SIZE).length,
      run: (tell) =>
        sent(cis, 'created CustomerConfig', batches(customers.map(customer), SIZE), { tell }),
      totals: () => [
        total('customers known to the CPM', customers.length, cpm, 'created CustomerConfig'),
        total('customers known to the DERMS', customers.length, derms, 'created CustomerConfig'),
      ],
    },
    {
      title: 'the programme and the aggregator',
      answers: 2,
      run: async (tell) => {
        await sent(cpm, 'create Programs', [[program()]], { tell })
        await sent(cpm, 'create Aggregators', [[aggregator()]], { tell })
      },
      totals: () => [total('programmes known to the DERMS', 1, derms, 'create Programs')],
    },
    {
      title: 'enrollments, in collections',
      answers: batches(devices, SIZE).length,
      run: (tell) =>
        sent(derms, 'create ProgramEnrollments', batches(devices.map(enrollment), SIZE), {
          tell,
          later: true,
          noted: ({ errors }) => count(results, errors),
        }),
      totals: () => [
        total('enrollments taken by the CPM', eligible.length, cpm, 'create ProgramEnrollments'),
        {
          what: 'enrollments refused, each by its own result',
          due: devices.length - eligible.length,
          found: results.get('6.1') ?? 0,
        },
      ],
    },
    {
      title: 'enrollments are completed',
      answers: 3 * batches(eligible, SIZE).length,
      run: async (tell) => {
        for (const value of ['validating', 'deviceCheck', 'COMPLETED']) {
          const all = eligible.map((it) => ({ mRID: it.enrollment, status: { value } }))
          await sent(cpm, 'changed ProgramEnrollments', batches(all, SIZE), { tell })
        }
      },
      totals: () => [
        total('enrollments completed', eligible.length, derms, 'changed ProgramEnrollments'),
      ],
    },
    {
      title: 'subscriptions, one by one',
      answers: eligible.length,
      run: (tell) =>
        sent(cpm, 'create ProgramSubscriptions', batches(eligible.map(subscription), 1), { tell }),
      totals: () => [
        total(
          'subscriptions known to the DERMS',
          eligible.length,
          derms,
          'create ProgramSubscriptions',
        ),
      ],
    },
    {
      title: 'subscriptions are acknowledged, device by device',
      answers: batches(eligible, SIZE).length,
      run: (tell) =>
        sent(derms, 'changed ProgramSubscriptions', batches(eligible.map(acknowledgement), SIZE), {
          tell,
        }),
      totals: () => [
        total(
          'acknowledgements known to the CPM',
          eligible.length,
          cpm,
          'changed ProgramSubscriptions',
        ),
      ],
    },
  ]
}

function customer(mRID: string): JsonObject {
  return { mRID, Names: [{ name: `C-${mRID.slice(-8)}` }], kind: 'residential' }
}

function program(): JsonObject {
  return {
    mRID: PROGRAM.mRID,
    code: PROGRAM.code,
    Names: [{ name: PROGRAM.code, NameType: { name: 'programCode' } }],
    ...{ allowCustomerUnavailability: true, allowOptOut: true, optOutCutoff: 'PT0S' },
    ...{ quantityKind: 'kWhAvoided', settlementKind: 'event', type: 'DLC' },
    status: { value: 'active' },
    validityInterval: { start: '2026-01-01T00:00:00Z' },
  }
}

function aggregator(): JsonObject {
  return {
    mRID: PROGRAM.mRID,
    headEndSystem: HEAD_END,
    Names: [{ name: 'North Aggregation', NameType: { name: 'name' } }],
    status: { value: 'active' },
    validityInterval: { start: '2026-01-01T00:00:00Z' },
  }
}

function enrollment(it: Device): JsonObject {
  return {
    mRID: it.enrollment,
    transactionId: `T-${it.n}`,
    ...{ assetOwnership: 'customerOwned', enrollmentSource: 'bringYourOwn' },
    installationMethod: 'bringYourOwn',
    Customer: { mRID: it.customer },
    DemandResponseProgram: { mRID: PROGRAM.mRID },
    UsagePoint: { Names: [{ name: it.usagePoint }] },
    ServiceLocation: { timeZone: 'America/Chicago' },
    EndDevices: [{ sequence: 1, deviceType: 'thermostat', specification: 'T3', ...endDevice(it) }],
    validityInterval: { start: '2026-06-01T05:00:00Z' },
  }
}

function subscription(it: Device): JsonObject {
  return {
    mRID: it.subscription,
    ProgramEnrollment: { mRID: it.enrollment },
    Customer: { mRID: it.customer },
    DemandResponseProgram: { mRID: PROGRAM.mRID },
    UsagePoint: { Names: [{ name: it.usagePoint }] },
    EndDevices: [{ deviceType: 'thermostat', specification: 'T3', ...endDevice(it) }],
    status: { value: 'ACTIVE' },
    validityInterval: { start: '2026-06-01T05:00:00Z' },
  }
}

function acknowledgement(it: Device): JsonObject {
  return {
    mRID: it.subscription,
    ...{ syncState: 'synced', syncedDateTime: '2026-06-01T06:00:00Z' },
    EndDevices: [{ ...endDevice(it), registrationStatus: { value: 'Registered' } }],
  }
}
