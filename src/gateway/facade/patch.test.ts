import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Standing } from '../json-findings.ts'
import { patchMessage } from './patch.ts'

const test = suite('patch')

const BEFORE: JsonObject = { mRID: 'g', description: 'old', EndDevices: [{ mRID: 'x' }] }
const CONTENT = {
  noun: 'Groups',
  element: 'Group',
  named: [],
  hasId: true,
  required: [],
  ns: 'urn:groups',
}
const patch = (it: Json) => patchMessage({ content: CONTENT, before: BEFORE, patch: it })
const MEMBERS: Standing = { below: ['Groups', 'Group'], around: '' }
const change = (object: JsonObject, standing = MEMBERS) => ({
  verb: 'change',
  noun: 'Groups',
  payload: { Groups: { Group: [object] } },
  standing,
})

/** all ways to write the same change, and where each stands in it */
const FORMS: readonly (readonly [Json, Standing])[] = [
  [{ description: 'new' }, MEMBERS],
  [{ Group: [{ description: 'new' }] }, { below: ['Groups'], around: '' }],
  [{ Groups: { Group: [{ description: 'new' }] } }, { below: ['Groups'], around: '/Groups' }],
  [{ Groups: { description: 'new' } }, { below: ['Groups', 'Group'], around: '/Groups' }],
  [{ description: 'new', mRID: 'g' }, MEMBERS],
]

for (const [it, standing] of FORMS)
  test(JSON.stringify(it), () =>
    assert.equal(patch(it), change({ description: 'new', mRID: 'g' }, standing)),
  )

test('a member may have the name of the noun', () => {
  const members = { Groups: [{ mRID: 'x' }] }
  assert.equal(patch(members), change({ ...members, mRID: 'g' }))
})

test('names what null deletes with the value that it has', () => {
  const made = patch({ EndDevices: null })
  assert.ok('payload' in made)
  assert.equal(made.payload, {
    OperationSet: {
      enforceMsgSequence: true,
      enforceTransactionalIntegrity: true,
      Operation: [
        {
          operationId: 1,
          noun: 'Groups',
          verb: 'delete',
          elementOperation: true,
          Groups: { Group: [{ mRID: 'g', EndDevices: [{ mRID: 'x' }] }] },
        },
      ],
    },
  })
})

test('deletes first and changes then, both or neither', () => {
  const made = patch({ EndDevices: null, description: 'new' })
  assert.match(JSON.stringify(made), /"verb":"delete".*"verb":"change"/)
})

test('takes null for what is not there as done', () => {
  assert.equal(patch({ version: null }), change({ mRID: 'g' }))
})

/** [body, rule] */
const REFUSED: readonly (readonly [Json, string])[] = [
  ['x', 'PATCH-BODY'],
  [null, 'PATCH-BODY'],
  [[], 'PATCH-BODY'],
  [{ Group: [] }, 'PATCH-BODY'],
  [{ Group: [{}, {}] }, 'PATCH-BODY'],
  [{ Group: ['x'] }, 'PATCH-BODY'],
  [{ mRID: null }, 'PATCH-IDENTITY'],
  [{ Names: null }, 'PATCH-IDENTITY'],
  [{ mRID: 'h' }, 'ID-1'],
  [{ mRID: 1 }, 'ID-1'],
]

for (const [body, rule] of REFUSED) {
  test(`refuses ${JSON.stringify(body)}`, () => {
    const made = patch(body)
    assert.is('refusal' in made ? made.refusal.rule : '', rule)
  })
}

test.run()
