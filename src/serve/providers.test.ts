// Two third parties behind one gateway: what is about the objects of one goes to its systems alone, and the other one gets
// nothing that comes from them, by whatever way it asks (tenant isolation, law P-20).

import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { WebSocket } from 'ws'
import { DER_FUNCTIONS } from '../flows/der-functions.fixture.ts'
import { answerOk, answerXml, auth, openScene, replyXml, until } from './scene.fixture.ts'
import type { Heard, Scene } from './scene.fixture.ts'

const test = suite('serve: providers')

let scene: Scene

test.before(async () => {
  scene = await openScene((outside) => {
    const party = (id: string) =>
      `  "${id}": {${auth(id)}, binding: {type: cim-xml, url: "${outside}/${encodeURIComponent(id)}"}}`
    const all = [
      'dso-dms',
      'dso-cs',
      ...['acme', 'beta'].flatMap((it) => [`tp:${it}:cs`, `tp:${it}:derms`]),
    ]
    return `
parties:
  watch: {${auth('watch')}, operator: true}
${all.map(party).join('\n')}
partyAliases: {derms: "tp:{provider}:derms", support: "tp:{provider}:cs"}
routes:
  - {when: {noun: DERGroups, verb: [get, change], from: "tp:beta:derms"}, to: dso-dms}
  - {when: {noun: DERGroups, verb: [change, delete], from: dso-dms}, to: derms}
  - {when: {noun: DERGroups, verb: close}, to: derms}
  - {when: {noun: DERGroups, verb: [created, changed, deleted], from: cimgate}, to: [derms, support, dso-dms]}
  - {when: {noun: DERGroupDispatches, from: dso-dms}, to: derms}
  - {when: {noun: EndDeviceEvents, from: "tp:{p}:derms"}, to: "tp:{p}:cs"}
  - {when: {noun: EndDeviceGroups, from: "tp:beta:cs"}, to: "tp:acme:derms"}
  - {to: local}
visibility: [{party: "dso-*", deny: [DERGroups.EndDevices], owner: third-party}]
`
  })
  scene.behave(({ body }, response) => answerOk(response, body))
  for (const it of ['acme', 'beta']) {
    const made = await scene.ask(`tp:${it}:cs`, 'POST', '/api/v1/der-groups', { body: group(it) })
    assert.is(made.status, 201, made.text)
  }
  await until(() => scene.heard.length >= 6)
})
test.after(() => scene.close())

/** A group whose every text begins with the name of its owner. */
function group(owner: string, name = `${owner}-group`) {
  return {
    EndDeviceGroup: [
      {
        mRID: `${owner}-group`,
        DERFunction: Object.fromEntries(DER_FUNCTIONS.map((it) => [it, true])),
        EndDevices: [{ mRID: `${owner}-device` }],
        Names: [{ name }],
      },
    ],
  }
}

function message(verb: string, noun: string, payload: string, root = 'RequestMessage'): string {
  const id = crypto.randomUUID()
  return (
    `<${root} xmlns="http://iec.ch/TC57/2011/schema/message"><Header><Verb>${verb}</Verb><Noun>${noun}</Noun>` +
    `<MessageID>${id}</MessageID><CorrelationID>${id}</CorrelationID></Header>${payload}</${root}>`
  )
}

const groups = (...ids: readonly string[]) =>
  `<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${ids
    .map(
      (id) =>
        `<EndDeviceGroup><mRID>${id}</mRID><description>changed</description></EndDeviceGroup>`,
    )
    .join('')}</DERGroups>`
const change = (...ids: readonly string[]) =>
  message('change', 'DERGroups', `<Payload>${groups(...ids)}</Payload>`)
const wholeGroup = (own: string) =>
  `<EndDeviceGroup><mRID>${own}-group</mRID><DERFunction>${DER_FUNCTIONS.map((it) => `<${it}>true</${it}>`).join('')}</DERFunction><Names><name>${own}</name></Names></EndDeviceGroup>`
const wholeGroups = (...owners: readonly string[]) =>
  `<Payload><DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#">${owners.map(wholeGroup).join('')}</DERGroups></Payload>`
const close = (id: string) =>
  message('close', 'DERGroups', `<Payload><ID kind="uuid">${id}</ID></Payload>`)
const get = (id: string) =>
  message('get', 'DERGroups', `<Request><ID kind="uuid">${id}</ID></Request>`)

const to = (party: string): readonly Heard[] => scene.heard.filter((it) => it.party === party)

test('what is accepted is told to the parties of its own provider, and to the others without what they may not see', () => {
  for (const own of ['acme', 'beta'])
    for (const role of ['cs', 'derms']) {
      const heard = to(`tp:${own}:${role}`)
      assert.is(heard.length, 1, `${own} ${role}`)
      assert.match(heard[0]?.body ?? '', `${own}-device`)
    }
  const dms = to('dso-dms').map((it) => it.body)
  assert.is(dms.length, 2)
  assert.not.match(dms.join(''), '-device')
})

