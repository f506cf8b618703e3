import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { problemLines } from './config.fixture.ts'

const test = suite('across')

const ENVIRONMENT = { KEY: 'k' }

/** [what is wrong, what is told] */
const WRONG: readonly (readonly [string, string])[] = [
  [
    'parties: {a: {auth: [{apiKey: "${NONE}"}]}}',
    '1:31: parties.a.auth[0].apiKey: the environment variable NONE is not set',
  ],
  [
    'parties: {a: {auth: [{bearer: {file: /none}}]}}',
    '1:31: parties.a.auth[0].bearer: /none cannot be read: ENOENT',
  ],
  [
    'parties: {a: {auth: [{apiKey: "${KEY}"}]}, b: {auth: [{bearer: "${KEY}"}]}}',
    '1:55: parties.b.auth[0]: a proves itself by the same',
  ],
  [
    'routes: [{to: dsm}]\nparties: {dms: {}}',
    '1:15: routes[0].to: there is no party dsm; there are dms',
  ],
  ['routes: [{to: dms}]\nparties: {dms: {}}', '1:15: routes[0].to: dms has no binding'],
  [
    'routes: [{to: local}, {to: local, name: x}]',
    '1:23: routes[1]: routes[0] before it takes every message',
  ],
  ['partyAliases: {a: b, b: a}', '1:19: partyAliases.a: it leads back to itself'],
]

test('what is wrong between parties and routes is told with its place and its remedy', async () => {
  for (const [text, due] of WRONG) {
    const [first = 'nothing'] = await problemLines(text, ENVIRONMENT)
    assert.ok(first.startsWith(due), `${text}\n  due: ${due}\n  is:  ${first}`)
  }
})

test('it is told also where something else is wrong, with the index that it has in the file', async () => {
  const text = `
limits: {depth: 1}
parties: {dms: {bindng: 1}}
routes: [{to: 5}, {to: wms}]
`
  assert.equal(
    (await problemLines(text)).map((it) => it.slice(0, it.indexOf(';'))),
    [
      '2:17: limits.depth: 1 is not possible',
      '3:17: parties.dms.bindng: there is no such key',
      '4:15: routes[0].to: a number stands here',
      '4:24: routes[1].to: there is no party wms',
    ],
  )
})

test('nothing is told that follows from something else that is wrong', async () => {
  const text = 'parties: {dms: {binding: {type: cim-xml, ur: x}}}\nroutes: [{to: dms}]'
  assert.equal(await problemLines(text), [
    '1:42: parties.dms.binding.ur: there is no such key; did you mean url.',
  ])
})

test.run()
