import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { dialectNamed, resourceFor, vendorRoutes } from './index.ts'

const test = suite('dialects')

test('a dialect is found by its name', () => {
  assert.ok(dialectNamed('example'))
  assert.is(dialectNamed('Example'), undefined)
  assert.is(dialectNamed('constructor'), undefined)
})

test('a resource is found by its noun', () => {
  assert.type(resourceFor('example', 'DERGroups')?.toCim, 'function')
  assert.is(resourceFor('example', 'MeterReadings'), undefined)
  assert.is(resourceFor('nobody', 'DERGroups'), undefined)
})

test('every route stands below its dialect, once', () => {
  const routes = vendorRoutes()
  const keys = routes.map((it) => `${it.method} ${it.path}`)
  assert.is(new Set(keys).size, keys.length)
  assert.ok(routes.every((it) => it.path.startsWith(`/vendor/${it.dialect}/`)))
  assert.ok(keys.includes('PATCH /vendor/example/groups/{groupId}'))
})

test.run()
