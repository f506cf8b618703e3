// Customer Support: the hub of all flows of customers and contracts.

import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../src/index.ts'
import { isObject, partOf } from '../message.ts'
import type { Memory, Party, Row, Sending } from '../party.ts'
import { registration, site } from '../scenarios/objects.ts'
import { inState, reference, stateOf } from './status.ts'

const told = (noun: string, ...objects: readonly JsonObject[]): Sending => ({
  verb: 'changed',
  noun,
  objects,
})

const CONNECTION: readonly Row[] = [
  {
    on: 'create ServiceRequests',
    then: (it) => [
      {
        verb: 'create',
        noun: 'DERRegistrations',
        objects: [registration('177e812e-1473-478e-a2fc-43908900718a', site(1), reference(it))],
      },
    ],
  },
  {
    on: 'change ServiceRequests',
    when: (it) => it['CustomerAgreement'] !== undefined,
    then: (it, memory) => [
      {
        verb: 'create',
        noun: 'InterconnectionReviews',
        objects: [review(it, memory)],
        later: true,
      },
    ],
  },
  {
    on: 'changed InterconnectionReviews',
    when: (it) => it['decision'] === 'approved',
    then: (_it, memory) => [
      notice(
        asked(memory),
        'ServiceRequest',
        'applicationAccepted',
        'Your connection is approved.',
      ),
      approvedDer(memory),
      { verb: 'create', noun: 'ServiceOrders', objects: [verification(asked(memory))] },
    ],
  },
  {
    on: 'closed ServiceOrders',
    then: () => [
      {
        verb: 'get',
        noun: 'EndDeviceStatuses',
        objects: [{ EndDevice: { mRID: DEVICE } }],
        later: true,
      },
    ],
  },
  {
    on: 'reply EndDeviceStatuses',
    when: (it) => it['commState'] === 'reachable',
    then: (_it, memory) => [
      told('ServiceRequests', inState(asked(memory), 'connected')),
      notice(asked(memory), 'ServiceRequest', 'connected', 'Your device is connected.'),
      { verb: 'closed', noun: 'ServiceRequests', objects: [inState(asked(memory), 'completed')] },
    ],
  },
]

export const CUSTOMER_SUPPORT: Party = {
  id: 'dso-cs',
  name: 'Customer Support',
  speaks: 'xml',
  does: [
    ...CONNECTION,
    { on: 'get Tariffs', answers: (memory) => memory.all('Tariffs') },
    {
      on: 'create CustomerAgreements',
      then: (it) => [told('CustomerAgreements', inState(it, 'offered'))],
    },
    {
      on: 'change CustomerAgreements',
      when: (it) => stateOf(it) === 'active',
      then: (it, memory) => [
        told('CustomerAgreements', { ...memory.find('CustomerAgreements', it['mRID']), ...it }),
      ],
    },
    {
      on: 'create DERGroupRequests',
      when: (it) => it['action'] === 'dissolve',
      then: (it) => [told('DERGroupRequests', inState(it, 'dissolving'))],
    },
    {
      on: 'create DERGroupRequests',
      then: (it) => [
        told('DERGroupRequests', inState(it, 'complianceCheck')),
        told('DERGroupRequests', { ...inState(it, 'approved'), decision: 'approved' }),
      ],
    },
    {
      on: 'change CustomerAgreements',
      when: (it) => it['loadMgmt'] !== undefined,
      then: (_it, memory) => {
        const asking = memory.all('DERGroupRequests').at(-1) ?? {}
        const state = asking['action'] === 'dissolve' ? 'contractsReleased' : 'contracted'
        return [told('DERGroupRequests', inState(asking, state))]
      },
    },
    {
      on: 'close CustomerAgreements',
      then: (it, memory) => [
        {
          verb: 'closed',
          noun: 'CustomerAgreements',
          objects: [inState(memory.find('CustomerAgreements', it['mRID']) ?? it, 'terminated')],
        },
      ],
    },
    {
      on: 'closed WorkRequests',
      then: (it) => [
        notice(
          { mRID: it['mRID'] ?? '', Customer: { Names: [customerName(it)] } },
          'WorkRequest',
          'workCompleted',
          'The work that you have asked for is done.',
        ),
      ],
    },
  ],
}

/** The last request that it has heard of. */
function asked(memory: Memory): JsonObject {
  return memory.all('ServiceRequests').at(-1) ?? {}
}

/** A work request has no customer of its own: the name of the one who asks stands among its names. */
function customerName(workRequest: JsonObject): JsonObject {
  const names = Array.isArray(workRequest['Names']) ? workRequest['Names'].filter(isObject) : []
  const it = names.find((one) => partOf(one, 'NameType')['name'] === 'customer')
  return { name: it?.['name'] ?? '' }
}

function review(request: JsonObject, memory: Memory): JsonObject {
  const whole = memory.find('ServiceRequests', request['mRID']) ?? request
  return {
    mRID: '474c3609-d1a4-4fd1-8cba-0b369f1371ae',
    dueDate: '2026-12-28T17:00:00-05:00',
    requestedBy: 'Customer Support',
    DERRegistration: reference(memory.all('DERRegistrations').at(-1) ?? {}),
    PricingStructure: whole['PricingStructure'] ?? {},
    ServiceRequest: reference(request),
  }
}

/** SR-11: what DERMS Customer Support hears of a DER. */
function approvedDer(memory: Memory): Sending {
  const it = memory.all('DERRegistrations').at(-1) ?? {}
  const request = asked(memory)
  const approved = {
    ...it,
    approvedDateTime: new Date().toISOString(),
    dsoRegistryId: { name: 'DSO-000417' },
    CustomerAgreement: request['CustomerAgreement'] ?? {},
    PricingStructure: request['PricingStructure'] ?? {},
  }
  return { verb: 'created', noun: 'DERRegistrations', objects: [approved] }
}

const DEVICE = site(1).device['mRID'] ?? ''

/** SR-08: the order by which the device is seen on site. */
function verification(request: JsonObject): JsonObject {
  const task = {
    crewETA: '2026-12-20T08:00:00-06:00',
    statusKind: 'waitingToBeScheduled',
    subject: 'Nameplate and anti-islanding',
    taskKind: 'investigate',
  }
  const work = {
    mRID: '7fddfc7b-b9fc-4cec-b014-a888f6cc957c',
    kind: 'inspection',
    requestDateTime: '2026-12-14T10:58:00Z',
    statusKind: 'waitingToBeScheduled',
    type: 'derVerification',
    Names: [{ name: request['mRID'] ?? '', NameType: { name: 'ServiceRequest' } }],
    WorkTasks: [task],
  }
  return { mRID: '9713efc7-2b85-4c3d-96d5-c99fdce4cf94', Work: [work] }
}

function notice(about: JsonObject, objectType: string, trigger: string, text: string): Sending {
  const object: JsonObject = {
    mRID: randomUUID(),
    contactType: 'email',
    contactValue: 'customer@example.org',
    text,
    trigger,
    about: { mRID: about['mRID'] ?? '', objectType },
    Customer: about['Customer'] ?? {},
  }
  return { verb: 'created', noun: 'CustomerNotifications', objects: [object] }
}
