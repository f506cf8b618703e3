// IT-33 in the shipped preset of third parties: whether an mRID is taken by another provider cannot be told by asking for
// something about it, by whatever way: it is answered, sent on, kept and parked as one that nobody has.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { ANSWERS, answerCimJson, betaAndWatch, openArchitecture } from './architecture.fixture.ts'
import type { Architecture } from './architecture.fixture.ts'
import { answerXml, replyXml, until } from './scene.fixture.ts'
import type { Behave, Said } from './scene.fixture.ts'
import {
  agreement,
  group,
  groups,
  idOf,
  ids,
  message,
  registration,
  soap,
  takingOut,
  typed,
} from './third-party.fixture.ts'

const test = suite('serve: third party')

const uuid = (n: number) => `0e0b0c0d-0000-4000-8000-00000000${3000 + n}`
const GROUP = uuid(1)
const AGREEMENT = uuid(2)
const REQUEST = uuid(3)
const NEVER = uuid(9)
const MEMBER = uuid(10)
const OWN = uuid(11)
const OWN_AGREEMENT = uuid(13)
const [DEVICE, OWN_DEVICE] = [uuid(14), uuid(15)]

let scene: Architecture

const [cs, derms, inv] = ['tp:acme:cs', 'tp:acme:derms', 'tp:acme:dso-inv'] as const

test.before(async () => {
  scene = await openArchitecture('third-party', { parties: betaAndWatch })
  for (const [party, noun, root] of [
    ['tp:beta:derms', 'DERGroups', { EndDeviceGroup: [group(GROUP, MEMBER)] }],
    ['tp:acme:derms', 'DERGroups', { EndDeviceGroup: [group(OWN, uuid(12))] }],
    ['dso-cs', 'CustomerAgreements', { CustomerAgreement: [agreement(AGREEMENT, 'BETA')] }],
    ['dso-cs', 'CustomerAgreements', { CustomerAgreement: [agreement(OWN_AGREEMENT, 'ACME')] }],
    ['dso-cs', 'DERRegistrations', { DERRegistration: [registration(DEVICE, 'BETA')] }],
    ['dso-cs', 'DERRegistrations', { DERRegistration: [registration(OWN_DEVICE, 'ACME')] }],
  ] as const) {
    const made = await scene.tell(party, 'created', noun, root)
    assert.equal(
      scene.errors(made).filter(({ code }) => code !== '0.0'),
      [],
      made.text,
    )
  }
  await settled()
  scene.behave(KNOWS_ITS_OWN)
})
test.after(() => scene.close())

const UNKNOWN = '<Error><code>99.1</code><reason>Not known here.</reason></Error>'

/** The systems of acme do not know what is beta's; those of the DSO, which have the objects of all, do. */
const KNOWS_ITS_OWN: Behave = (heard, response) => {
  const { party, body } = heard
  const isKnown =
    [GROUP, AGREEMENT, DEVICE].some((it) => body.includes(it)) && !party.startsWith('tp:acme')
  if (isKnown || !body.includes('RequestMessage')) return ANSWERS(heard, response)
  const [, noun = ''] = /"Noun":"([^"]*)|<Noun>/.exec(body) ?? []
  if (!body.startsWith('{')) {
    const [, named = ''] = /<Noun>([^<]*)/.exec(body) ?? []
    return answerXml(response, replyXml(heard.messageID, 'FAILED', UNKNOWN, { noun: named }))
  }
  const Error = [{ code: '99.1', reason: 'Not known here.' }]
  answerCimJson(response, { Noun: noun, MessageID: heard.messageID }, { Result: 'FAILED', Error })
}

type Ask = (id: string) => Promise<Said>

const http =
  (
    method: string,
    path: string,
    how: { body?: unknown; headers?: Record<string, string> } = {},
    party: string = cs,
  ): Ask =>
  (id) =>
    scene.ask(party, method, path.replace('ID', id), how)
const xml =
  (text: (id: string) => string, party: string = cs, path = '/cim'): Ask =>
  (id) =>
    scene.ask(party, 'POST', path, {
      body: text(id),
      headers:
        path === '/cim'
          ? { 'Content-Type': 'application/xml' }
          : { 'Content-Type': 'text/xml', SOAPAction: '' },
    })

const body = { EndDeviceGroup: [{ description: 'stolen' }] }
const ifMatch = (tag: string) => ({ headers: { 'If-Match': tag } })
/** of what is beta's, as beta reads it */
const THEIRS = '"1"'
const [ONE, AGREED] = ['/api/v1/der-groups/ID', '/api/v1/customer-agreements/ID']
const VENDOR = '/vendor/example/groups/ID'

