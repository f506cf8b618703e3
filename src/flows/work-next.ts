// What has to be sent about works: the customer is told of each that is scheduled or closed (WR-05, EPRI 3002014619 §5.6).

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Placed } from './flow.ts'
import type { Following, Making } from './next.ts'
import { NOTICE, customerAt, labelOf, noticeTo } from './notice.ts'
import { listOf } from './reference.ts'
import { sameWork, statusKind, worksOf } from './work.ts'

/** @param objectType of the order or request that the works stand in */
export function workNotices(objectType: string): readonly Following[] {
  const notices = (status: string, trigger: string, said: string): Following => ({
    ...NOTICE,
    when: `a work is ${status}`,
    source: 'WR-05',
    refers: (it) => worksOf(it).flatMap((work) => customersOf(work, it).map(customerAt)),
    objects: (before, after, making) =>
      worksOf(after.object)
        .filter((work, at) => hasCome(work, sameWork(work, at, worksOf(before?.object)), status))
        .flatMap((work) => notice(work, after, { objectType, trigger, said, making })),
  })
  return [
    notices('scheduled', 'workScheduled', 'is scheduled'),
    notices('closed', 'workCompleted', 'is completed'),
  ]
}

function hasCome(work: JsonObject, before: JsonObject | undefined, status: string): boolean {
  return statusKind(work) === status && statusKind(before) !== status
}

interface Telling {
  readonly objectType: string
  /** of the notice */
  readonly trigger: string
  readonly said: string
  readonly making: Making
}

/** None where nobody says whose work it is. */
function notice(work: JsonObject, { object }: Placed, it: Telling): readonly JsonObject[] {
  const known = customersOf(work, object)
  const [customer] = [...known.filter((one) => isKnown(one, it.making)), ...known]
  if (customer === undefined) return []
  const { objectType, trigger, said, making } = it
  const isOwn = typeof member(work, 'mRID') === 'string'
  const about = isOwn ? { about: work, objectType: 'Work' } : { about: object, objectType }
  const text = `Your work ${labelOf(isOwn ? work : object)} ${said}.`
  return [noticeTo(customer, { trigger, text, ...about }, making)]
}

/** The customers of the work, else whoever the whole names as its customer; that name may be an mRID. */
function customersOf(work: JsonObject, whole: JsonObject): readonly JsonObject[] {
  const own = listOf(work, 'Customers')
  if (own.length > 0) return own
  const names = listOf(whole, 'Names').filter(
    (it) => member(member(it, 'NameType'), 'name') === 'customer',
  )
  return names.flatMap((it) => {
    const name = member(it, 'name')
    return typeof name === 'string' ? [{ Names: [{ name }] }, { mRID: name }] : []
  })
}

function isKnown(customer: JsonObject, making: Making): boolean {
  return making.find(customerAt(customer)) !== undefined
}
