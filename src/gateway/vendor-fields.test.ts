// Every field of every message of Oracle, left out, blank, and of another type: whatever is wrong with it is told at its own place in
// the vendor's words, and never taken for something else, nor for a fault of ours.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { vendorRoutes } from '../dialects/index.ts'
import type { BoundRoute } from '../dialects/index.ts'
import { isObject } from '../schema/json-text.ts'
import type { Json } from '../schema/json-text.ts'
import { openFixture } from './gateway.fixture.ts'
import { sample } from './oracle.fixture.ts'
import { withoutBlanks } from './vendor-taken.ts'

const test = suite('vendor: every field')

const failures: unknown[] = []
const silent = () => undefined
const gateway = await openFixture({
  log: { info: silent, warn: silent, error: (...it) => void failures.push(it) },
})
test.after(() => gateway.close())

const ask = (path: string, body: Json) => gateway.ask('POST', path, { body: JSON.stringify(body) })

// What tells of an enrollment finds it.
const enrollment = sample('oracle-derms/enrollment-requests')
const { transactionId } = sample('oracle-cpm/enrollment-statuses')
enrollment.requests[0].transactionId = transactionId
await ask('/vendor/oracle-derms/enroll-to-dacs', enrollment)

type Path = readonly (string | number)[]

/** Where plain values stand. */
function leaves(it: Json, at: Path = []): readonly Path[] {
  if (Array.isArray(it)) return it.slice(0, 1).flatMap((one: Json) => leaves(one, [...at, 0]))
  if (!isObject(it)) return [at]
  return Object.entries(it).flatMap(([name, value]) => leaves(value, [...at, name]))
}