test('an alias with {provider} leads to the provider that the object is registered by', async () => {
  for (const own of ['acme', 'beta']) {
    const before = to(`tp:${own}:derms`).length
    const reply = await scene.send('dso-dms', change(`${own}-group`))
    assert.match(reply.text, /<Result>OK/)
    assert.match(to(`tp:${own}:derms`)[before]?.body ?? '', '<Verb>change</Verb>')
  }
})

test('so does one in a message that only refers to the object', async () => {
  const before = to('tp:acme:derms').length
  const payload = `<Payload><DERGroupDispatches xmlns="http://iec.ch/TC57/2017/DERGroupDispatches#"><DERGroupDispatch><mRID>dispatch</mRID><EndDeviceGroup><mRID>acme-group</mRID></EndDeviceGroup></DERGroupDispatch></DERGroupDispatches></Payload>`
  const reply = await scene.send('dso-dms', message('cancel', 'DERGroupDispatches', payload))
  assert.match(reply.text, /<Result>OK/)
  assert.is(to('tp:acme:derms').length, before + 1)
})

test('nothing leads to an unknown provider, nor to several at once: told, and parked', async () => {
  const unknown = await scene.send('dso-dms', change('nobodys-group'))
  assert.match(unknown.text, /<code>5\.2<\/code>[^]*no provider is registered/)
  const both = await scene.send('dso-dms', change('acme-group', 'beta-group'))
  assert.match(
    both.text,
    /<code>5\.2<\/code>[^]*several providers, acme and beta; send them one by one/,
  )
})

test('{p} of the sender is that of the receiver', async () => {
  const event = `<Payload><EndDeviceEvents xmlns="http://iec.ch/TC57/2011/EndDeviceEvents#"><EndDeviceEvent><mRID>e</mRID><createdDateTime>2026-07-14T08:00:00Z</createdDateTime><Assets><mRID>acme-device</mRID></Assets><EndDeviceEventType ref="0.0.0.0"/></EndDeviceEvent></EndDeviceEvents></Payload>`
  await scene.send('tp:acme:derms', message('create', 'EndDeviceEvents', event))
  assert.is(to('tp:acme:cs').filter((it) => it.body.includes('EndDeviceEvents')).length, 1)
  assert.is(to('tp:beta:cs').filter((it) => it.body.includes('EndDeviceEvents')).length, 0)
})

test('a route that leads to another provider leads nowhere', async () => {
  const payload = `<Payload><EndDeviceGroups xmlns="http://iec.ch/TC57/2016/EndDeviceGroups#"><EndDeviceGroup><mRID>eg</mRID><EndDevices><mRID>beta-device</mRID></EndDevices></EndDeviceGroup></EndDeviceGroups></Payload>`
  const reply = await scene.send('tp:beta:cs', message('create', 'EndDeviceGroups', payload))
  assert.match(reply.text, /<code>5\.2<\/code>[^]*belong to another provider/)
})

/** [what the other provider tries, what it is told] */
const TRIES: readonly (readonly [
  string,
  () => Promise<{ status: number; text: string }>,
  RegExp,
])[] = [
  ['GET', () => scene.ask('tp:beta:cs', 'GET', '/api/v1/der-groups/acme-group'), /99\.1/],
  [
    'PATCH',
    () =>
      scene.ask('tp:beta:cs', 'PATCH', '/api/v1/der-groups/acme-group', {
        body: { EndDeviceGroup: [{ description: 'stolen' }] },
      }),
    /99\.1/,
  ],
  ['DELETE', () => scene.ask('tp:beta:cs', 'DELETE', '/api/v1/der-groups/acme-group'), /99\.1/],
  ['get', () => scene.send('tp:beta:cs', get('acme-group')), /<code>99\.1/],
  ['change', () => scene.send('tp:beta:cs', change('acme-group')), /<code>99\.1/],
  [
    'delete by name',
    () =>
      scene.send(
        'tp:beta:cs',
        message('delete', 'DERGroups', '<Payload><ID kind="name">acme-group</ID></Payload>'),
      ),
    /<code>99\.1/,
  ],
  [
    'changed',
    () =>
      scene.send(
        'tp:beta:cs',
        message('changed', 'DERGroups', wholeGroups('acme'), 'EventMessage'),
      ),
    /<code>99\.1/,
  ],
]

for (const [what, attempt, told] of TRIES)
  test(`${what} of what belongs to another provider: as if it were not there`, async () => {
    const { status, text } = await attempt()
    assert.match(text, told, `${status} ${text}`)
    assert.not.match(text, 'acme-device')
    const kept = await scene.ask('tp:acme:cs', 'GET', '/api/v1/der-groups/acme-group')
    assert.match(kept.text, '"acme-device"')
  })

for (const id of ['acme-group', 'nobodys-group'])
  test(`nor is ${id} sent to a party that has the objects of all: a provider asks it for its own alone`, async () => {
    const before = to('dso-dms').length
    for (const text of [change('beta-group', id), change(id), get(id)]) {
      const reply = await scene.send('tp:beta:derms', text)
      assert.match(reply.text, new RegExp(`<Result>FAILED[^]*<code>99.1[^]*The DERGroup ${id}`))
    }
    assert.is(to('dso-dms').length, before)
  })

