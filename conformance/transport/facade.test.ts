// Messages of the register as requests of a JSON façade and back, and façades that are wrong in one thing: each is found.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openCimgate, readJson, writeJson } from '../../src/index.ts'
import type { Cimgate } from '../../src/index.ts'
import { play } from '../engine/client.ts'
import { compose } from '../engine/compose.ts'
import { facadeFitted } from '../engine/facade-fit.ts'
import { judged } from '../engine/judge.ts'
import { openWire } from '../engine/wire.ts'
import { facadeAsk } from '../mapping/facade-request.ts'
import { readRegister } from '../register.ts'
import { loadXml } from '../xml.ts'
import type { Ask, Said } from './bridge.ts'
import { overFacade } from './facade.ts'

const test = suite('conformance: façade')
const { scenarios, payload } = readRegister()
let cimgate: Cimgate
test.before(async () => {
  await loadXml()
  cimgate = await openCimgate()
})
test.after(() => cimgate.close())

const NOW = '2026-07-14T09:00:00.000Z'

function caseOf(id: string) {
  const it = scenarios.find((one) => one.id === id)
  assert.ok(it, id)
  return it
}

/** [case, step, method and path] */
const FORMS: readonly (readonly [string, string, RegExp])[] = [
  ['DERG-1a', '1', /^POST \/api\/v1\/der-groups$/],
  ['DERG-1a', '2', /^GET \/api\/v1\/der-groups\/[0-9a-f-]{36}$/],
  ['DERG-5b', '2', /^GET \/api\/v1\/der-groups\?name=A-/],
  ['DERG-2a', '2', /^PATCH \/api\/v1\/der-groups\/[0-9a-f-]{36}$/],
  ['DERG-4-unknown', '2', /^DELETE \/api\/v1\/der-groups\/[0-9a-f-]{36}$/],
  ['DERGS-1d', '1', /^GET \/api\/v1\/der-group-statuses\/[0-9a-f-]{36}$/],
  ['WR-1a', '2', /^GET \/api\/v1\/work-requests\/[0-9a-f-]{36}$/],
  ['WR-4', '2', /^POST \/api\/v1\/work-requests\/[0-9a-f-]{36}:cancel$/],
  ['IT-01', '3', /^GET \/api\/v1\/service-requests\/[0-9a-f-]{36}$/],
]

for (const [id, at, expected] of FORMS)
  test(`${id} step ${at} is ${expected.source.replaceAll('\\', '')}`, () => {
    const step = caseOf(id).steps.find((it) => it.id === at)
    assert.ok(step)
    const writing = { seed: 's', scenario: id, source: 't', now: NOW, captured: {}, payload }
    const form = facadeAsk(new TextEncoder().encode(compose(step, writing).xml), cimgate)
    assert.match('none' in form ? form.none : `${form.method} ${form.path}`, expected)
  })

/** [case, why it has no form] */
const FORMLESS: readonly (readonly [string, RegExp])[] = [
  ['DERG-6', /^step 1, created DERGroups, .*: events have no form/],
  ['DERG-3', /^step 2, execute OperationSet, .*: the verb execute has no method/],
  ['100/verb/update', /the Header, which the façade makes by itself/],
  ['100/header/correlation-echoed', /its CorrelationID is one of its own/],
  ['100/envelope/namespace', /its root is RequestMessage of http:\/\/www\.iec\.ch/],
  ['100/payload/order', /JSON cannot say its payload/],
  ['100/payload/foreign-year', /has no resource of its Noun/],
  ['100/payload/missing', /it has not one payload/],
  ['100/xml/truncated', /it is no XML|Header/],
  ['100/xml/doctype', /JSON has no DOCTYPE/],
  ['DERGS-1b', /objects are asked for by one mRID or one name/],
  ['IT-21/name', /one request is about one object/],
  ['IT-23', /what is taken has no reply code in JSON/],
]

for (const [id, expected] of FORMLESS)
  test(`${id} does not apply, and says why`, () => {
    const cases = [{ scenario: caseOf(id), notApplicable: undefined }]
    const plan = { cases, leftOut: [], severity: () => 'fail' as const }
    const [first] = facadeFitted(plan, cimgate, { payload, seed: 's' }).cases
    assert.match(first?.notApplicable ?? 'it applies', expected)
  })

type Answered = Extract<Said, { kind: 'answered' }>
type Quirk = (said: Answered) => Answered

const encoded = (value: Parameters<typeof writeJson>[0]) =>
  new TextEncoder().encode(writeJson(value))
const edited = (it: Answered, find: RegExp, put: string): Answered => ({
  ...it,
  bytes: new TextEncoder().encode(new TextDecoder().decode(it.bytes).replace(find, put)),
})

