// What an operator is told of a request that the DERMS has refused, and for which request a refusal counts, as pure functions.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Around, Placed } from './flow.ts'
import { ADD_REFUSED, naming, notUndone, refusedFor } from './group-compensation.ts'
import { isRestored, restoring } from './group-contracts.ts'
import { DISSOLVE_REFUSED, dissolveRefused, notRestored, restored } from './group-restoring.ts'

const test = suite('flows: compensation of groups')

const request = (action: string): JsonObject => ({
  mRID: 'q',
  action,
  EndDeviceGroup: { mRID: 'g' },
  EndDevices: [{ mRID: 'd' }],
})

/** A device is registered at one usage point; as many agreements are there as are given. */
function knowing(agreements: readonly JsonObject[], open?: Placed): Around['find'] {
  return ({ noun, claim }) => {
    const at = claim?.place ?? 0
    if (noun === 'DERRegistrations')
      return { state: 'present', object: { UsagePoint: { mRID: 'u' } } }
    if (noun === 'CustomerAgreements' && agreements[at] !== undefined)
      return { state: 'active', object: agreements[at] }
    return noun === 'DERGroupRequests' ? open : undefined
  }
}

const agreement = (mRID: string, ...groups: readonly string[]): JsonObject => ({
  mRID,
  EndDeviceGroups: groups.map((it) => ({ mRID: it })),
})

test('the alarm names the agreements that name the group, and no others', () => {
  const find = knowing([agreement('a1', 'g'), agreement('a2', 'other'), agreement('a3', 'x', 'g')])
  assert.equal(
    naming(request('form'), find).map((it) => it['mRID']),
    ['a1', 'a3'],
  )
  const { reason, mend } = ADD_REFUSED.said(request('form'), find)
  assert.match(
    reason,
    'refused the group g after contracts were changed (request q); it is named by the agreements a1, a3.',
  )
  assert.match(
    mend,
    'POST /api/v1/der-group-requests/q:undo-contracts; or mend what the DERMS refuses, and create DERGroups',
  )
})

test('where no agreement is known the contracts are elsewhere; of members that were to be added it is said so', () => {
  const { reason, mend } = ADD_REFUSED.said(request('addMembers'), knowing([]))
  assert.match(reason, 'further members of the group g')
  assert.match(reason, 'no agreement known here names it')
  assert.match(
    mend,
    /^Put the contracts back where they are kept, then POST .* change DERGroups again/,
  )
})

test('of many agreements some are named, and the others counted', () => {
  const many = Array.from({ length: 2 }, (_, n) => ({ mRID: `d${n}` }))
  const all = Array.from({ length: 16 }, (_, n) => n)
  const find: Around['find'] = ({ noun, claim }) => {
    if (noun === 'DERRegistrations')
      return { state: 'present', object: { UsagePoint: { mRID: String(claim?.key) } } }
    const place = all[claim?.place ?? 0]
    return noun === 'CustomerAgreements'
      ? { state: 'active', object: agreement(`${claim?.key} ${place}`, 'g') }
      : undefined
  }
  const { reason } = ADD_REFUSED.said({ ...request('form'), EndDevices: many }, find)
  assert.match(reason, / and 12 more\.$/)
})

test('a refusal counts for the open request that it has come from, while contracts are changed for it', () => {
  const device = { mRID: 'd' }
  const moves = (action: 'form' | 'addMembers', open: Placed | undefined, members: JsonObject[]) =>
    refusedFor(action)({ mRID: 'g', EndDevices: members }, knowing([], open)).map(
      (it) => it.trigger,
    )
  const at = (state: string, action: string): Placed => ({ state, object: request(action) })
  assert.equal(moves('form', at('contracted', 'form'), []), ['refuse'])
  assert.equal(moves('addMembers', at('contracted', 'addMembers'), [device]), ['refuse'])
  assert.equal(moves('addMembers', at('contracted', 'addMembers'), [{ mRID: 'e' }]), [])
  assert.equal(moves('form', at('contracted', 'addMembers'), [device]), [])
  assert.equal(moves('form', at('approved', 'form'), []), [])
  assert.equal(moves('form', undefined, []), [])
})