/** The same with another value at a place; undefined leaves it out. */
function withAt(it: Json, [step, ...rest]: Path, value: Json | undefined): Json {
  const change = (one: Json): Json => withAt(one, rest, value)
  if (Array.isArray(it))
    return it.map((one: Json, at) =>
      at !== step ? one : rest.length > 0 ? change(one) : (value ?? null),
    )
  if (!isObject(it) || step === undefined) return it
  const entries = Object.entries(it).flatMap(([name, one]): [string, Json][] => {
    if (name !== step) return [[name, one]]
    if (rest.length > 0) return [[name, change(one)]]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}

function at(it: Json, path: Path): Json {
  return path.reduce<any>((one, step) => one[step], it)
}

function pointerTo(path: Path): string {
  return `/${path.join('/')}`
}

/** Of no code list and no text a number is one, and of no number a text. */
function otherOf(it: Json): Json {
  return typeof it === 'string' ? 7 : 'text'
}

/** What another vendor of XML would call it. */
const OF_CIM = /RequestMessage|EventMessage|cvc-|<\/?\w+>|#ext/

const isRefused = (status: number, text: string) => status >= 400 || text.includes('"ERROR"')

const ROUTES = vendorRoutes().filter(
  (it) => it.action === 'message' && it.dialect.startsWith('oracle-'),
)

/** The id of the message itself says nothing of its objects: it is never read, only compared. */
const idOf = ({ resource }: BoundRoute) => resource.mapped?.around?.id

async function said(route: BoundRoute, body: Json) {
  const { status, text } = await ask(route.path, body)
  assert.ok(status < 500, `${route.path}: ${status} ${text}`)
  assert.equal(failures, [])
  assert.not.match(text, OF_CIM)
  return { status, text, isRefused: isRefused(status, text) }
}

for (const route of ROUTES) {
  const good = sample(`${route.dialect}/${route.file}`)
  const kept = route.resource.toCim(good).losses.kept.map((it) => it.path)
  const isRead = (path: Path) => path[0] !== idOf(route) && !kept.includes(pointerTo(path))
  const all = leaves(good).filter(isRead)
  const withAll = (paths: readonly Path[], value: (it: Json) => Json | undefined) =>
    paths.reduce((it: Json, path) => withAt(it, path, value(at(good, path))), good)

  test(`${route.path}: what is of another type is refused, each field at its place`, async () => {
    let left = all
    while (left.length > 0) {
      const { text, isRefused } = await said(route, withAll(left, otherOf))
      assert.ok(isRefused, text)
      // What has no type keeps the judge from its second look, so that it is mended first.
      const next = left.filter((path) => !text.includes(`${pointerTo(path)}: `))
      assert.ok(next.length < left.length, `nothing is said of ${left.map(pointerTo)}: ${text}`)
      left = next
    }
  })

  test(`${route.path}: what is blank is as if it were not there`, async () => {
    const own = all.filter((path) => typeof path.at(-1) === 'string')
    const blank = await said(
      route,
      withAll(own, () => ' '),
    )
    const absent = await said(
      route,
      withAll(own, () => undefined),
    )
    assert.ok(blank.isRefused)
    assert.is(blank.text, absent.text)
  })

  test(`${route.path}: what it shows as its sample has a place`, async () => {
    const { text } = await said(route, good)
    assert.not.match(text, /"1\.8 |"problemType":"1\.8"|has no key/)
  })
}

test('what is missing is told by the first field that could say it', async () => {
  const whole = sample('oracle-derms/enrollment-requests')
  const [request] = whole.requests
  const { programInfo: _program, ...rest } = request
  const assetInfo = { ...request.assetInfo, assetList: [] }
  const requests = [
    { ...rest, transactionId: 'T-1' },
    { ...request, assetInfo },
  ]
  const { text } = await ask('/vendor/oracle-derms/enroll-to-dacs', { messageId: 'M-1', requests })
  for (const field of [
    '0/programInfo/programCode',
    '0/programInfo/startDateTimeISO',
    '1/assetInfo/assetList',
  ])
    assert.match(
      text,
      `/requests/${field}: ${field.slice(field.lastIndexOf('/') + 1)} is missing. Write `,
    )
})

test('EN-05: how to call on a customer has no place in a subscription, and keeps nobody from leaving', async () => {
  const whole = sample('oracle-cpm/unenrollments')
  const customerInfo = { ...whole.customerInfo, name: 'Lee', email: 'lee@example.org' }
  const path = '/vendor/oracle-cpm/rest/apis/cross/digitalAssets/programEnrollments/unenroll'
  const { text } = await ask(path, { ...whole, customerInfo })
  assert.match(text, /no counterpart of \/customerInfo\/name, \/customerInfo\/email; kept/)
  assert.not.match(text, /Organisation|has no key/)
})

test('what a rule calls as CIM does is said to stand where the vendor has it', async () => {
  const whole = sample('oracle-derms/programs')
  const [path, endDateTime] = ['/vendor/oracle-derms/program-rule-sync', '2020-01-01T00:00:00Z']
  const { text } = await ask(path, { ...whole, endDateTime })
  assert.match(text, /PRG-INTERVAL.*This message has validityInterval at \/startDateTime/)
})

test('a refusal is mended in the words of its vendor, at the object of the list', async () => {
  const twice = sample('oracle-derms/enrollment-requests')
  const [first] = twice.requests
  const again = { ...first, transactionId: 'another' }
  const other = {
    ...twice,
    messageId: 'twice',
    requests: [{ ...first, transactionId: 'one' }, again],
  }
  const list = (await ask('/vendor/oracle-derms/enroll-to-dacs', other)).text
  for (const at of [0, 1])
    assert.match(list, `validityInterval.start at /requests/${at}/programInfo/startDateTimeISO.`)
  const early = (
    await ask('/vendor/oracle-cpm/enrollment-sync', sample('oracle-cpm/subscriptions'))
  ).text
  assert.match(early, /SUB-SM.*POST \/vendor\/oracle-cpm\/enrollment-status/)
  const word = { ...sample('oracle-derms/status-check-acks'), dacsMessageId: 'nobody' }
  const strange = (await ask('/vendor/oracle-derms/status-check-ack-to-dacs', word)).text
  assert.match(strange, /2\.15.*Write the dacsMessageId of the status_check/)
  assert.not.match(strange, 'CorrelationID')
})

test('OO-01: an opt-out that does not say so is none', async () => {
  const { preemptiveOptOut: _said, ...silent } = sample('oracle-derms/opt-outs')
  const { text } = await ask('/vendor/oracle-derms/event-opt-out', silent)
  assert.match(text, /"ERROR".*5\.8 \/preemptiveOptOut: preemptiveOptOut is missing/)
})

test('what is null or blank is not there; an item of a list is, whatever it is', () => {
  const blank = {
    a: null,
    b: '',
    c: ' \t',
    d: { e: null },
    f: [null, '', { g: '' }],
    h: 0,
    i: false,
  }
  assert.equal(withoutBlanks(blank), { d: {}, f: [null, '', {}], h: 0, i: false })
})

test('EN-01: the same application twice in one list is one, and each has its answer', async () => {
  const [request] = sample('oracle-derms/enrollment-requests').requests
  // What the utility installs has no key yet, and no aggregator.
  const assetInfo = {
    ...request.assetInfo,
    installationMethod: 'X1UI',
    assetList: [{ sequence: 1 }],
  }
  const programme = sample('oracle-derms/programs')
  await ask('/vendor/oracle-derms/program-rule-sync', programme)
  const programInfo = { ...request.programInfo, programCode: programme.programCode }
  const one = { ...request, transactionId: 'T-twice', programInfo, assetInfo }
  const body = { messageId: 'M-twice', requests: [one, one] }
  const { MsgAck } = JSON.parse((await ask('/vendor/oracle-derms/enroll-to-dacs', body)).text)
  const [first, second] = MsgAck.responses.response
  assert.equal([MsgAck.ackType, first.id], ['SUCCESS', 'T-twice'], JSON.stringify(first))
  assert.equal(second, first)
})

test('EV-02: who asks for a step of one stage is answered by that stage alone', async () => {
  const { message: _why, ...event } = sample('oracle-derms/events')
  const stages = ['S-1', 'S-2'].map((stageId) => ({ ...event.stages[0], stageId }))
  await ask('/vendor/oracle-derms/program-event', { ...event, eventId: 'E-one', stages })
  const step = { eventExternalIdentifier: 'S-2', action: 'F1CN' }
  const path = '/vendor/oracle-cpm/rest/apis/cross/service/programEvent/lifecycle'
  assert.equal(JSON.parse((await ask(path, step)).text), step)
})

test('a path for one object refuses several as a whole, and says so', async () => {
  const one = sample('oracle-derms/programs')
  const { text } = await ask('/vendor/oracle-derms/program-rule-sync', [one, one])
  assert.match(text, /"ERROR".*list of 2 objects.*one at a time/)
})

test.run()
