// CA-01, SR-03: tariffs are published, and found by what a DER is eligible for at some time.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { fresh, tariff, WATTS } from './connection.fixture.ts'
import { openWays } from './ways.fixture.ts'

const test = suite('tariffs')

const ways = await openWays()
test.after(() => ways.gateway.close())

const eligible = (more: JsonObject) => ({
  eligibility: { controlRequired: false, monitoringRequired: false, ...more },
})
const during = (startDate: string, endDate?: string) => ({
  Tariffs: [{ startDate, ...(endDate === undefined ? {} : { endDate }) }],
})
const OF = {
  electricity: { ServiceCategory: { kind: 'electricity' } },
  gas: { ServiceCategory: { kind: 'gas' } },
}

/** title -> a tariff */
const TARIFFS: Readonly<Record<string, JsonObject>> = {
  solar: {
    ...OF.electricity,
    ...eligible({ derTechnology: ['photovoltaic'], minP: WATTS(1), maxP: WATTS('10') }),
  },
  wind: { ...OF.electricity, ...eligible({ derTechnology: ['wind'] }) },
  gas: { ...OF.gas },
  past: { ...OF.electricity, ...during('2024-01-01T00:00:00Z', '2025-01-01T00:00:00Z') },
  present: { ...OF.electricity, ...during('2026-01-01T00:00:00Z') },
  metered: { ...OF.electricity, ...eligible({ meterType: ['interval'] }) },
}

test.before(async () => {
  for (const [title, more] of Object.entries(TARIFFS))
    await ways.ok({ verb: 'create', noun: 'Tariffs', object: { mRID: fresh(), title, ...more } })
})

function titlesIn(content: Json | undefined): readonly string[] {
  const list = member(content, 'PricingStructure')
  return (Array.isArray(list) ? list : []).map((it: Json) => String(member(it, 'title'))).toSorted()
}

/** [parameters of the façade, the same in CIM, what is found] */
const QUERIES: readonly (readonly [string, JsonObject, readonly string[]])[] = [
  ['kind=gas', OF.gas, ['gas']],
  [
    'derTechnology=photovoltaic',
    eligible({ derTechnology: ['photovoltaic'] }),
    ['gas', 'metered', 'past', 'present', 'solar'],
  ],
  [
    'derTechnology=wind&kind=electricity&at=2026-07-14T08:00:00Z',
    {
      ...eligible({ derTechnology: ['wind'] }),
      ...OF.electricity,
      ...during('2026-07-14T08:00:00Z'),
    },
    ['metered', 'present', 'wind'],
  ],
  [
    'power=10000.0&kind=electricity',
    { ...eligible({ maxP: WATTS('10000.0', 'none') }), ...OF.electricity },
    ['metered', 'past', 'present', 'solar', 'wind'],
  ],
  [
    'power=10000.1&kind=electricity',
    { ...eligible({ maxP: WATTS('10.0001') }), ...OF.electricity },
    ['metered', 'past', 'present', 'wind'],
  ],
  [
    'at=2025-01-01T00:00:00Z&derTechnology=wind',
    { ...during('2025-01-01T00:00:00Z'), ...eligible({ derTechnology: ['wind'] }) },
    ['gas', 'metered', 'wind'],
  ],
  [
    'meterType=register&kind=electricity',
    { ...eligible({ meterType: ['register'] }), ...OF.electricity },
    ['past', 'present', 'solar', 'wind'],
  ],
]

for (const [query, object, due] of QUERIES)
  test(`SR-03, CA-01: ${query} finds ${due.join(', ')}, over JSON and over CIM`, async () => {
    const { json } = await ways.json('GET', `tariffs?${query}`)
    assert.equal(titlesIn(json), due)
    const reply = await ways.ok({ verb: 'get', noun: 'Tariffs', object })
    assert.equal(titlesIn(member(member(reply, 'payload'), 'Tariffs')), due)
  })

for (const query of ['power=strong', 'at=today', 'at=2026-07-14'])
  test(`CA-01: ${query} is refused, and says what may be written`, async () => {
    const { status, json } = await ways.json('GET', `tariffs?${query}`)
    assert.is(status, 400)
    assert.match(JSON.stringify(json), /may not be .*(?:in watts|such as 2026-07-14T08:00:00Z)/)
  })

test('CA-01: pages of a query go on where the one before ended', async () => {
  const first = await ways.json('GET', 'tariffs?kind=electricity&limit=3')
  const after = String(member(first.json, 'next'))
  const rest = await ways.json('GET', `tariffs?kind=electricity&limit=3&after=${after}`)
  const all = [...titlesIn(first.json), ...titlesIn(rest.json)].toSorted()
  assert.equal(all, ['metered', 'past', 'present', 'solar', 'wind'])
  assert.is(member(rest.json, 'next'), null)
})

const T1 = '2026-01-01T00:00:00Z'
const T2 = '2026-06-01T00:00:00Z'

for (const [what, more, rule] of [
  ['ends before it starts', during(T2, T1), 'TAR-INTERVAL'],
  ['has two tariffs at once', { Tariffs: [{ startDate: T1 }, { startDate: T2 }] }, 'TAR-INTERVAL'],
  [
    'asks for more power than it allows',
    eligible({ minP: WATTS(2), maxP: WATTS('1.999') }),
    'TAR-P',
  ],
] as const)
  test(`CA-01: a tariff that ${what} is not published`, async () => {
    const object = tariff(more)
    const said = await ways.refused({ verb: 'create', noun: 'Tariffs', object })
    assert.equal(said, { code: '6.1', rule, ids: [object.mRID] })
  })

test('CA-01: a code names one pricing structure', async () => {
  const [first, second] = [tariff({ code: 'TOU-1' }), tariff({ code: 'TOU-1' })]
  await ways.ok({ verb: 'create', noun: 'Tariffs', object: first })
  const said = await ways.refused({ verb: 'create', noun: 'Tariffs', object: second })
  assert.equal(said, { code: '6.1', rule: 'TAR-CODE', ids: [second.mRID, first.mRID] })
})

test.run()