test('GRP-UNDO: one breach for each agreement that names the group, where agreements are kept', () => {
  const find = knowing([agreement('a1', 'g'), agreement('a2', 'g')])
  const around = (isKept: boolean): Around => ({
    ...{ now: '', find, keeps: () => isKept, makes: () => true },
  })
  const said = notUndone('undoContracts', request('form'), around(true))
  assert.equal(
    said.map(({ rule, about }) => [rule, isObject(about?.object) && member(about.object, 'mRID')]),
    [
      ['GRP-UNDO', 'a1'],
      ['GRP-UNDO', 'a2'],
    ],
  )
  assert.equal(notUndone('undoContracts', request('form'), around(false)), [])
  assert.equal(notUndone('addToDERMS', request('form'), around(true)), [])
})

test('GD-04: a refusal counts for the open request whose contracts are released, and for those whom it takes out', () => {
  const moves = (state: string, action: string, members: readonly string[] = []) => {
    const find = knowing([], { state, object: request(action) })
    const EndDevices = members.map((mRID) => ({ mRID }))
    return dissolveRefused({ mRID: 'g', EndDevices }, find).map((it) => it.trigger)
  }
  const due = ['refuseDissolve']
  assert.equal(moves('contractsReleased', 'dissolve'), due)
  assert.equal(moves('contractsReleased', 'form'), due)
  assert.equal(moves('contractsReleased', 'removeMembers', ['d', 'e']), due)
  assert.equal(moves('contractsReleased', 'removeMembers', ['e']), [])
  assert.equal(moves('dissolving', 'dissolve'), [])
  assert.equal(dissolveRefused({ mRID: 'g' }, knowing([])), [])
})

const STEPS = [
  ['restoreContracts', 'dissolve'],
  ['restoreContracts', 'removeMembers'],
  ['keepGroup', 'form'],
] as const

test('GD-03: who stays in a group is under an agreement, where agreements are kept; which step it is hangs on the request', () => {
  const around = (isKept: boolean, ...all: readonly JsonObject[]): Around => ({
    ...{ now: '', keeps: () => isKept, makes: () => true, find: knowing(all) },
  })
  const rules = (step: string, action: string, it: Around) =>
    notRestored(step, request(action), it).map(({ rule, about }) => [
      rule,
      member(about?.object, 'mRID'),
    ])
  for (const [step, action] of STEPS) {
    assert.equal(rules(step, action, around(true)), [['GRP-CONTRACT', 'd']])
    assert.equal(rules(step, action, around(true, agreement('a1'))), [])
    assert.equal(rules(step, action, around(false)), [])
    const other = step === 'keepGroup' ? 'restoreContracts' : 'keepGroup'
    assert.equal(rules(other, action, around(false)), [['GRP-KEEP', undefined]])
    assert.is(restored(step, { EndDevices: [{ mRID: 'd' }] }), 'restore')
    assert.is(restored(step, {}), 'restoreEmpty')
  }
  assert.equal(rules('notifyDERMS', 'dissolve', around(true)), [])
  assert.is(restored('notifyDERMS', {}), undefined)
})

test('GD-03: agreements are to name the group again, and are waited for where none is known', () => {
  const find = knowing([agreement('a1', 'g'), agreement('a2', 'other')])
  assert.equal(restoring(request('dissolve'), find), [
    { mRID: 'a2', EndDeviceGroups: [{ mRID: 'g' }] },
  ])
  const left = restoring(request('dissolve'), knowing([]))
  assert.match('missing' in left ? left.missing : '', 'No agreement in force is known here for d')
  assert.equal(
    [[], [agreement('a1')], [agreement('a1', 'g')]].map((it) =>
      isRestored(request('dissolve'), knowing(it)),
    ),
    [false, false, true],
  )
  const { reason, mend } = DISSOLVE_REFUSED.said(request('removeMembers'), find)
  assert.match(reason, 'no more by the agreements a2.')
  assert.match(mend, 'execute the OperationSet on DERGroups again; or put the group back into')
})

test.run()
