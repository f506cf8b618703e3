// What has gone wrong between a system of programmes and its DERMS, as their own documents tell it: the four known issues of a
// release, and the hazards of the interfaces. Each is asked for by a requirement, in a case, and something that is broken in
// just that is found there: hazards.test.ts plays each of them.

/** One of them. */
export interface Hazard {
  /** K1 to K4: known issues of Oracle 22C; G5 to G10: silent losses; H1 to H9: hazards of the documents */
  readonly id: string
  readonly about: string
  readonly source: string
  readonly shown: readonly Shown[]
}

/** Where it is shown. */
export interface Shown {
  readonly requirement: string
  readonly case: string
  /** a broken peer of peers/, or what a client does that is wrong */
  readonly broken: string
}

const shown = (requirement: string, id: string, broken: string): Shown => {
  return { requirement, case: id, broken }
}

const RELEASE = 'Oracle 22C release notes'
const GUIDE = 'Oracle mapping guide 22C'
const REFERENCE = 'Oracle REST reference'
const ERRORS = 'Oracle configuration guides, error handling'

const ANSWERED_400 = shown('CLI-09', 'clients/change-ProgramEvents-bad', 'repeats')
const WHOLE_LIST = shown(
  'RSV-02',
  'O/reservation',
  'acknowledges a list, whatever has become of each device',
)

