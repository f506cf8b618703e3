// The acceptance criteria, in our own words: of the customer services of EPRI 3002014619, and of programmes, events and
// settlement. The tests that show one begin with its id; criteria.test.ts compares, and /docs/guide/criteria shows both with the
// results of the last run.

import { FILE_CRITERIA } from './files.ts'
import { LIST_CRITERIA } from './lists.ts'
import { SETTLEMENT_CRITERIA } from './settlement.ts'
import { CHECK_CRITERIA } from './checks.ts'
import { ENROLLMENT_CRITERIA } from './enrollment.ts'
import { EVENT_CRITERIA } from './events.ts'

/** One of them. */
export interface Criterion {
  /** the flow that it belongs to and its number, `SR-04/AC1`; or that of a guarantee of delivery, `G-AC38` */
  readonly id: string
  readonly says: string
  /** where it comes from */
  readonly source: string
  /** where it holds figures of a machine, which no test can: the command that takes them */
  readonly figures?: string
}

/** By criterion: a figure is a matter of the machine, so a test shows the behaviour, and the bench how long it takes. */
const FIGURES: Readonly<Record<string, string>> = { 'GF-04/AC2': 'npm run bench -- group' }

const [CONNECTION, ORDERS, AGREEMENT, GROUPS, USAGE] = ['§5.4', '§5.5', '§5.7', '§5', '§3']

/** In the order of the flows. */
export const CRITERIA: readonly Criterion[] = [
  ...of('SR-01', CONNECTION, [
    'A service request is answered OK, with the mRID that it has got.',
    'It is submitted then.',
    'What is no connection of a DER never comes to the states of Engineering.',
  ]),
  ...of('SR-02', CONNECTION, [
    'The id in the registry of the DSO is unique, and never changes.',
    'Whoever sees the abstracted registration sees ratings and service point, and nothing personal of the customer.',
    'A device that is registered twice is one record.',
  ]),
  ...of('SR-03', CONNECTION, [
    'A request has one tariff in use at a time; each selection is kept with its revision and who has made it.',
  ]),
  ...of('SR-04', CONNECTION, ['A decision without a result of modelling is refused.']),
  ...of('SR-05', CONNECTION, ['What the network cannot take is held or rejected.']),
  ...of('SR-06', CONNECTION, [
    'On hold there is no verification order, no completion, and no word to DERMS Customer Support.',
  ]),
  ...of('SR-07', CONNECTION, [
    'A customer is told once of each object and reason, and not in hours of quiet.',
    'Customers of a third party hear that and how much their DER were dispatched, and of no group.',
  ]),
  ...of('SR-08', CONNECTION, ['Nothing is connected before a verification order is closed.']),
  ...of('SR-09', CONNECTION, [
    'Where the tariff asks for communication and the device cannot be reached, the request stays verified.',
  ]),
  ...of('SR-11', CONNECTION, [
    'DERMS Customer Support hears of approved DER alone, and again, under the same MessageID, until it acknowledges.',
  ]),
  ...of('SR-12', CONNECTION, ['What is completed cannot be withdrawn.']),
  ...of('SO-01', ORDERS, [
    'A service order passes unchanged, with and without a DERMS.',
    'A work request is not scheduled before it is approved.',
    'The end of each work is told to its customer once.',
    'An issue that a DERMS detects leads to one order for device and kind of issue, within a window of time.',
    'For equipment in the own network of a third party there is no order.',
  ]),
  ...of('CA-05', AGREEMENT, [
    'A change of provider leaves agreement, tariff and revisions; one interval ends where the next begins, both providers hear of it, and the groups of the old one lose the DER.',
    'No DER is approved without a signed agreement, and third parties hear of the agreements of their own customers alone.',
  ]),
  ...of('GF-04', GROUPS, [
    'The EPRI cases DERG-1a to DERG-1e pass: create, duplicate, two groups, one of two that fails, an mRID that is assigned.',
    'A group of 10,000 members is accepted within 5 seconds, in bounded memory.',
    'The name of a group is unique for its owner.',
    'A group without members is formed only where a capability is asked for.',
  ]),
  ...of('GF-06', GROUPS, ['The reply to an OperationSet repeats the operationIds.']),
  ...of('GD-01', GROUPS, [
    'Contracts are updated before Operations is told.',
    'What is dissolved cannot be dispatched.',
    'Who was in a group is kept, and can be asked for at any instant.',
    'A group is dissolved once; the same message again gets the same reply.',
  ]),
  ...of('GN-01', GROUPS, [
    'Notices keep their order for each group, reach the DERMS Customer Support of its provider alone, and are there again for who was away.',
  ]),
  ...of('F31-D', USAGE, [
    'A third party that achieves less than is required answers PARTIAL with what is missing; the group is formed only where that was allowed.',
  ]),
  ...of('F31-F', USAGE, [
    'The value of a group is the sum over its members within the tolerance, and shows no member.',
  ]),
  ...of('F31-G', USAGE, [
    'No reading is lost or counted twice, and an aggregate is the sum of its readings.',
  ]),
  ...of('F31-H', USAGE, [
    'A customer hears of the own devices alone, and one of a third party of no group.',
  ]),
  ...of('F32-F', USAGE, [
    'The shares of a decomposition sum to exactly 1.',
    'Each share has a contract.',
    'Each share has a member that was in the group all the time.',
  ]),
  ...guarantee(35, 'Changes of one customer follow each other in the order of their own times.'),
  ...guarantee(
    38,
    'A connection is approved by Engineering and Operations, verified before it is connected, and its customer is told.',
  ),
  ...guarantee(39, 'Units and ratings are checked, and a DERMS is told after approval alone.'),
  ...guarantee(40, 'A DER stays identified when its third party changes.'),
  ...guarantee(41, 'A service order comes back without a loss.'),
  ...guarantee(42, 'Engineering has its say before work starts.'),
  ...guarantee(
    43,
    'Every member of a group is registered, contracts are updated, and membership is kept with its times.',
  ),
  ...guarantee(44, 'A group with a dispatch that is pending or active is not dissolved silently.'),
  ...guarantee(45, 'An aggregate is the sum over the members of its time.'),
  ...guarantee(46, 'Every line of an invoice leads to a group, a DER and a contract.'),
  ...FILE_CRITERIA,
  ...SETTLEMENT_CRITERIA,
  ...CHECK_CRITERIA,
  ...ENROLLMENT_CRITERIA,
  ...EVENT_CRITERIA,
  ...LIST_CRITERIA,
]

