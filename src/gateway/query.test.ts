// What a get finds, by whatever it names; over the store in memory.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import type { Reply } from './gateway.fixture.ts'
import { group, message, payload, payloadIds, queryFor } from './messages.fixture.ts'

const test = suite('query')

const A = 'a0000000-0000-4000-8000-00000000000a'
const B = 'b0000000-0000-4000-8000-00000000000b'
const F = 'f0000000-0000-4000-8000-00000000000f'

const gateway = await openFixture()
test.after(() => gateway.close())

const STATUS =
  '<DERMonitorableParameter><DERParameter>activePower</DERParameter><yMultiplier>k</yMultiplier><yUnit>W</yUnit><DERCurveData><nominalYValue>7</nominalYValue><timeStamp>2026-07-14T08:00:00Z</timeStamp></DERCurveData></DERMonitorableParameter>'
const FORECAST =
  '<DERMonitorableParameter><DERParameter>activePower</DERParameter><yMultiplier>k</yMultiplier><yUnit>W</yUnit><DispatchSchedule><curveStyleKind>constantYValue</curveStyleKind><startTime>2026-07-14T08:00:00Z</startTime><timeIntervalDuration>15</timeIntervalDuration><timeIntervalUnit>m</timeIntervalUnit><DERCurveData><intervalNumber>1</intervalNumber><nominalYValue>7</nominalYValue></DERCurveData></DispatchSchedule></DERMonitorableParameter>'
const WANTED =
  '<DERMonitorableParameter><DERParameter>activePower</DERParameter></DERMonitorableParameter><DispatchSchedule><curveStyleKind>constantYValue</curveStyleKind><numberOfIntervals>1</numberOfIntervals><startTime>2026-07-14T08:00:00Z</startTime><timeIntervalDuration>15</timeIntervalDuration><timeIntervalUnit>m</timeIntervalUnit></DispatchSchedule>'

const root = (noun: string, content: string) =>
  `<${noun} xmlns="http://iec.ch/TC57/2017/${noun}#">${content}</${noun}>`
const typed =
  '<Names><name>North</name><NameType><name>groupName</name><NameTypeAuthority><name>dso</name></NameTypeAuthority></NameType></Names>'

test.before(async () => {
  const named = group({ mRID: B }).replace('</EndDeviceGroup>', `${typed}</EndDeviceGroup>`)
  const status = `<EndDeviceGroup><mRID>${A}</mRID>${STATUS}</EndDeviceGroup>`
  const forecast = `<DERGroupForecast><mRID>${F}</mRID><predictionCreationDate>2026-07-14T08:00:00Z</predictionCreationDate><EndDeviceGroup><mRID>${A}</mRID>${FORECAST}</EndDeviceGroup></DERGroupForecast>`
  const messages = [
    message(
      { verb: 'create' },
      payload(group({ mRID: A }), named, group({ mRID: 's1', name: 'only a name' })),
    ),
    message(
      { verb: 'changed', noun: 'DERGroupStatuses' },
      `<Payload>${root('DERGroupStatuses', status)}</Payload>`,
    ),
    message(
      { verb: 'created', noun: 'DERGroupForecasts' },
      `<Payload>${root('DERGroupForecasts', forecast)}</Payload>`,
    ),
  ]
  for (const xml of messages) {
    const reply = await gateway.send(xml)
    assert.is(reply.result, 'OK', reply.text)
  }
})

const ask = (noun: string, content: string) => gateway.send(message({ verb: 'get', noun }, content))
const request = (content: string) => `<Request>${content}</Request>`

function found({ json }: Reply): readonly Json[] {
  const roots = member(json, 'payload') ?? {}
  return Object.values(roots as JsonObject).flatMap((it) =>
    Object.entries(it as JsonObject).flatMap(([name, list]) =>
      name === '@xmlns' ? [] : (list as readonly Json[]).map((one) => member(one, 'mRID') ?? ''),
    ),
  )
}

