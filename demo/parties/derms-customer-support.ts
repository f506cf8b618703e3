// DERMS Customer Support of the third party: has the contracts, and tells its Operations what they allow.

import type { Party } from '../party.ts'
import { site } from '../scenarios/objects.ts'
import { reference, stateOf } from './status.ts'

/** What the groups of this third party can be asked for. */
export const FUNCTIONS = {
  ...{ connectDisconnect: true, frequencyWattCurveFunction: false, maxRealPowerLimiting: true },
  ...{ rampRateControl: false, reactivePowerDispatch: false, realPowerDispatch: true },
  ...{ voltageRegulation: false, voltVarCurveFunction: false, voltWattCurveFunction: false },
}

export const DERMS_CUSTOMER_SUPPORT: Party = {
  id: 'tp:acme:cs',
  name: 'DERMS Customer Support',
  speaks: 'json',
  does: [
    {
      on: 'changed DERGroupRequests',
      when: (it) => stateOf(it) === 'dissolving',
      then: (_it, memory) =>
        memory.all('CustomerAgreements').map((agreement) => ({
          verb: 'change',
          noun: 'CustomerAgreements',
          objects: [{ ...reference(agreement), loadMgmt: 'none' }],
        })),
    },
    {
      on: 'changed DERGroupRequests',
      when: (it) => stateOf(it) === 'contractsReleased',
      then: (_it, memory) => [
        { verb: 'deleted', noun: 'DERGroups', objects: memory.all('DERGroups').slice(-1) },
      ],
    },
    {
      on: 'changed DERGroupRequests',
      when: (it) => stateOf(it) === 'approved',
      then: (_it, memory) =>
        memory.all('CustomerAgreements').map((agreement) => ({
          verb: 'change',
          noun: 'CustomerAgreements',
          objects: [{ ...reference(agreement), loadMgmt: 'DER group' }],
        })),
    },
    {
      on: 'changed DERGroupRequests',
      when: (it) => stateOf(it) === 'contracted',
      then: (it) => [
        {
          verb: 'create',
          noun: 'DERGroups',
          objects: [
            {
              ...(it['EndDeviceGroup'] as object),
              DERFunction: FUNCTIONS,
              // The DSO does not see the members: the third party picks them.
              EndDevices: [{ mRID: site(5).device['mRID'] ?? '' }],
            },
          ],
          later: true,
        },
      ],
    },
  ],
}
