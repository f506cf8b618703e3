// DERMS Operations of the third party: reaches the devices, and has the groups.

import type { Party } from '../party.ts'
import { partOf } from '../message.ts'

export const DERMS_OPERATIONS: Party = {
  id: 'tp:acme:derms',
  name: 'DERMS Operations',
  speaks: 'json',
  does: [
    {
      on: 'deleted DERGroups',
      then: (it) => [{ verb: 'deleted', noun: 'DERGroups', objects: [it] }],
    },
    {
      on: 'create DERGroups',
      then: (it) => [{ verb: 'created', noun: 'DERGroups', objects: [it] }],
    },
    {
      on: 'get EndDeviceStatuses',
      answers: (_memory, [asked = {}]) => [
        {
          commState: 'reachable',
          responseDateTime: new Date().toISOString(),
          EndDevice: { mRID: partOf(asked, 'EndDevice')['mRID'] ?? '' },
        },
      ],
    },
  ],
}
