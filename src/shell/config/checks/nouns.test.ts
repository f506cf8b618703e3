import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Standing } from '../../../schema/standing.ts'
import { FILE, loaded } from '../config.fixture.ts'
import { problemText } from '../problem.ts'
import type { Nouns } from './nouns.ts'

const test = suite('nouns')

/** What stands where in the only noun that there is. */
const STANDING: Readonly<Record<string, Standing>> = {
  'Thing.mRID': { kind: 'there', required: false, simple: true },
  'Thing.name': { kind: 'there', required: true, simple: true },
  'Thing.Part': { kind: 'there', required: false, simple: false },
  'Thing.mRd': { kind: 'absent', name: 'mRd', names: ['mRID', 'name'] },
  'Thing.Open.x': { kind: 'open' },
}

const NOUNS: Nouns = {
  isNoun: (noun) => noun === 'Things',
  suggestNoun: (noun) => (noun === 'Thing' ? 'Things' : undefined),
  standing: (noun, path) => (noun === 'Things' ? STANDING[path.join('.')] : undefined),
}

async function beside(text: string): Promise<readonly string[]> {
  const { beside: told, problems } = await loaded(text)
  if (told === undefined) throw new Error(JSON.stringify(problems))
  return told(NOUNS).map((it) => {
    assert.is(it.severity, 'warning')
    return problemText(it).replace(`${FILE}:`, '')
  })
}

test('a noun that no schema has is told wherever it stands', async () => {
  const text = `
parties:
  a: {profile: {nouns: [Things, Thing]}, topics: [Thing/*, Things/1, "*/*", messages/*]}
routes: [{when: {noun: [Things, Other]}, to: local}, {when: {noun: Thing}, to: local}]
visibility: [{party: a, deny: [Things.Thing.mRID, Other.x]}]
awaiting: [{name: x, after: {noun: Other}, expect: {noun: Thing}, key: CorrelationID, within: 1h}]
`
  assert.equal(await beside(text), [
    '3:33: parties.a.profile.nouns[1]: no schema has the noun Thing; did you mean Things.',
    '3:51: parties.a.topics[0]: no schema has the noun Thing; did you mean Things.',
    '4:33: routes[0].when.noun[1]: no schema has the noun Other; import one, or leave it out.',
    '4:68: routes[1].when.noun: no schema has the noun Thing; did you mean Things.',
    '5:51: visibility[0].deny[1]: no schema has the noun Other; import one, or leave it out.',
    '6:36: awaiting[0].after.noun: no schema has the noun Other; import one, or leave it out.',
    '6:59: awaiting[0].expect.noun: no schema has the noun Thing; did you mean Things.',
  ])
})

test('the path of an order, or of what is awaited, has to lead to a value', async () => {
  const text = `
routes:
  - {when: {noun: Things, verb: get}, to: local, order: "key:Thing.mRID"}
  - {when: {noun: [Things]}, to: local, order: "key:Thing.mRd"}
awaiting:
  - {name: x, after: {noun: Things}, expect: {noun: Things}, key: Thing.Part, within: 1h}
  - {name: y, after: {noun: Things}, expect: {}, key: CorrelationID, within: 1h}
  - {name: z, after: {}, expect: {noun: Things}, key: Thing.Open.x, within: 1h}
`
  assert.equal(await beside(text), [
    '4:48: routes[1].order: Things has no mRd there; did you mean mRID.',
    '6:67: awaiting[0].key: Thing.Part of Things holds elements and no value; go on to one that has a value.',
  ])
})

test('an element that is kept from a party has to be there, and to be one that can be left out', async () => {
  const text = `
parties: {a: {}}
visibility: [{party: a, deny: [Things.Thing.mRID, Things.Thing.mRd, Things.Thing.name, Things.Thing.Open.x]}]
`
  assert.equal(await beside(text), [
    '3:51: visibility[0].deny[1]: Things has no mRd there; did you mean mRID.',
    '3:69: visibility[0].deny[2]: the schema of Things requires Thing.name, so what is left is invalid and will be parked; deny what it stands in.',
  ])
})

test('what the schemas have against it is known also where something else is wrong across', async () => {
  const { config, beside: told } = await loaded('routes: [{when: {noun: Thing}, to: nobody}]')
  assert.is(config, undefined)
  assert.is(told?.(NOUNS).length, 1)
})

test.run()
