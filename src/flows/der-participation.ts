// What single DER delivered in a dispatch. It goes to customers, who neither know nor care which group their DER was in:
// the dispatch is named by an id that tells nothing, and a group by nothing at all (EPRI 3002014619 §3).

import { idKey } from '../envelope/mrid.ts'
import { isObject, member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { aboutDevice, deviceKeys, deviceText, unnamed } from './device.ts'
import { defineFlow } from './flow.ts'
import type { Around, Breach, Claim, Reference } from './flow.ts'
import { boundsOf, isForward } from './interval.ts'
import { RECORDED, REPORT_VERBS } from './record.ts'
import { keysOf, listOf, unknownAmong } from './reference.ts'
import type { Named } from './reference.ts'

export default defineFlow({
  ...RECORDED,
  id: 'der-participation',
  noun: 'DERParticipations',
  objectType: 'DERParticipation',
  verbs: [...REPORT_VERBS, 'get'],
  pattern: 'EV',
  about: 'tell what single DER delivered in a dispatch, without any DER group',
  source: 'F31-H, F32-G, EPRI 3002014619 §3',
  invariants,
  // A customer that comes in by itself serves its own devices, usage points and contracts.
  servedBy: (it) =>
    ['EndDevice', 'UsagePoint', 'CustomerAgreement'].flatMap((name) => member(it, name) ?? []),
  refers: (it) => [...namedIn(it), dispatchOf(it), ...groupsNamedBy(it)],
  claims: { inState: claims },
  // How much it was may be corrected; of what, and in which dispatch, is what is paid for.
  frozen: {
    rule: 'DPT-FROZEN',
    freezes: [
      {
        members: ['DERGroupDispatch', 'EndDevice', 'UsagePoint', 'CustomerAgreement', 'interval'],
      },
    ],
  },
})

function invariants(it: JsonObject, around: Around): readonly Breach[] {
  const device = member(it, 'EndDevice')
  const isBackward = !isForward(member(it, 'interval'))
  return [
    ...unnamed('EndDevice', deviceKeys(device)),
    ...unnamed('DERGroupDispatch', keysOf(member(it, 'DERGroupDispatch'))),
    ...(isBackward ? [BACKWARD] : []),
    ...unknownAmong(namedIn(it), around),
    ...groupsIn(it, around),
  ]
}

const BACKWARD: Breach = {
  rule: 'DPT-INTERVAL',
  code: '6.1',
  reason: 'The interval ends before it starts.',
}

function namedIn(participation: JsonObject): readonly Named[] {
  const of = (name: string) => member(participation, name)
  return [
    {
      noun: 'CustomerAgreements',
      object: of('CustomerAgreement'),
      code: '2.24',
      what: 'customer agreement',
    },
    { noun: 'UsagePointConfig', object: of('UsagePoint'), code: '2.12', what: 'usage point' },
  ]
}

/** Whatever in it is the mRID or a name of a group: that of its dispatch, one that is known, or a name that says so. */
function groupsIn(participation: JsonObject, around: Around): readonly Breach[] {
  const texts = textsIn(participation)
  const dispatch = around.find(dispatchOf(participation))?.object
  const dispatched = keysOf(member(dispatch, 'EndDeviceGroup'))
  const known = groupsNamedBy(participation).filter((it) => around.find(it) !== undefined)
  const said = texts.map(({ text }) => text).filter((it) => dispatched.includes(idKey(it)))
  const typed = namesIn(participation).filter((it) => /group/i.test(typeOf(it)))
  const found = [...said, ...known.flatMap((it) => keysOf(it.object)), ...typed.flatMap(nameOf)]
  return [...new Set(found)].map((it): Breach => ({
    rule: 'DPT-GROUP',
    code: '6.1',
    reason: `${it} names a DER group; a participation says nothing of groups.`,
    about: aboutDevice(member(participation, 'EndDevice')),
  }))
}

function dispatchOf(participation: JsonObject): Reference {
  return { noun: 'DERGroupDispatches', object: member(participation, 'DERGroupDispatch') }
}

/** Every id and name in it, as if it were that of a group. */
function groupsNamedBy(participation: JsonObject): readonly Reference[] {
  const noun = 'DERGroups'
  const ids = textsIn(participation).filter(({ name }) => name === 'mRID')
  return [
    ...ids.map(({ text }) => ({ noun, object: { mRID: text } })),
    ...namesIn(participation).map((it) => ({ noun, object: { Names: [it] } })),
  ]
}

/** mRIDs, and names of any kind, at whatever depth. */
function textsIn(it: Json): readonly { readonly name: string; readonly text: string }[] {
  if (Array.isArray(it)) return it.flatMap((one: Json) => textsIn(one))
  if (!isObject(it)) return []
  return Object.entries(it).flatMap(([name, value]) => {
    const isText = typeof value === 'string' && (name === 'mRID' || name === 'name')
    return isText ? [{ name, text: value }] : textsIn(value)
  })
}

function namesIn(it: Json): readonly JsonObject[] {
  if (Array.isArray(it)) return it.flatMap((one: Json) => namesIn(one))
  if (!isObject(it)) return []
  return [...listOf(it, 'Names'), ...Object.values(it).flatMap(namesIn)]
}

function typeOf(name: JsonObject): string {
  return String(member(member(name, 'NameType'), 'name') ?? '')
}

function nameOf(name: JsonObject): readonly string[] {
  const text = member(name, 'name')
  return typeof text === 'string' ? [text] : []
}

/** What a device delivered in a dispatch is told once, so that nobody is paid twice for it. */
function claims(participation: JsonObject, state: string): readonly Claim[] {
  if (state !== 'present') return []
  const device = member(participation, 'EndDevice')
  const [start] = boundsOf(member(participation, 'interval'))
  const dispatches = keysOf(member(participation, 'DERGroupDispatch'))
  return deviceKeys(device).flatMap((one) =>
    dispatches.map((it) => ({
      key: JSON.stringify([it, one, start]),
      rule: 'DPT-DUP',
      reason: `What the EndDevice ${deviceText(device)} delivered in the dispatch ${it} is told already.`,
    })),
  )
}