/** All of them. */
export const HAZARDS: readonly Hazard[] = [
  {
    id: 'K1',
    about: 'a subscription is active before its enrollment is completed',
    source: `${RELEASE}, Known Issues`,
    shown: [
      shown('SUB-01', 'IT-30', 'K1: has a device active before its enrollment is completed'),
      shown('SUB-04', 'IT-30', 'K1: makes a subscription active because its enrollment is there'),
    ],
  },
  {
    id: 'K2',
    about: 'an unenrollment leaves status, end or devices as they were, or nobody hears of it',
    source: `${RELEASE}, Known Issues`,
    shown: [
      shown('SUB-02', 'IT-31', 'K2: unenrolls a customer, and leaves the devices in'),
      shown('SUB-08', 'IT-31', 'K2: unenrolls a customer without an end'),
      shown('SUB-03', 'IT-31', 'K2: reserves a device whose customer has left'),
      shown('CLI-02', 'clients/close-ProgramSubscriptions-lost', 'never repeats'),
    ],
  },
  {
    id: 'K3',
    about: 'a device is enrolled, or has a score, twice',
    source: `${RELEASE}, Known Issues`,
    shown: [
      shown('DEV-01', 'IT-32', 'K3: enrolls a device that is enrolled'),
      shown('DEV-02', 'IT-32', 'K3: enrolls a device twice by one message'),
      shown('SCO-02', 'O/score-file', 'has two scores of a device'),
    ],
  },
  {
    id: 'K4',
    about: 'a status that nobody can ask for is told as failed',
    source: `${RELEASE}, Known Issues`,
    shown: [
      shown('DSC-01', 'IT-34', 'K4: says that a status has failed which nobody can ask for'),
      shown('DSC-04', 'O/device-check', 'K4: keeps as failed what is unsupported'),
    ],
  },
  {
    id: 'G6',
    about: 'one acknowledgement hides what has become of each device',
    source: "Oracle 25.10 what's new",
    shown: [
      WHOLE_LIST,
      shown(
        'SUB-06',
        'O/subscription-sync',
        'acknowledges a subscription, whatever has become of each device',
      ),
      shown(
        'RSV-07',
        'O/reservation-list',
        'says in the end that all of a list is done, whatever has become of it',
      ),
    ],
  },
  {
    id: 'G9',
    about: 'a list that was acknowledged comes to nothing, and nobody is told',
    source: `${RELEASE}, Device Reservation`,
    shown: [
      shown(
        'RSV-05',
        'O/reservation-list',
        'acknowledges a list, and does not say that more is to come',
      ),
      shown('RSV-06', 'O/reservation-list', 'never comes back to a list'),
    ],
  },
  {
    id: 'G10',
    about: 'one state has two spellings, and one code two meanings',
    source: 'Oracle functional overview, Event Participation',
    shown: [
      shown('EVT-06', 'O/stage', 'has two spellings of one state'),
      shown('ENR-06', 'O/enrollment-date', 'takes a code of one field for one of another'),
    ],
  },
  {
    id: 'H1',
    about: 'a date is cut at its T, so that a start near midnight is on another day (G5)',
    source: `${GUIDE}, 2.2`,
    shown: [shown('ENR-05', 'O/enrollment-date', 'cuts a date at its T')],
  },
  {
    id: 'H2',
    about:
      'a date in the format of one vendor is read outside of its dialect, where nothing says its zone',
    source: `${REFERENCE}, reserveDevice; ${GUIDE}, 2.6`,
    shown: [shown('ENR-07', 'O/enrollment-date', 'reads a date as a vendor writes it')],
  },
  {
    id: 'H3',
    about: 'a text is cut to what another system takes, and the rest is lost',
    source: `${REFERENCE}, errorMessage and cancelReason`,
    shown: [
      shown('OUT-05', 'O/long-text', 'cuts an error message at 100'),
      shown('EVT-08', 'O/long-text', 'cuts a reason at 254'),
    ],
  },
  {
    id: 'H4',
    about: 'HTTP 400 is taken for a fault of the line: the same is sent again, and mends nothing',
    source: `${ERRORS}, 25.4`,
    shown: [ANSWERED_400],
  },
  {
    id: 'H5',
    about:
      'what comes under an id that is there is ignored, though it is another enrollment (10589)',
    source: ERRORS,
    shown: [shown('ENR-04', 'O/enrollment-conflict', 'ignores what comes under an id that it has')],
  },
  {
    id: 'H6',
    about:
      'a file that was carried over and not renamed, because the process ended in between, is loaded again (G8)',
    source: `${RELEASE}, Device Calculated Score`,
    shown: [
      shown('FIL-01', 'O/score-file', 'begins a file again that has its old name'),
      shown('SCO-01', 'O/score-file', 'takes the older of two scores'),
      shown('CLI-03', 'clients/created-DeviceScores-lost', 'repeats under another MessageID'),
    ],
  },
  {
    id: 'H7',
    about: 'nothing is sent again unless somebody does it by hand',
    source: ERRORS,
    shown: [
      shown('CLI-10', 'clients/change-ProgramEvents-busy', 'never repeats'),
      shown('CLI-10', 'clients/create-EventParticipations-busy', 'never repeats'),
    ],
  },
  {
    id: 'H8',
    about: 'whether a device is registered at its head end is told for all of them together',
    source: "Oracle 25.10 what's new",
    shown: [
      shown('SUB-05', 'O/subscription-sync', 'says that everything is acknowledged'),
      shown(
        'SUB-06',
        'O/subscription-sync',
        'acknowledges a subscription, whatever has become of each device',
      ),
    ],
  },
  {
    id: 'H9',
    about: 'the whole message is sent again for the records of it that have failed',
    source: `${ERRORS}; architecture pages`,
    shown: [
      shown('CLI-11', 'clients/create-EventParticipations-partial', 'sends all of it once more'),
      shown('ENR-01', 'IT-29', 'refuses a whole collection for some of it'),
      shown('ENR-03', 'IT-29', 'keeps what it has refused'),
    ],
  },
]

/** As the README has it: a line each. */
export function hazardTable(): string {
  const head = [
    '| | what goes wrong | requirement | case | broken in that |',
    '|---|---|---|---|---|',
  ]
  const rows = HAZARDS.flatMap(({ id, about, shown: all }) =>
    all.map((it, at) => {
      const first = at === 0 ? `${id} | ${about}` : ' | '
      return `| ${first} | ${it.requirement} | \`${it.case}\` | ${it.broken} |`
    }),
  )
  return [...head, ...rows].join('\n')
}