test('to a party of its own provider it goes as what nobody has, and what that says changes nothing of it', async () => {
  const owner = () => scene.ask('tp:acme:cs', 'GET', '/api/v1/der-groups/acme-group')
  const kept = await owner()
  for (const id of ['acme-group', 'nobodys-group']) {
    const before = to('tp:beta:derms').length
    const reply = await scene.send('tp:beta:cs', close(id))
    assert.match(reply.text, /<Result>OK/)
    assert.match(to('tp:beta:derms')[before]?.body ?? '', id)
  }
  const after = await owner()
  assert.equal([after.text, after.headers.get('ETag')], [kept.text, kept.headers.get('ETag')])
})

test('a list holds what belongs to the provider that asks', async () => {
  const { text } = await scene.ask('tp:beta:cs', 'GET', '/api/v1/der-groups')
  assert.match(text, 'beta-group')
  assert.not.match(text, 'acme')
  const named = await scene.ask('tp:beta:cs', 'GET', '/api/v1/der-groups?name=acme-group')
  assert.not.match(named.text, '"mRID"')
})

test('what a party answers to a query is shown as far as it belongs to whoever asks', async () => {
  scene.behave(({ messageID }, response) => {
    const payload = wholeGroups('acme', 'beta', 'gamma')
    answerXml(response, replyXml(messageID, 'OK', '<Error><code>0.0</code></Error>', { payload }))
  })
  const { text } = await scene.send('tp:beta:derms', get('beta-group'))
  assert.match(text, /<Result>OK[^]*<mRID>beta-group<\/mRID>/)
  assert.not.match(text, /acme|gamma/)
})

test('the DSO sees the objects of a third party without what it is denied, also in the answer to its change', async () => {
  const read = await scene.ask('dso-cs', 'GET', '/api/v1/der-groups/acme-group')
  assert.match(read.text, 'acme-group')
  assert.not.match(read.text, 'acme-device')
  const changed = await scene.ask('dso-cs', 'PATCH', '/api/v1/der-groups/acme-group', {
    body: { EndDeviceGroup: [{ description: 'by the DSO' }] },
  })
  assert.is(changed.status, 200, changed.text)
  assert.not.match(changed.text, 'acme-device')
  assert.not.match((await scene.send('dso-cs', get('acme-group'))).text, 'acme-device')
  const own = await scene.ask('tp:acme:derms', 'GET', '/api/v1/der-groups/acme-group')
  assert.match(own.text, /by the DSO[^]*acme-device/)
})

test('the status feed tells a provider of its own objects and messages only', async () => {
  const subjects = new Set<string>()
  const foreign = (await messages('watch')).filter((it) => it.party.startsWith('tp:acme'))
  assert.ok(foreign.length > 0)
  const asked = ['DERGroups/*', ...foreign.map((it) => `messages/${it.messageID}`)].join(',')
  const url = `${scene.address.replace('http', 'ws')}/status?since=0&topics=${encodeURIComponent(asked)}`
  const socket = new WebSocket(url, { headers: { 'X-API-Key': 'key-of-tp:beta:cs' } })
  socket.on('message', (it: Buffer) => {
    const frame = JSON.parse(it.toString()) as Record<string, string>
    assert.is(frame['owner'], undefined)
    if (frame['type'] === 'status') subjects.add(`${frame['noun']}/${frame['subject']}`)
  })
  await once(socket, 'open')
  await until(() => subjects.size > 0)
  await scene.ask('tp:acme:cs', 'PATCH', '/api/v1/der-groups/acme-group', {
    body: { EndDeviceGroup: [{ description: 'once more' }] },
  })
  const before = subjects.size
  await scene.ask('tp:beta:cs', 'POST', '/api/v1/der-groups', {
    body: {
      EndDeviceGroup: [
        { ...group('beta').EndDeviceGroup[0], mRID: 'beta-2', Names: [{ name: 'b2' }] },
      ],
    },
  })
  await until(() => subjects.size > before)
  socket.close()
  assert.equal([...subjects].sort(), ['DERGroups/beta-2', 'DERGroups/beta-group'])
})

async function messages(party: string) {
  const { json } = await scene.ask(party, 'GET', '/api/v1/messages?limit=1000')
  return json['messages'] as { readonly party: string; readonly messageID: string }[]
}

test('a provider finds its own messages only, and was sent nothing of the other', async () => {
  const own = await messages('tp:beta:cs')
  assert.ok(own.length > 0)
  assert.ok(own.every((it) => it.party === 'tp:beta:cs'))
  // What it was asked to close its own provider has named.
  const others = scene.heard.filter(({ body }) => !body.includes('<Verb>close</Verb>'))
  for (const it of others.filter(({ party }) => party.startsWith('tp:beta')))
    assert.not.match(it.body, /acme/)
})

test.run()