/** [what, noun, content, Result, mRIDs, codes] */
const ROWS: readonly (readonly [
  string,
  string,
  string,
  string,
  readonly string[],
  readonly string[],
])[] = [
  ['all under the noun', 'DERGroups', '', 'OK', [A, B, 's1'], []],
  ['all by an empty element', 'DERGroupQueries', queryFor(''), 'OK', [A, B, 's1'], []],
  ['by Request/ID', 'DERGroups', request(`<ID kind="uuid">${A}</ID>`), 'OK', [A], []],
  ['by an ID without kind', 'DERGroups', request(`<ID>${A}</ID>`), 'OK', [A], []],
  ['by an ID without kind that is no UUID', 'DERGroups', request('<ID>s1</ID>'), 'OK', ['s1'], []],
  ['by a name without kind', 'DERGroups', request('<ID>only a name</ID>'), 'OK', ['s1'], []],
  ['nothing by an unknown ID', 'DERGroups', request('<ID>s2</ID>'), 'FAILED', [], ['99.1']],
  ['no mRID by a name', 'DERGroups', request('<ID kind="name">s1</ID>'), 'FAILED', [], ['99.1']],
  [
    'by a name with type and authority as ID',
    'DERGroups',
    request('<ID idType="groupName" idAuthority="dso" kind="name">North</ID>'),
    'OK',
    [B],
    [],
  ],
  [
    'not by a name of another type',
    'DERGroups',
    request('<ID kind="name">North</ID>'),
    'FAILED',
    [],
    ['99.1'],
  ],
  ['by Payload/ID', 'DERGroups', payloadIds([B, 'kind="uuid"']), 'OK', [B], []],
  [
    'one object once, however often it is named',
    'DERGroupQueries',
    queryFor(`<mRID>${A}</mRID>`, `<mRID>${A.toUpperCase()}</mRID>`),
    'OK',
    [A],
    [],
  ],
  [
    'some of what is named',
    'DERGroupQueries',
    queryFor('<mRID>x</mRID>', `<mRID>${B}</mRID>`),
    'PARTIAL',
    [B],
    ['0.2', '99.1'],
  ],
  [
    'the status of a group',
    'DERGroupStatusQueries',
    request(root('DERGroupStatusQueries', `<EndDeviceGroup><mRID>${A}</mRID></EndDeviceGroup>`)),
    'OK',
    [A],
    [],
  ],
  [
    'no status of another group',
    'DERGroupStatusQueries',
    request(root('DERGroupStatusQueries', `<EndDeviceGroup><mRID>${B}</mRID></EndDeviceGroup>`)),
    'FAILED',
    [],
    ['99.1'],
  ],
  [
    'the forecast of a group',
    'DERGroupForecastQueries',
    request(
      root(
        'DERGroupForecastQueries',
        `${WANTED}<EndDeviceGroup><mRID>${A}</mRID></EndDeviceGroup>`,
      ),
    ),
    'OK',
    [F],
    [],
  ],
  [
    'no forecast of another group',
    'DERGroupForecastQueries',
    request(
      root(
        'DERGroupForecastQueries',
        `${WANTED}<EndDeviceGroup><mRID>${A}</mRID></EndDeviceGroup><EndDeviceGroup><mRID>${B}</mRID></EndDeviceGroup>`,
      ),
    ),
    'PARTIAL',
    [F],
    ['0.2', '99.1'],
  ],
  [
    'a forecast by its own ID',
    'DERGroupForecasts',
    request(`<ID kind="uuid">${F}</ID>`),
    'OK',
    [F],
    [],
  ],
  ['nothing where there is nothing', 'DERGroupDispatches', '', 'OK', [], []],
]

for (const [what, noun, content, result, mRIDs, codes] of ROWS) {
  test(`finds ${what}`, async () => {
    const reply = await ask(noun, content)
    assert.is(reply.judged.verdict, 'valid', JSON.stringify(reply.judged.findings))
    assert.is(reply.result, result, reply.text)
    assert.equal(found(reply), mRIDs)
    assert.equal(reply.codes, codes)
    assert.is(member(member(reply.json, 'header'), 'Noun'), noun)
  })
}

test('leaves no trace', async () => {
  const known = (await gateway.events()).length
  await gateway.send(message({ verb: 'get', id: 'asked' }, ''))
  assert.is(await gateway.store.message('anonymous', 'asked'), undefined)
  assert.is((await gateway.events()).length, known)
})

test.run()
