// The paths of the flow catalogue are public: each of them is served, and stands in the document, under its own name or as one that
// is said to be the same.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openFixture } from '../gateway.fixture.ts'

const test = suite('openapi: paths of the catalogue')

const gateway = await openFixture()
test.after(() => gateway.close())

type Any = any

/** [row, method, path, values that parameters of the path have to take] */
const ROWS = [
  ['EN-01', 'post', 'program-enrollments:batch', []],
  ['EN-02', 'post', 'work-requests', []],
  ['EN-03', 'put', 'program-subscriptions/{mRID}', []],
  ['EN-04', 'post', 'program-subscriptions/{mRID}:{trigger}', ['ack']],
  ['EN-05', 'post', 'program-subscriptions/{mRID}:{trigger}', ['close']],
  ['EN-06', 'post', 'program-subscriptions/{mRID}/{list}:{trigger}', ['devices', 'replace']],
  ['DC-01', 'post', 'device-status-checks', []],
  ['DC-02', 'post', 'device-status-checks/{mRID}:{trigger}', ['reply']],
  ['SC-01', 'put', 'files/{kind}/{name}', ['device-scores']],
  ['SC-02', 'get', 'operation-reports', []],
  ['RS-01', 'post', 'program-events/{mRID}/reservations', []],
  ['EV-01', 'post', 'program-events', []],
  ['EV-02', 'post', 'program-events/{mRID}/{list}/{item}:{step}', ['stages', 'start', 'complete']],
  ['EV-03', 'post', 'program-events/{mRID}:{trigger}', ['cancel']],
  ['EV-04', 'put', 'files/{kind}/{name}', ['event-outcomes']],
  ['MD-01', 'put', 'network-locations/{mRID}', []],
  ['MD-01', 'put', 'files/{kind}/{name}', ['network-locations']],
  ['MD-02', 'put', 'programs/{mRID}', []],
  ['MD-03', 'put', 'aggregators/{mRID}', []],
  ['MD-04', 'put', 'customers/{mRID}', []],
  ['LF-01', 'post', 'load-reduction-forecasts', []],
  ['ST-02', 'post', 'avoided-quantities', []],
  ['ST-03', 'post', 'price-series', []],
  ['ST-04', 'get', 'program-settlements', []],
  ['ST-06', 'post', 'settlement-credits', []],
  ['UN-01', 'post', 'device-unavailabilities', []],
  ['OO-01', 'post', 'event-participations/{mRID}:{trigger}', ['opt-out']],
] as const

const { text } = await gateway.ask('GET', '/openapi.json')
const document: Any = JSON.parse(text)

/** The item of a path, or that of the one that it is said to be the same as. */
function itemAt(path: string): Any {
  const said = Object.values<Any>(document.paths).find((it) =>
    String(it.description ?? '').includes(`\`${path}\``),
  )
  return document.paths[path] ?? said
}

for (const [row, method, path, values] of ROWS)
  test(`${row}: ${method} ${path} ${values.join(' ')}`, () => {
    const item = itemAt(`/api/v1/${path}`)
    const parameters: Any[] = [...(item?.parameters ?? []), ...(item?.[method]?.parameters ?? [])]
    const known = parameters.flatMap((it) => it.schema?.enum ?? [])
    assert.ok(item?.[method], 'it is not announced')
    for (const it of values) assert.ok(known.includes(it), it)
  })

test('a name that is said to be the same is served', async () => {
  for (const name of ['device-status-checks', 'customers'])
    assert.is((await gateway.ask('GET', `/api/v1/${name}`)).status, 200, name)
})

test.run()
