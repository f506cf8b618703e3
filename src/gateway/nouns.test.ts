import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shippedSchemas } from './gateway.fixture.ts'
import { familyOf, nounOf, resourceNouns, resourceOf } from './nouns.ts'

const test = suite('nouns')

const schemas = await shippedSchemas

/** [noun, resource] */
const RESOURCES: readonly (readonly [string, string])[] = [
  ['EndDeviceControls', 'end-device-controls'],
  ['DERGroups', 'der-groups'],
  ['DERGroupForecastQueries', 'der-group-forecast-queries'],
  ['ServiceRequests', 'service-requests'],
  ['Files', 'files'],
]

for (const [noun, resource] of RESOURCES)
  test(`${noun} is ${resource}`, () => assert.is(resourceOf(noun), resource))

test('finds every noun by its resource, and no other', () => {
  for (const { noun } of schemas.catalogue.nouns) assert.is(nounOf(schemas, resourceOf(noun)), noun)
  assert.is(nounOf(schemas, 'bananas'), undefined)
})

test('queries have no resource, what they ask for has', () => {
  const nouns = resourceNouns(schemas)
  assert.ok(nouns.includes('DERGroups'))
  assert.not(nouns.includes('DERGroupQueries'))
})

/** [part, status, family] */
const FAMILIES = [
  ['5', 'shipped', 'IEC 61968-5'],
  ['5', 'imported', 'IEC 61968-5, imported'],
  ['', 'imported', 'Imported'],
  ['', 'draft', 'Drafts'],
] as const

for (const [part, status, family] of FAMILIES)
  test(`part ${part || 'none'}, ${status} is ${family}`, () => {
    assert.is(familyOf({ part, status }), family)
  })

test.run()
