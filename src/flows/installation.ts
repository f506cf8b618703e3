// The work by which the utility installs devices of an enrollment (EN-02): its works link to the enrollment, have one task for
// each device, and say in the end what has been installed, or that nothing could be.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { deviceKeyOf } from './device-key.ts'
import { devicesOf, isInstalledByUtility } from './enrollment-content.ts'
import type { Around, Breach, Move, Placed, Reference } from './flow.ts'
import { linked, linksIn } from './links.ts'
import type { Following } from './next.ts'
import { labelOf } from './notice.ts'
import { keysOf, listOf, typeOfName } from './reference.ts'
import { sameWork, statusKind, worksOf } from './work.ts'

const NOUN = 'ProgramEnrollments'
const LINK = 'ProgramEnrollment'

/** NameType under which a task says the serial number of the device that has been installed. */
const SERIAL = 'serialNumber'

/** The enrollment that a work belongs to: its own link, else that of the whole. */
function enrollmentOf(request: JsonObject, work: JsonObject): string | undefined {
  return linksIn(work, LINK)[0] ?? linksIn(request, LINK)[0]
}

/** The enrollments that a work request belongs to. */
export function enrollmentsIn(request: JsonObject): readonly Reference[] {
  return worksOf(request).flatMap((work) => {
    const object = linked(enrollmentOf(request, work))
    return object === undefined ? [] : [{ noun: NOUN, object }]
  })
}

/** What the end of such work has to say, whoever tells of it. */
export function installationBreaches(
  request: JsonObject,
  { find }: Pick<Around, 'find'>,
  before: Placed | undefined,
): readonly Breach[] {
  const old = worksOf(before?.object)
  return worksOf(request).flatMap((work, at): readonly Breach[] => {
    const isClosing =
      statusKind(work) === 'closed' && statusKind(sameWork(work, at, old)) !== 'closed'
    const object = linked(enrollmentOf(request, work))
    if (!isClosing || object === undefined) return []
    const outcome = outcomeOf(work)
    if (outcome === undefined) return [NO_OUTCOME]
    const due = devicesOf(find({ noun: NOUN, object })?.object).length || 1
    const said = installedBy(work).length
    if (outcome === 'failed' || said >= due) return []
    const reason = `Of ${due} devices that were to be installed WorkTasks say for ${said} which one it is.`
    return [{ rule: 'ENR-INSTALLED', code: '5.8', reason }]
  })
}

const NO_OUTCOME: Breach = {
  rule: 'ENR-INSTALLED',
  code: '5.8',
  reason: 'The work of an enrollment is closed with an ActivityRecord of type installed or failed.',
}

/** The tasks that say which device has been installed, in their order. */
function installedBy(work: JsonObject): readonly JsonObject[] {
  return listOf(work, 'WorkTasks').filter((it) => deviceKeyOf(it) !== undefined)
}

/** The last word about it. */
function outcomeOf(work: JsonObject): 'installed' | 'failed' | undefined {
  const types = listOf(work, 'ActivityRecords')
    .toSorted((a, b) => recordedAt(a) - recordedAt(b))
    .map((it) => member(it, 'type'))
  return types.filter((it) => it === 'installed' || it === 'failed').at(-1)
}

function recordedAt(record: JsonObject): number {
  return Date.parse(String(member(record, 'createdDateTime')))
}

/** Requested, done or not, given up: each a step of the enrollment. */
export function installationMoves(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly Move[] {
  const old = worksOf(before)
  return worksOf(after).flatMap((work, at): readonly Move[] => {
    const object = linked(enrollmentOf(after, work))
    const [was, is] = [statusKind(sameWork(work, at, old)), statusKind(work)]
    if (object === undefined || was === is) return []
    const move = { noun: NOUN, object, optional: true } as const
    if (is === 'cancelled') return was === undefined ? [] : [{ ...move, trigger: 'cancel' }]
    if (is !== 'closed') return was === undefined ? [{ ...move, trigger: 'workRequested' }] : []
    if (outcomeOf(work) === 'failed') return [{ ...move, trigger: 'installFailed' }]
    return [{ ...move, trigger: 'installed', change: (it) => withDevices(it, work) }]
  })
}

/** The devices that have been installed, each in the place of the one that was to be. */
function withDevices(enrollment: JsonObject, work: JsonObject): JsonObject {
  const tasks = installedBy(work)
  return {
    ...enrollment,
    EndDevices: devicesOf(enrollment).map((it, at) => withTask(it, tasks[at])),
  }
}

function withTask(device: JsonObject, task: JsonObject | undefined): JsonObject {
  const names = listOf(task, 'Names')
  const key = names.find((it) => deviceKeyOf({ Names: [it] }) !== undefined)
  const serial = names.find((it) => typeOfName(it) === SERIAL)
  return {
    ...device,
    ...(key === undefined ? {} : { Names: [...listOf(device, 'Names'), key] }),
    ...(serial === undefined ? {} : { serialNumber: member(serial, 'name') ?? '' }),
  }
}

/** EN-02: what the utility installs is requested when the application is looked at. */
export const INSTALLATION: Following = {
  when: 'it is validated, and the utility installs its devices',
  source: 'EN-02',
  from: 'cpm',
  verb: 'create',
  noun: 'WorkRequests',
  dueIn: ['validating'],
  objects: (before, after, making) => {
    const isDue = after.state === 'validating' && before?.state !== 'validating'
    return isDue && isInstalledByUtility(after.object)
      ? [workRequest(after.object, making.newId, making.now)]
      : []
  },
}

function workRequest(enrollment: JsonObject, newId: () => string, now: string): JsonObject {
  const statusKind_ = 'waitingOnApproval'
  const [id = ''] = keysOf(enrollment)
  const [customer] = keysOf(member(enrollment, 'Customer'))
  const name = (type: string, it: string) => ({ name: it, NameType: { name: type } })
  return {
    mRID: newId(),
    Names: [name(LINK, id), ...(customer === undefined ? [] : [name('customer', customer)])],
    Work: [
      {
        mRID: newId(),
        kind: 'connect',
        lastModifiedDateTime: now,
        requestDateTime: now,
        statusKind: statusKind_,
        WorkTasks: devicesOf(enrollment).map((it) => ({
          mRID: newId(),
          instruction: `Install ${String(member(it, 'specification') ?? member(it, 'deviceType') ?? 'the device')} at usage point ${labelOf(member(enrollment, 'UsagePoint'))}, and write its NIC id into the Names of the task.`,
          subject: `Installation for enrollment ${String(member(enrollment, 'transactionId'))}`,
          taskKind: 'install',
        })),
      },
    ],
  }
}
