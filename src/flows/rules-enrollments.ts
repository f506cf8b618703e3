// The rules about taking part in programmes: enrollments, subscriptions, the devices in them.

import { LACKING, REFUSED, SENDER } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const ENROLLMENT = ['program-enrollment'] as const
const SUBSCRIPTION = ['program-subscription'] as const
const BOTH = [...ENROLLMENT, ...SUBSCRIPTION] as const

/** By their ids, which are public. */
export const ENROLLMENT_RULES = {
  'ENR-DUP': {
    ...SENDER,
    codes: ['0.0'],
    flows: ENROLLMENT,
    asks: 'An application that comes once more under its transactionId, with the same content, is the one that is there: told at the level INFORM, and answered as it was.',
    mend: 'Nothing is to be done: the enrollment is there already.',
    source: 'EN-01, G-AC3, flows §9 (10589)',
  },
  'ENR-CONFLICT': {
    ...REFUSED,
    flows: ENROLLMENT,
    asks: 'A transactionId of an aggregator is that of one application; another content under it is another application.',
    mend: 'Read the enrollment that has it, and send another application under a transactionId of its own.',
    source: 'EN-01, flows §9 (10589)',
  },
  'ENR-ELIG': {
    ...REFUSED,
    flows: ENROLLMENT,
    asks: 'The programme is one that is offered while the customer is to take part.',
    mend: 'Read the programme (GET programs), and write one that is in force at validityInterval.start.',
    source: 'EN-01',
  },
  'ENR-SM': {
    ...REFUSED,
    flows: [],
    asks: 'An enrollment is never active.',
    mend: 'Write PENDING, or no status; when the enrollment is COMPLETED, activate the subscription that follows it.',
    source: 'EN-01, K1, G-AC5',
  },
  'ENR-ENTRY': {
    ...REFUSED,
    flows: [],
    asks: 'An enrollment comes as PENDING.',
    mend: 'Write PENDING, or no status.',
    source: 'EN-01',
  },
  'ENR-ORDER': {
    ...REFUSED,
    flows: [],
    asks: 'Nobody asks for an enrollment to leave out a step; who has taken several tells of it.',
    mend: 'Ask for the next step, or have whoever works on it tell of its state (changed ProgramEnrollments).',
    source: 'EN-01',
  },
  'ENR-WORK': {
    ...REFUSED,
    flows: [],
    asks: 'Work is requested for devices that the utility owns and installs.',
    mend: 'Write assetOwnership utilityOwned and installationMethod utilityInstallation, or have the device checked (status deviceCheck).',
    source: 'EN-02',
  },
  'ENR-INSTALL': {
    ...REFUSED,
    flows: [],
    asks: 'A device that the utility installs is checked when it is installed, and not before.',
    mend: 'Request the work (create WorkRequests of type deviceInstallation with the enrollment in Names); its end takes the enrollment on.',
    source: 'EN-02',
  },
  'ENR-KEY': {
    ...LACKING,
    codes: ['6.1'],
    flows: [],
    asks: 'A device that is installed has its device key before it is checked.',
    mend: 'Write the NIC id of each device into its Names, under NameType nicId, with the head-end system as NameTypeAuthority.',
    source: 'EN-02',
  },
  'ENR-CHECK': {
    ...REFUSED,
    flows: [],
    asks: 'An enrollment is completed when its devices have been checked, as far as requireStatusCheck of the flow asks for that.',
    mend: 'Ask for the status of each device (get EndDeviceStatuses); where its DERMS cannot tell, see requireStatusCheck in the configuration.',
    source: 'DC-02, K4',
  },
  'ENR-LAST': {
    ...SENDER,
    codes: ['3.2'],
    flows: ENROLLMENT,
    asks: 'Of the enrollments of a device the last one counts.',
    mend: 'Nothing is to be done: a later enrollment takes the place of an earlier one.',
    source: 'EN-01',
  },
  'ENR-DEVICE': {
    ...LACKING,
    flows: ENROLLMENT,
    asks: 'A device that the customer brings comes with its NIC id, its head-end system and its specification.',
    mend: 'Write specification, and Names with NameType nicId and the head-end system as NameTypeAuthority.',
    source: 'EN-01',
  },
  'ENR-INTERVAL': {
    ...REFUSED,
    flows: BOTH,
    asks: 'Taking part ends after it starts.',
    mend: 'Write an end after the start, or leave the end out; a time without offset is read as UTC.',
    source: 'EN-01, C5',
  },
  'ENR-FROZEN': {
    ...REFUSED,
    flows: ENROLLMENT,
    asks: 'What a customer has applied for stays as it is.',
    mend: 'Cancel the enrollment, and send another one under a transactionId of its own.',
    source: 'EN-01',
  },
  'DEV-DUP': {
    ...REFUSED,
    flows: [...BOTH, 'event-participation'],
    asks: 'A device key, NIC id and head-end system, stands once among enrollments that are worked on and subscriptions that are active; a device is once in a stage.',
    mend: 'Look at both places: correct the NIC id or head-end system of the one that is wrong, or cancel or close the other first.',
    source: 'EN-01, K3',
  },
  'DEV-TWICE': {
    ...REFUSED,
    flows: BOTH,
    asks: 'A device is listed once.',
    mend: 'List each device once.',
    source: 'EN-01, K3',
  },
  'SUB-SM': {
    ...REFUSED,
    isAlarm: true,
    flows: SUBSCRIPTION,
    asks: 'A subscription is active when its enrollment has been seen to be completed, and not before, whoever asks for it or tells of it.',
    mend: 'Name the enrollment in ProgramEnrollment, and send the subscription when that is COMPLETED (changed ProgramEnrollments); where enrollments do not pass here, see prematureActive in the configuration.',
    source: 'EN-03, K1',
  },
  'SUB-CLOSED': {
    ...REFUSED,
    flows: [],
    asks: 'A subscription that is closed stays closed.',
    mend: 'Enroll again; the subscription that follows is a new one.',
    source: 'EN-05',
  },
  'SUB-CLOSE': {
    ...LACKING,
    codes: ['5.8', '6.1'],
    flows: SUBSCRIPTION,
    asks: 'A subscription is closed with its end, its status and every device excluded, so that its DERMS hears all of it.',
    mend: 'Write validityInterval.end, status INACTIVE, and status excluded on each of EndDevices; POST program-subscriptions/{mRID}:close with endDateTime does all of that.',
    source: 'EN-05, K2, G-AC12',
  },
  'SUB-REPLACE': {
    ...REFUSED,
    flows: SUBSCRIPTION,
    asks: 'A device takes the place of one that is in the subscription, in one step: the old one leaves as the new one comes.',
    mend: 'POST program-subscriptions/{mRID}/devices:replace with oldDevice, newDevice and replacedDateTime.',
    source: 'EN-06, G-AC14',
  },
  'SUB-FROZEN': {
    ...REFUSED,
    flows: SUBSCRIPTION,
    asks: 'A subscription stays that of its customer, programme and enrollment.',
    mend: 'Close the subscription; who wants another programme enrolls for that.',
    source: 'EN-03',
  },
  'SUB-DEVICE': {
    whose: 'peer',
    codes: ['5.3'],
    flows: SUBSCRIPTION,
    asks: 'Each device of a subscription that is acknowledged is registered at its head-end system, or no longer where it has left.',
    mend: 'Look at the device at its head-end system, and tell what has become of it (changed ProgramSubscriptions with registrationStatus); until then it takes part in nothing.',
    source: 'EN-04, G-AC15',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
