// What has to be sent about works: the customer is told of each that Engineering has rejected, and of each that is scheduled
// or closed (WR-05, EPRI 3002014619 §5.6).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Placed } from './flow.ts'
import type { Following, Making } from './next.ts'
import { NOTICE, customerAt, labelOf, noticeTo } from './notice.ts'
import { listOf, typeOfName } from './reference.ts'
import { sameWork, statusKind, worksOf } from './work.ts'

/** @param objectType of the order or request that the works stand in */
export function workNotices(objectType: string): readonly Following[] {
  return [
    notices('a work is scheduled', (before, now) => hasCome(before, now, 'scheduled'), {
      ...{ objectType, trigger: 'workScheduled', said: 'is scheduled' },
    }),
    notices('a work is closed', (before, now) => hasCome(before, now, 'closed'), {
      ...{ objectType, trigger: 'workCompleted', said: 'is completed' },
    }),
  ]
}

/** Told as changed, it is the decision that was waited for; told as canceled, somebody does without it and knows. */
export const REJECTED_WORK: Following = notices(
  'Engineering has rejected a work',
  (before, now, { verb }) =>
    statusKind(before) === 'waitingOnApproval' &&
    statusKind(now) === 'cancelled' &&
    verb === 'changed',
  { objectType: 'WorkRequest', trigger: 'rejected', said: 'cannot be done' },
)

type Happened = (before: JsonObject | undefined, now: JsonObject, making: Making) => boolean

/** One notice for each work that this has happened to. */
function notices(when: string, hasHappened: Happened, telling: Telling): Following {
  return {
    ...NOTICE,
    when,
    source: 'WR-05',
    refers: (it) => worksOf(it).flatMap((work) => customersOf(work, it).map(customerAt)),
    objects: (before, after, making) =>
      worksOf(after.object)
        .filter((work, at) =>
          hasHappened(sameWork(work, at, worksOf(before?.object)), work, making),
        )
        .flatMap((work) => notice(work, after, telling, making)),
  }
}

function hasCome(before: JsonObject | undefined, now: JsonObject, status: string): boolean {
  return statusKind(now) === status && statusKind(before) !== status
}

interface Telling {
  readonly objectType: string
  /** of the notice */
  readonly trigger: string
  readonly said: string
}

/** None where nobody says whose work it is. */
function notice(
  work: JsonObject,
  { object }: Placed,
  { objectType, trigger, said }: Telling,
  making: Making,
): readonly JsonObject[] {
  const known = customersOf(work, object)
  const [customer] = [...known.filter((one) => isKnown(one, making)), ...known]
  if (customer === undefined) return []
  const isOwn = typeof member(work, 'mRID') === 'string'
  const about = isOwn ? { about: work, objectType: 'Work' } : { about: object, objectType }
  const text = `Your work ${labelOf(isOwn ? work : object)} ${said}.`
  return [noticeTo(customer, { trigger, text, ...about }, making)]
}

/** The customers of the work, else whoever the whole names as its customer; that name may be an mRID. */
function customersOf(work: JsonObject, whole: JsonObject): readonly JsonObject[] {
  const own = listOf(work, 'Customers')
  if (own.length > 0) return own
  const names = listOf(whole, 'Names').filter((it) => typeOfName(it) === 'customer')
  return names.flatMap((it) => {
    const name = member(it, 'name')
    return typeof name === 'string' ? [{ Names: [{ name }] }, { mRID: name }] : []
  })
}

function isKnown(customer: JsonObject, making: Making): boolean {
  return making.find(customerAt(customer)) !== undefined
}
