// The rules about events of programmes: their stages, the devices that take part, and times without devices.

import { LACKING, REFUSED } from './business-rule.ts'
import type { BusinessRule } from './business-rule.ts'

const EVENT = ['program-event'] as const
const PART = ['event-participation'] as const
const AWAY = ['device-unavailability'] as const

/** By their ids, which are public. */
export const EVENT_RULES = {
  'STG-ID': {
    ...LACKING,
    flows: EVENT,
    asks: 'Every stage of an event has an mRID or Names of its own.',
    mend: 'Give each stage an mRID or a name under NameType externalId that no other stage of the event has.',
    source: 'EV-01, G-AC21',
  },
  'STG-INTERVAL': {
    ...REFUSED,
    flows: EVENT,
    asks: 'A stage ends after it starts.',
    mend: 'Write an end that is later than the start; a time without offset is read as UTC.',
    source: 'EV-01, C5',
  },
  'STG-LATE': {
    ...REFUSED,
    flows: [],
    asks: 'A stage is cancelled before its start; with it, all stages of an event that is cancelled.',
    mend: 'Let the stage run to its end, or cancel the stages that have not begun one by one.',
    source: 'EV-03',
  },
  'STG-NOTSCHED': {
    ...REFUSED,
    flows: [],
    asks: 'What starts, is completed or is cancelled has been scheduled before.',
    mend: 'Send the event with its stages as SCHEDULED first (create ProgramEvents).',
    source: 'EV-02, EV-03, G-AC23',
  },
  'STG-ORDER': {
    ...REFUSED,
    flows: [],
    asks: 'A stage is in progress before it is completed.',
    mend: 'Send the step to IN_PROGRESS first, then the one to COMPLETED.',
    source: 'EV-02',
  },
  'EVT-FROZEN': {
    ...REFUSED,
    flows: EVENT,
    asks: 'An event keeps its programme, and a stage that has begun or is over its interval and its target.',
    mend: 'Cancel what has not begun (POST program-events/{mRID}:cancel) and create another event.',
    source: 'EV-01, EV-02',
  },
  'OUT-OPT': {
    ...REFUSED,
    flows: [],
    asks: 'A device whose customer has opted out has no outcome but cancelled.',
    mend: 'Send the outcome cancelled, or none; find out why the device was called if it was.',
    source: 'EV-04, OO-01',
  },
  'OUT-STATE': {
    ...REFUSED,
    flows: [],
    asks: 'An outcome is told of a device that was called.',
    mend: 'Tell first that the stage is in progress (ProgramEvents), then the outcomes.',
    source: 'EV-04, G-AC29',
  },
  'OPT-STATE': {
    ...REFUSED,
    flows: [],
    asks: 'A customer opts out of a reservation, before the device is called or released.',
    mend: 'Read the participation: what is not RESERVED cannot be left any more.',
    source: 'OO-01',
  },
  'RSV-FROZEN': {
    ...REFUSED,
    flows: PART,
    asks: 'A participation is that of one device in one stage, and keeps its outcome once it is closed.',
    mend: 'Reserve the other device by a participation of its own.',
    source: 'RS-01, EV-04',
  },
  'UNAV-PERIOD': {
    ...REFUSED,
    flows: AWAY,
    asks: 'A time without devices ends after it starts.',
    mend: 'Write an end that is later than the start; a time without offset is read as UTC.',
    source: 'UN-01, C5',
  },
} as const satisfies Readonly<Record<string, BusinessRule>>
