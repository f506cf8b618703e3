// How well devices are suited for events. Of each device there is one score for a programme, and it is the newest: one that was
// worked out earlier never takes its place, however late it comes (SC-01, K3).

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceKeys, unnamed } from './device.ts'
import { NIC_ID } from './device-key.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Placed } from './flow.ts'
import { boundsOf } from './interval.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf, listOf, nameText, typeOfName } from './reference.ts'
import { only } from './role.ts'

export default defineFlow({
  ...RECORDED,
  id: 'device-score',
  noun: 'DeviceScores',
  objectType: 'DeviceScore',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about:
    'tell the scores of devices, one for each device and programme; one that was worked out earlier never overwrites a later one',
  source: 'SC-01, K3',
  by: only('cpm'),
  criteria: {
    parameters: {
      device: {
        about: 'NIC id of the device whose scores are wanted.',
        like: (name) => ({ EndDevice: { Names: [{ name }] } }),
      },
      headEnd: {
        about: 'Head-end system of that device.',
        like: (name) => ({ EndDevice: { headEnd: name } }),
      },
    },
    isLike,
  },
  invariants,
  claims: { always: claims },
})

function invariants(
  after: JsonObject,
  _around: Around,
  before: Placed | undefined,
): readonly Breach[] {
  return [
    ...unnamed('EndDevice', deviceKeys(member(after, 'EndDevice'))),
    ...older(after, before?.object),
  ]
}

/** Of two of the same instant the one that comes later counts: nobody can tell which is right. */
function older(after: JsonObject, before: JsonObject | undefined): readonly Breach[] {
  const [is, was] = [timeOf(after), timeOf(before)]
  if (is === undefined || was === undefined || instantOf(is) >= instantOf(was)) return []
  return [
    {
      rule: 'SCO-OLD',
      code: '6.1',
      reason: `The score was worked out at ${is}, and the one that is known at ${was}.`,
      about: aboutDevice(member(after, 'EndDevice')),
    },
  ]
}

function timeOf(score: JsonObject | undefined): string | undefined {
  const time = member(score, 'calculatedDateTime')
  return typeof time === 'string' ? time : undefined
}

function instantOf(start: string): number {
  return boundsOf({ start })[0]
}

/** By the device key where there is one: what else a device is called may differ from sender to sender. */
function claims(score: JsonObject): readonly Claim[] {
  const device = member(score, 'EndDevice')
  const texts = deviceKeys(device)
  const [first = texts[0]] = keyNames(device)
  if (first === undefined) return []
  const programme = keysOf(member(score, 'DemandResponseProgram'))[0] ?? ''
  return [
    {
      key: JSON.stringify([first, programme]),
      rule: 'SCO-DUP',
      reason: `The EndDevice ${texts[0] ?? ''} has a score of this programme already, under another mRID.`,
    },
  ]
}

function keyNames(device: Json | undefined): readonly string[] {
  return listOf(device, 'Names')
    .filter((it) => typeOfName(it) === NIC_ID)
    .map(nameText)
}

/** By the name alone, or together with who gives it out. */
function isLike(wanted: JsonObject, score: JsonObject): boolean {
  const asked = member(wanted, 'EndDevice')
  const names = listOf(asked, 'Names').map((it) => member(it, 'name'))
  const headEnd = member(asked, 'headEnd')
  return listOf(member(score, 'EndDevice'), 'Names').some((it) => {
    const by = member(member(member(it, 'NameType'), 'NameTypeAuthority'), 'name')
    const isNamed = names.length === 0 || names.includes(member(it, 'name'))
    return isNamed && (headEnd === undefined || headEnd === by)
  })
}
