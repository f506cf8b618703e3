// The code lists of Oracle's customer programme side and of its DERMS, one for each field: a code means nothing outside of its
// field (X1SD is "schedule" of an event, and "ship device" of an enrollment and of a removal). Sources: Oracle REST reference
// 23A to 26.4, mapping guide 22C, functional overview; what they do not publish is ours, and says so.

/** enrollmentSource: by which way an enrollment came. */
export const ENROLLMENT_SOURCES = {
  X1BY: 'bringYourOwn',
  X1CC: 'contactCenter',
  X1SS: 'selfService',
} as const

/** assetOwnership: who owns the devices. */
export const OWNERSHIPS = { W1CO: 'customerOwned', W1OW: 'utilityOwned' } as const

/** installationMethod: how the devices come to their place. */
export const INSTALLATIONS = {
  X1SI: 'bringYourOwn',
  X1UI: 'utilityInstallation',
  X1SD: 'shipDevice',
  X1RE: 'reEnroll',
} as const

/** removalMethod: what becomes of the devices after the end. */
export const REMOVALS = { X1KP: 'keep', X1SD: 'ship', X1UR: 'utilityRemoval' } as const

/** programEventCategory of the customer programme side: what an event is for. */
export const CATEGORIES = {
  X1EC: 'ECONOMIC',
  X1EM: 'EMERGENCY',
  X1RE: 'RELIABILITY',
  X1DT: 'DEVICE_TEST',
} as const

/** eventType of the DERMS: the two that the integration has a lookup for, OUTL-BRT-DACS_DRMS_EventType. */
export const EVENT_TYPES = { ECONOMIC: 'ECONOMIC', EMERGENCY: 'EMERGENCY' } as const

/** action of a programme event: the state that it is to come into. */
export const ACTIONS = {
  X1SD: 'SCHEDULED',
  X1IP: 'IN_PROGRESS',
  F1CO: 'COMPLETED',
  F1CN: 'CANCELED',
} as const

/** Status of a programme event, as the customer programme side spells it: two l, and a space. */
export const CPM_STAGES = {
  SCHEDULED: 'SCHEDULED',
  'IN PROGRESS': 'IN_PROGRESS',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELED',
} as const

/** Status of an event stage, as the DERMS spells it: one l. */
export const DERMS_STAGES = {
  SCHEDULED: 'SCHEDULED',
  'IN PROGRESS': 'IN_PROGRESS',
  COMPLETED: 'COMPLETED',
  CANCELED: 'CANCELED',
} as const

/** outcome: how a device took part. */
export const OUTCOMES = {
  D1SP: 'success',
  D1CN: 'cancelled',
  D1ER: 'error',
  D1IO: 'inFlightOverride',
  D1ND: 'nonResponsive',
} as const

/** status of a subscription. */
export const SUBSCRIPTIONS = { ACTIVE: 'ACTIVE', INACTIVE: 'INACTIVE' } as const

/** status of a device in a subscription: ours, with the words of the subscription. */
export const INCLUSIONS = { ACTIVE: 'included', INACTIVE: 'excluded' } as const

/** status of an unavailability: ours. */
export const UNAVAILABILITIES = {
  PLANNED: 'planned',
  ACTIVE: 'active',
  ENDED: 'ended',
  CANCELLED: 'cancelled',
} as const

/** status of an aggregator: ours. */
export const AGGREGATORS = { ACTIVE: 'active', CLOSED: 'closed' } as const

/** ruleType of a programme: the two of the lookups AllowEventDays and CycleFrequency; the others are ours. */
export const RULES = {
  AllowEventDays: 'allowedDays',
  CycleFrequency: 'cycleFrequency',
  MaxEventsPerDay: 'maxEventsPerDay',
  MaxEventsPerSeason: 'maxEventsPerSeason',
  MaxDuration: 'maxDuration',
  MinRest: 'minRest',
  AllowedHours: 'allowedHours',
  AllowedOverrides: 'allowedOverrides',
  MinNotice: 'minNotice',
  Temperature: 'temperature',
} as const

/** allowEventDays of a rule: ours, three letters. */
export const DAYS = {
  MON: 'monday',
  TUE: 'tuesday',
  WED: 'wednesday',
  THU: 'thursday',
  FRI: 'friday',
  SAT: 'saturday',
  SUN: 'sunday',
} as const

/** Registration of a device at its head-end system (readiness notes 25.10). */
export const REGISTRATIONS = {
  Registered: 'Registered',
  Deregistered: 'Deregistered',
  Failed: 'Failed',
} as const

/** status of an enrollment. Only PENDING is published; the others are ours, spelled as the states of the draft. */
export const ENROLLMENTS = {
  PENDING: 'PENDING',
  VALIDATING: 'validating',
  INSTALLING: 'installing',
  DEVICECHECK: 'deviceCheck',
  COMPLETED: 'COMPLETED',
  ERROR: 'ERROR',
  REJECTED: 'REJECTED',
  CANCELLED: 'CANCELLED',
  UNENROLLING: 'UNENROLLING',
  UNENROLLED: 'UNENROLLED',
} as const