/** [what is asked, how, another's mRID] */
const WAYS: readonly (readonly [string, Ask, string?])[] = [
  ['PATCH', http('PATCH', ONE, { body })],
  ['PATCH by its DERMS', http('PATCH', ONE, { body }, derms)],
  ['PATCH by its invoicing', http('PATCH', ONE, { body }, inv)],
  ['PATCH with its ETag', http('PATCH', ONE, { body, ...ifMatch(THEIRS) })],
  ['PATCH with an old ETag', http('PATCH', ONE, { body, ...ifMatch('"7"') })],
  ['PATCH with its ETag by its DERMS', http('PATCH', ONE, { body, ...ifMatch(THEIRS) }, derms)],
  ['PATCH later', http('PATCH', ONE, { body, headers: { Prefer: 'respond-async' } })],
  ['PATCH that takes a list away', http('PATCH', ONE, { body: { EndDevices: null } })],
  ['PUT with its ETag', http('PUT', ONE, { body, ...ifMatch(THEIRS) })],
  ['DELETE', http('DELETE', ONE)],
  ['DELETE by its DERMS', http('DELETE', ONE, {}, derms)],
  ['DELETE with its ETag', http('DELETE', ONE, ifMatch(THEIRS))],
  ['DELETE with an old ETag', http('DELETE', ONE, ifMatch('"7"'))],
  ['DELETE with its ETag by its DERMS', http('DELETE', ONE, ifMatch(THEIRS), derms)],
  ['DELETE of a member', http('DELETE', `${ONE}/members/${MEMBER}`)],
  ['POST :cancel', http('POST', `${ONE}:cancel`)],
  ['vendor PATCH', http('PATCH', VENDOR, { body: { note: 'stolen' } })],
  ['vendor PATCH with its ETag', http('PATCH', VENDOR, { body: {}, ...ifMatch(THEIRS) })],
  ['vendor DELETE', http('DELETE', VENDOR)],
  ['change', xml((id) => message('change', `<Payload>${groups(id)}</Payload>`))],
  [
    'change by its DERMS',
    xml((id) => message('change', `<Payload>${groups(id)}</Payload>`), derms),
  ],
  ['change with its own', xml((id) => message('change', `<Payload>${groups(OWN, id)}</Payload>`))],
  ['delete', xml((id) => message('delete', idOf(id)))],
  ['delete by an ID without kind', xml((id) => message('delete', idOf(id, '')))],
  ['delete by its DERMS', xml((id) => message('delete', idOf(id)), derms)],
  ['cancel', xml((id) => message('cancel', idOf(id)))],
  ['execute', xml((id) => message('execute', takingOut(id, MEMBER), 'OperationSet'))],
  ['get', xml((id) => message('get', asking(id)))],
  ['get by its DERMS', xml((id) => message('get', asking(id)), derms)],
  ['SOAP change, typed', xml((id) => typed('Change', id), cs, '/soap/DERGroups')],
  ['SOAP delete, typed', xml((id) => typed('Delete', id), derms, '/soap/DERGroups')],
  ['SOAP delete, generic', xml((id) => soap(message('delete', idOf(id))), cs, '/soap')],
  ['change, in JSON', (id) => scene.tell(cs, 'change', 'DERGroups', changing(id))],
  ['cancel of what names it', (id) => scene.tell(cs, 'cancel', DISPATCHES, dispatching(id))],
  ['PATCH, with the DSO', http('PATCH', AGREED, { body: { loadMgmt: 'x' } }), AGREEMENT],
  ['DELETE, with the DSO', http('DELETE', AGREED, ifMatch(THEIRS)), AGREEMENT],
  ['POST :close, with the DSO', http('POST', `${AGREED}:close`), AGREEMENT],
  ['cancel, with the DSO', xml((id) => agreed('cancel', idOf(id))), AGREEMENT],
  [
    'get with its own, with the DSO',
    xml((id) => agreed('get', asking(OWN_AGREEMENT, id))),
    AGREEMENT,
  ],
  ['get of the status of a device, with the DSO', xml((id) => statusOf(id), derms), DEVICE],
  ['get, with the DSO', xml((id) => agreed('get', asking(id))), AGREEMENT],
]

const DISPATCHES = 'DERGroupDispatches'
const changing = (mRID: string) => ({ EndDeviceGroup: [{ mRID, description: 'stolen' }] })
const dispatching = (mRID: string) => ({
  DERGroupDispatch: [{ mRID: REQUEST, EndDeviceGroup: { mRID } }],
})
const asking = (...all: readonly string[]) =>
  `<Request>${all.map((id) => ids(id)).join('')}</Request>`
const statusOf = (id: string) => message('get', asking(OWN_DEVICE, id), 'EndDeviceStatuses')
const agreed = (verb: string, inside: string) => message(verb, inside, 'CustomerAgreements')

for (const [what, ask, taken = GROUP] of WAYS)
  test(`IT-33: ${what} of another provider's is as of what nobody has`, async () => {
    const [other, nobodys] = [await cameOf(ask, taken), await cameOf(ask, NEVER)]
    assert.equal(other, nobodys)
    assert.not.match(JSON.stringify(other), /BETA|tp:beta|made/)
    for (const it of other.sent) assert.match(it, /^tp:acme:/)
  })

