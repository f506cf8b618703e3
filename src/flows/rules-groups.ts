// The rules about DER groups: requests, members, order of steps, dispatches and memberships. EPRI 3002014619 §5.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const REQUEST = ['der-group-request'] as const
const CHANGING = ['der-group-form', 'der-group-change', 'der-group-remove-members'] as const
const DISPATCH = ['der-group-dispatch'] as const

/** By their ids, which are public. */
export const GROUP_RULES = {
  'GRP-TARIFF': {
    ...LACKING,
    flows: REQUEST,
    asks: 'A request to form a group names the tariff.',
    mend: 'Name the PricingStructure that the group is to have, by mRID or Names.',
    source: 'GF-01',
  },
  'GRP-GROUP': {
    ...LACKING,
    flows: REQUEST,
    asks: 'A request about a group that is there, and the approval of one that is to be, names the group.',
    mend: 'Write EndDeviceGroup with the mRID or Names of the group.',
    source: 'GF-01, GF-02',
  },
  'GRP-MEMBERS': {
    ...LACKING,
    flows: REQUEST,
    asks: 'A request to add or remove members names them.',
    mend: 'List the members in EndDevices, each by mRID or Names.',
    source: 'GF-01, GD-02',
  },
  'GRP-INTERVAL': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'A capability is asked for in an interval that ends after it starts.',
    mend: 'Write an end after the start; a time without offset is read as UTC.',
    source: 'GF-01, C5',
  },
  'GRP-REG': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'Every member of a request is registered with the DSO.',
    mend: 'Register the device first (create DERRegistrations), or leave it out of EndDevices.',
    source: 'GF-01, EPRI 3002014619 §5',
  },
  'GRP-TAR': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'Every member may have the tariff of the group when the request is approved.',
    mend: 'Choose a tariff that the device is eligible for today, leave the device out, or reject the request.',
    source: 'GF-02',
  },
  'GRP-CONTRACT': {
    ...SENDER,
    codes: ['2.24'],
    flows: REQUEST,
    asks: 'Contracts are updated when an agreement in force covers every member.',
    mend: 'Have an agreement signed for the usage point of the device (CustomerAgreements, status active), then update the contracts.',
    source: 'GF-03',
  },
  'GRP-UNDO': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'Contracts are put back when no agreement of a member names the group that Operations has refused.',
    mend: 'Take the group out of EndDeviceGroups of the agreement (execute an OperationSet, delete with elementOperation), then take the step again.',
    source: 'GF-03, GF-04',
  },
  'GRP-OPEN': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'One request at a time is open about a group.',
    mend: 'Wait until the other request is carried out, or cancel it.',
    source: 'GF-01, GD-01',
  },
  'GRP-FROZEN': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'What a request about a group is for never changes; nor do group, members, tariff and capability once it is decided.',
    mend: 'Withdraw the request (POST der-group-requests/{mRID}:cancel) or let it come to its end, and make another one.',
    source: 'GF-01 to GF-03, GD-01',
  },
  'GRP-FORMED': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'A group has come from one request.',
    mend: 'Ask for another group, or for a change of this one (action addMembers, removeMembers or dissolve).',
    source: 'GF-01',
  },
  'GRP-DISP': {
    ...REFUSED,
    flows: REQUEST,
    asks: 'A group with a dispatch that is pending or active loses no members and is not dissolved.',
    mend: 'Cancel the dispatch, wait for its end, or create a DERGroupRequest with force, which is carried out then.',
    source: 'GD-01, G-AC44',
  },
  'GRP-ORDER': {
    ...REFUSED,
    flows: [...REQUEST, ...CHANGING],
    asks: 'Contracts are updated before the DERMS is told of a group, and released before it is dissolved.',
    mend: 'Take the request about the group through its steps first: approve, update-contracts or release-contracts; then send DERGroups.',
    source: 'GF-03, GF-04, GD-03, GD-04',
  },
  'GRP-MEMBER': {
    ...REFUSED,
    flows: ['der-group-form'],
    asks: 'A group is formed of the members that have been approved.',
    mend: 'Leave the device out of EndDevices, or ask for it with a DERGroupRequest of its own (action addMembers).',
    source: 'GF-02, GF-04',
  },
  'GRP-DUPM': {
    ...REFUSED,
    flows: ['der-group-request', 'der-group-form', 'der-group-change', 'der-group-decomposition'],
    asks: 'A member is listed once.',
    mend: 'List the device once; mRID and Names that mean the same device count as one.',
    source: 'GF-01',
  },
  'GRP-CAP': {
    whose: 'peer',
    codes: ['0.2', '6.1'],
    flows: ['der-group-form'],
    asks: 'A group that a third party forms achieves the capability that was required.',
    mend: 'Ask for less, allow a part (allowPartial), or have the third party add members.',
    source: 'F32-D',
  },
  'DSP-UNIT': {
    ...REFUSED,
    flows: DISPATCH,
    asks: 'The unit of a dispatch fits its parameter.',
    mend: 'Write yUnit W for activePower, VAr for reactivePower, VA for apparentPower, V for voltage.',
    source: 'DERGD-1, IEC 61968-5',
  },
  'DSP-FUN': {
    ...REFUSED,
    flows: DISPATCH,
    asks: 'A group is dispatched by functions that it has.',
    mend: 'Dispatch a parameter for which DERFunction of the group is true, or change the group first.',
    source: 'DERGD-1, IEC 61968-5',
  },
  'DSP-INTERVAL': {
    ...REFUSED,
    flows: DISPATCH,
    asks: 'The intervals of a schedule are numbered from 1 without a gap, and last one unit of time at least.',
    mend: 'Number DERCurveData 1, 2, 3 and so on in intervalNumber, and write a timeIntervalDuration of 1 or more.',
    source: 'DERGD-1',
  },
  'DSP-FROZEN': {
    ...REFUSED,
    flows: DISPATCH,
    asks: 'A dispatch is of one group, and its schedule stays as it is once it has begun.',
    mend: 'Cancel the dispatch (POST der-group-dispatches/{mRID}:cancel) and create another one.',
    source: 'F31-E, GN-02',
  },
  'DSP-RUN': {
    ...SENDER,
    codes: ['3.2'],
    flows: DISPATCH,
    asks: 'A group has a limited number of dispatches that are pending or active.',
    mend: 'Wait until one of them is over, or cancel one.',
    source: 'GN-02',
  },
  'MEM-INTERVAL': {
    ...REFUSED,
    flows: ['der-group-membership'],
    asks: 'The interval of a membership ends after it starts.',
    mend: 'Write an end that is later than the start, or leave it out while the device is a member.',
    source: 'GD-01',
  },
  'MEM-FROZEN': {
    ...REFUSED,
    flows: ['der-group-membership'],
    asks: 'A membership is of one device in one group, from one instant on.',
    mend: 'Delete the membership and tell of the right one.',
    source: 'F32-E, GN-01',
  },
  'MEM-OVERLAP': {
    ...SENDER,
    codes: ['6.1', '3.2'],
    flows: ['der-group-membership'],
    asks: 'A device is in a group once at a time, and comes back a limited number of times.',
    mend: 'End the other membership first, or write an interval that begins when it has ended.',
    source: 'GD-01',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