/**
 * The ids that the name of a test bears, before its first colon: `CA-05/AC2, SR-04: nothing is reviewed that …`. Criteria that
 * stand under a heading of several flows are numbered under the first of them, and may bear another.
 */
export function criteriaIn(name: string): readonly string[] {
  const [ids = ''] = name.split(':', 1)
  const all = ids.split(', ').map((it) => (it === 'AC-PRIV' ? PRIVACY : it))
  const known = all.filter((it) => /^(?:[A-Z]+\d*(?:-\w+)?\/|G-)AC\d+$/.test(it))
  return known.map((it) => it.replace(/^[\w-]+(?=\/)/, (heading) => HEADINGS[heading] ?? heading))
}

const PRIVACY = 'SR-07/AC2'

const HEADINGS: Readonly<Record<string, string>> = {
  ...{ SO: 'SO-01', WR: 'SO-01', CA: 'CA-05', GF: 'GF-04', GD: 'GD-01', GN: 'GN-01' },
  ...{ 'SR-10': 'SR-07', 'WR-05': 'SR-07', 'EV-05': 'SR-07' },
  ...{ 'DC-02': 'DC-01', 'EV-03': 'EV-02', 'OO-02': 'OO-01' },
  ...{ 'GD-03': 'GD-01', 'GN-02': 'GN-01', 'GN-03': 'GN-01' },
  ...{ 'F32-D': 'F31-D', 'F32-H': 'F31-G', 'F32-I': 'F31-G' },
}

function of(flow: string, section: string, all: readonly string[]): readonly Criterion[] {
  return all.map((says, at) => {
    const id = `${flow}/AC${at + 1}`
    const figures = FIGURES[id]
    const source = `EPRI 3002014619 ${section}`
    return { id, says, source, ...(figures === undefined ? {} : { figures }) }
  })
}

function guarantee(number: number, says: string): readonly Criterion[] {
  return [{ id: `G-AC${number}`, says, source: 'guarantees of delivery' }]
}