/** Keeps what it is given, and knows of nothing else. */
function smallFacade(quirk: Quirk): (it: Ask) => Promise<Said> {
  const kept = new Map<string, Uint8Array>()
  let count = 0
  const answered = (status: number, type: string, bytes: Uint8Array, location?: string): Said => {
    const ids = { messageid: `m-${(count += 1)}`, correlationid: `c-${count}` }
    const headers = { ...ids, ...(location === undefined ? {} : { location }) }
    return quirk({ kind: 'answered', status, contentType: type, headers, bytes })
  }
  return async ({ method, path, bytes = new Uint8Array() }) => {
    if (method === 'POST') {
      const mRID = /"mRID":"([^"]+)"/.exec(new TextDecoder().decode(bytes))?.[1] ?? ''
      kept.set(`${path}/${mRID}`, bytes)
      return answered(201, 'application/json', bytes, `${path}/${mRID}`)
    }
    const found = kept.get(path)
    if (found !== undefined) return answered(200, 'application/json', found)
    const id = { $: path.split('/').at(-1) ?? '', '@kind': 'uuid', '@objectType': 'DERGroup' }
    const Error = [{ code: '99.1', level: 'FATAL', reason: 'There is no such object.', ID: id }]
    const facts = { title: 'Unknown', status: 404, Result: 'FAILED', code: '99.1', Error }
    return answered(404, 'application/problem+json', encoded(facts))
  }
}

/** Requirements that are not met in a case, by a façade that does so. */
async function foundIn(id: string, quirk: Quirk) {
  const ask = smallFacade(quirk)
  const wire = openWire()
  const seen = await play(caseOf(id), {
    judge: (bytes) => judged(bytes, cimgate),
    transport: overFacade({ ask, nouns: cimgate, now: () => NOW }),
    ...{ wire, seed: 's', source: 't', now: () => NOW, payload, used: new Set<string>() },
  })
  assert.equal([...new Set(seen.flatMap((it) => it.shows))], ['L0', 'L4', 'L5', 'L6', 'L8'])
  for (const { bytes, file, asked = '' } of wire.passed.filter(
    (it) => it.direction === 'request',
  )) {
    const isAsked = /^(GET|DELETE) \/api\/v1\//.test(asked)
    assert.ok(isAsked || /^(POST|PATCH) \/api\/v1\//.test(asked), `${file}: ${asked}`)
    if (!isAsked) assert.ok('value' in readJson(new TextDecoder().decode(bytes)), file)
  }
  return [...new Set(seen.flatMap((it) => it.observations.map((one) => one.requirement)))]
}

const inJson = (it: Answered) => it.contentType === 'application/json'

/** [what it does, case, exactly the requirements that find it, how] */
const FACADES: readonly (readonly [string, string, readonly string[], Quirk])[] = [
  ['keeps to it', 'DERG-1a', [], (it) => it],
  ['keeps to it', 'DERG-2-unknown', [], (it) => it],
  [
    'answers what is unknown with 409',
    'DERG-2-unknown',
    ['MAP-20'],
    (it) => edited({ ...it, status: 409 }, /"status":404/, '"status":409'),
  ],
  [
    'answers a failure with 200',
    'DERG-2-unknown',
    ['MAP-20'],
    (it) => ({ ...it, status: 200, contentType: 'application/json' }),
  ],
  [
    'has a problem document of no type',
    'DERG-2-unknown',
    ['MAP-22'],
    (it) => ({ ...it, contentType: 'application/json' }),
  ],
  [
    'names nothing in its refusal',
    'DERG-2-unknown',
    ['GRP-09'],
    (it) => edited(it, /,"ID":\{[^}]*\}/, ''),
  ],
  ['refuses under another code', 'DERG-2-unknown', ['GRP-09'], (it) => edited(it, /99\.1/g, '2.5')],
  [
    'answers JSON as text',
    'DERG-1a',
    ['MAP-26'],
    (it) => (inJson(it) ? { ...it, contentType: 'text/plain' } : it),
  ],
  ['answers with a page', 'DERG-1a', ['MAP-26'], (it) => edited(it, /^.*$/, '<html>OK</html>')],
  [
    'does not say where an object is',
    'DERG-1a',
    ['MAP-23'],
    ({ headers: { location: _, ...headers }, ...it }) => ({ ...it, headers }),
  ],
  [
    'breaks the schema in what it answers',
    'DERG-1a',
    ['PAY-01'],
    (it) => edited(it, /"connectDisconnect":true/, '"connectDisconnect":"maybe"'),
  ],
  [
    'loses a member',
    'DERG-1a',
    ['GRP-04'],
    (it) => edited(it, /"EndDevices":\[\{[^}]*\},/, '"EndDevices":['),
  ],
]

for (const [does, id, expected, quirk] of FACADES)
  test(`a façade that ${does} is found by ${expected.join(', ') || 'nothing'} in ${id}`, async () =>
    assert.equal(await foundIn(id, quirk), expected))

test('a refusal that is no object of JSON stands for no message', async () => {
  const found = await foundIn('DERG-2-unknown', (it) => edited(it, /^.*$/, '"gone"'))
  assert.equal(found, ['MAP-22'])
})

test.run()