/** What beta has, and how many groups there are. */
async function standing() {
  const { text, headers } = await scene.ask('tp:beta:cs', 'GET', `/api/v1/der-groups/${GROUP}`)
  assert.match(text, '"made"')
  const { json } = await scene.ask('watch', 'GET', '/api/v1/der-groups')
  const all = json['EndDeviceGroup']
  return { text, etag: headers.get('ETag'), groups: Array.isArray(all) ? all.length : 0 }
}

/** A DERMS that makes everything, under the mRID of another's. */
const TAKES_OVER: Behave = (heard, response) => {
  if (!heard.body.startsWith('{"message":"RequestMessage"')) return ANSWERS(heard, response)
  const { header } = JSON.parse(heard.body) as { header: Record<string, string> }
  const payload = { DERGroups: { EndDeviceGroup: [group(GROUP, uuid(30))] } }
  answerCimJson(response, header, { Result: 'OK', Error: [{ code: '0.0' }] }, payload)
}

const { mRID: _own, ...nameless } = group('', uuid(31))

/** [what its own DERMS carries out, how] */
const CARRIED_OUT: readonly (readonly [string, Ask])[] = [
  ['PATCH', http('PATCH', ONE, { body })],
  ['DELETE', http('DELETE', ONE)],
  ['execute', xml((id) => message('execute', takingOut(id, MEMBER), 'OperationSet'))],
  ['change with its own', xml((id) => message('change', `<Payload>${groups(OWN, id)}</Payload>`))],
  [
    'create that is given its mRID',
    http('POST', '/api/v1/der-groups', { body: { EndDeviceGroup: [nameless] } }),
  ],
]

for (const [what, ask] of CARRIED_OUT)
  test(`IT-33: ${what}, whatever its DERMS says, leaves what another has as it is`, async () => {
    const [before, heard] = [await standing(), scene.heard.length]
    scene.behave(TAKES_OVER)
    const { status, text } = await ask(GROUP)
    await settled()
    scene.behave(KNOWS_ITS_OWN)
    assert.ok(status < 300, text)
    assert.equal(await standing(), before)
    const told = scene.heard.slice(heard)
    assert.ok(told.some(({ party }) => party === derms))
    const others = told.filter(({ party, body: it }) => party !== derms && it.includes(GROUP))
    assert.equal(others, [], 'nobody else hears of it')
    assert.is((await scene.ask(cs, 'GET', `/api/v1/der-groups/${GROUP}`)).status, 404)
  })

test('IT-33: to make something under an mRID that is taken is refused, and sent to nobody', async () => {
  const [before, heard] = [await standing(), scene.heard.length]
  const made = await scene.tell(cs, 'create', 'DERGroups', {
    EndDeviceGroup: [group(GROUP, uuid(32))],
  })
  assert.equal(
    scene.errors(made).map(({ code, rule }) => [code, rule]),
    [['6.1', 'DUPLICATE']],
  )
  assert.not.match(made.text, /beta/i)
  assert.is(scene.heard.length, heard)
  assert.equal(await standing(), before)
})

/** All that comes of it, for whoever asks and for whoever watches, without ids and times. */
async function cameOf(ask: Ask, id: string) {
  const before = new Set((await legs()).map((it) => it['id']))
  const heard = scene.heard.length
  const { status, headers, text } = await ask(id)
  await settled()
  const kept = (await legs()).filter((it) => !before.has(it['id']))
  const parked = (await listed('/api/v1/parked')).filter((it) => !before.has(it['id']))
  const plain = (it: unknown) =>
    (typeof it === 'string' ? it : JSON.stringify(it))
      .replaceAll(id, 'IT')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'AT')
      .replace(/[0-9a-f]{16,}/g, 'HASH')
  const { date: _date, ...told } = Object.fromEntries(headers)
  return {
    status,
    text: plain(text),
    headers: plain(told),
    kept: kept.map(plain).sort(),
    parked: parked.map(plain).sort(),
    sent: scene.heard
      .slice(heard)
      .filter(({ body: it }) => it.includes(id))
      .map(({ party, body: it }) => `${party} ${plain(it)}`),
  }
}

type Listed = Readonly<Record<string, unknown>>

const legs = () => listed('/api/v1/messages?limit=1000')

async function listed(path: string): Promise<readonly Listed[]> {
  const { json, text } = await scene.ask('watch', 'GET', path)
  assert.ok(Array.isArray(json['messages']), text)
  return json['messages'] as Listed[]
}

const UNDER_WAY: readonly unknown[] = ['ACCEPTED', 'QUEUED', 'SENDING', 'SENT']

async function settled(): Promise<void> {
  await until(async () => (await legs()).every((it) => !UNDER_WAY.includes(it['state'])))
}

test.run()
