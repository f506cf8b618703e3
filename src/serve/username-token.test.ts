// WS-Security UsernameToken under attack: what proves nobody is refused before its message is looked at, says how to mend
// it, and gives nothing away.

import { createHash, randomBytes } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SOAP_NS } from '../envelope/namespaces.ts'
import type { SoapVersion } from '../envelope/namespaces.ts'
import { WSSE_NS, WSU_NS } from '../gateway/soap/username-token.ts'
import { groupXml, newGroup } from './messages.fixture.ts'
import { auth, openScene } from './scene.fixture.ts'
import type { Scene } from './scene.fixture.ts'

const test = suite('serve: username token')

const SECRET = 'söcret-of-dms'
const OTHER = 'the secret of wms'
const KEY = 'the key of dms'
const PROFILE =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#'

let scene: Scene
test.before(async () => {
  Object.assign(process.env, { DMS_SECRET: SECRET, DMS_API_KEY: KEY, WMS_SECRET: OTHER })
  scene = await openScene(
    () => `
parties:
  ops: {${auth('ops')}, operator: true}
  dms: {auth: [{username: dms-user, password: "\${DMS_SECRET}"}, {apiKey: "\${DMS_API_KEY}"}], sources: [dso-dms]}
  wms: {auth: [{username: wms-user, password: "\${WMS_SECRET}"}]}
`,
  )
})
test.after(() => scene.close())

interface Written {
  readonly user?: string
  readonly password?: string
  readonly type?: 'PasswordDigest' | 'PasswordText'
  /** seconds from now */
  readonly at?: number
  /** as text */
  readonly nonce?: string
  readonly created?: string
  /** digest over something else */
  readonly over?: string
  readonly leave?: 'Nonce' | 'Created' | 'Password' | 'Username'
}

/** A token as somebody else writes it. */
function token({
  user = 'dms-user',
  password = SECRET,
  type = 'PasswordDigest',
  ...it
}: Written = {}) {
  const nonce = it.nonce ?? randomBytes(16).toString('base64')
  const created = it.created ?? new Date(Date.now() + (it.at ?? 0) * 1000).toISOString()
  const octets = it.leave === 'Nonce' ? Buffer.alloc(0) : Buffer.from(nonce, 'base64')
  const said = `${it.leave === 'Created' ? '' : created}${password}`
  const digest = createHash('sha1')
    .update(octets)
    .update(it.over ?? said)
    .digest('base64')
  const parts: readonly (readonly [string, string])[] = [
    ['Username', `<w:Username>${user}</w:Username>`],
    [
      'Password',
      `<w:Password Type="${PROFILE}${type}">${type === 'PasswordDigest' ? digest : password}</w:Password>`,
    ],
    ['Nonce', `<w:Nonce>${nonce}</w:Nonce>`],
    ['Created', `<u:Created xmlns:u="${WSU_NS}">${created}</u:Created>`],
  ]
  const content = parts.filter(([name]) => name !== it.leave).map(([, xml]) => xml)
  return `<w:UsernameToken xmlns:w="${WSSE_NS}">${content.join('')}</w:UsernameToken>`
}

const security = (content: string) => `<w:Security xmlns:w="${WSSE_NS}">${content}</w:Security>`

/** Asks for a group to be made; whether there is one afterwards. */
async function post(
  header: string,
  version: SoapVersion,
  headers: Readonly<Record<string, string>> = {},
  path = '/soap',
  encode: (text: string) => string | Buffer = String,
) {
  const group = newGroup()
  const message = groupXml(group)
  const body = `<s:Envelope xmlns:s="${SOAP_NS[version]}"><s:Header>${header}</s:Header><s:Body>${message}</s:Body></s:Envelope>`
  const type = version === '1.1' ? 'text/xml' : 'application/soap+xml'
  const response = await fetch(`${scene.address}${path}`, {
    method: 'POST',
    body: encode(body),
    headers: { 'Content-Type': type, ...headers },
  })
  const text = await response.text()
  const made = await scene.ask('ops', 'GET', `/api/v1/der-groups/${group.mRID}`)
  return { status: response.status, text, headers: response.headers, isMade: made.status === 200 }
}

const LONG = randomBytes(50_000).toString('base64')
// Made when the tests begin: a token ages from then on.
let [used, usedText] = ['', '']
test.before(() => {
  used = token()
  usedText = token({ type: 'PasswordText' })
})
const usedNonce = randomBytes(16).toString('base64')

/** [what, header blocks, what is said] */
const ATTACKS: readonly (readonly [string, () => string, RegExp])[] = [
  [
    'a token that has been used',
    () => security(used),
    /Nonce has been used before.*new UsernameToken/,
  ],
  [
    'a token in the open that has been used',
    () => security(usedText),
    /Nonce has been used before/,
  ],
  [
    'a used Nonce in a new token',
    () => security(token({ nonce: usedNonce, at: 1 })),
    /Nonce has been used before/,
  ],
  [
    'a used Nonce with white space in it',
    () => security(token({ nonce: `${usedNonce.slice(0, 4)} ${usedNonce.slice(4)}` })),
    /Nonce has been used before/,
  ],
  ['a token of an hour ago', () => security(token({ at: -3_600 })), /Created.*5 minutes.*clock/],
  ['a token of an hour from now', () => security(token({ at: 3_600 })), /Created.*5 minutes/],
  [
    'an old token in the open',
    () => security(token({ type: 'PasswordText', at: -3_600 })),
    /Created/,
  ],
  ['a Created without zone', () => security(token({ created: '2026-07-14T08:00:00' })), /Created/],
  ['a Created that is none', () => security(token({ created: 'now' })), /Created/],
  ['a digest without Nonce', () => security(token({ leave: 'Nonce' })), /needs Nonce and Created/],
  [
    'a digest without Created',
    () => security(token({ leave: 'Created' })),
    /needs Nonce and Created/,
  ],
  [
    'a digest over something else',
    () => security(token({ over: 'x' })),
    /Username or Password is wrong/,
  ],
  [
    'a digest of another password',
    () => security(token({ password: 'x' })),
    /Username or Password is wrong/,
  ],
  [
    'a wrong password in the open',
    () => security(token({ type: 'PasswordText', password: 'x' })),
    /Username or Password is wrong/,
  ],
  [
    'a password in the open that is said to be a digest',
    () => security(token({ type: 'PasswordText' }).replace('#PasswordText', '#PasswordDigest')),
    /Username or Password is wrong/,
  ],
  [
    'a digest that is said to be a password',
    () => security(token().replace('#PasswordDigest', '#PasswordText')),
    /Username or Password is wrong/,
  ],
  [
    'the name of another party',
    () => security(token({ user: 'wms-user' })),
    /Username or Password is wrong/,
  ],
  [
    'the id of the party as its user',
    () => security(token({ user: 'dms' })),
    /Username or Password is wrong/,
  ],
  ['nobody', () => security(token({ user: 'nobody' })), /Username or Password is wrong/],
  ['no Password', () => security(token({ leave: 'Password' })), /lacks Username or Password/],
  ['no Username', () => security(token({ leave: 'Username' })), /lacks Username or Password/],
  ['a Nonce that is no Base64', () => security(token({ nonce: '*' })), /Nonce is not Base64/],
  ['a Nonce of 50,000 octets', () => security(token({ nonce: LONG })), /more than 256 octets/],
  ['two tokens', () => security(token() + token()), /more than one UsernameToken/],
  [
    'a token in each of two Security blocks',
    () => security(token()) + security(token()),
    /more than one UsernameToken/,
  ],
  ['a second Security block', () => security(token()) + security(''), /more than one Security/],
  [
    'two Usernames in one token',
    () =>
      security(token().replace('</w:Username>', '</w:Username><w:Username>wms-user</w:Username>')),
    /more than one Username/,
  ],
  ['a token outside of Security', () => token(), /neither X-API-Key nor Authorization/],
]

for (const version of ['1.1', '1.2'] as const) {
  test(`a right token of SOAP ${version} is taken once`, async () => {
    const first = version === '1.1'
    for (const it of [first ? used : token(), first ? usedText : token({ type: 'PasswordText' })])
      assert.ok((await post(security(it), version)).isMade)
    if (first) assert.ok((await post(security(token({ nonce: usedNonce })), version)).isMade)
  })

  for (const [what, header, said] of ATTACKS)
    test(`${what} proves nobody in SOAP ${version}`, async () => {
      const { status, text, headers, isMade } = await post(header(), version)
      assert.equal([status, isMade], [401, false], text)
      assert.match(text, said)
      assert.match(text, version === '1.1' ? /<faultcode>soap:Client</ : /<soap:Value>soap:Sender</)
      assert.match(text, what.includes('outside') ? /<code>7\.2</ : /<code>7\.4</)
      assert.match(headers.get('WWW-Authenticate') ?? '', /Basic/)
      for (const secret of [SECRET, OTHER, usedNonce]) assert.not.ok(text.includes(secret))
    })
}

const KEYED = { 'X-API-Key': KEY }
const UTF_16 = { 'Content-Type': 'text/xml; charset=utf-16' }
const inUtf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

for (const path of ['/soap', '/cim']) {
  test(`at ${path} a token beside a key has to be of the same party`, async () => {
    const [own, other, wrong, none] = [
      security(token()),
      security(token({ user: 'wms-user', password: OTHER })),
      security(token({ password: 'x' })),
      '',
    ]
    for (const header of [own, none]) {
      const { status, isMade, text } = await post(header, '1.1', KEYED, path)
      assert.equal([status, isMade], [200, true], text)
    }
    for (const [header, said] of [
      [other, /another party than the UsernameToken/],
      [wrong, /Username or Password is wrong/],
      [own, /Nonce has been used before/],
    ] as const) {
      const { status, isMade, text } = await post(header, '1.1', KEYED, path)
      assert.equal([status, isMade], [401, false], text)
      assert.match(text, said)
      assert.match(text, /<code>7\.4</)
    }
  })

  test(`at ${path} so it is in UTF-16`, async () => {
    const { status, isMade, text } = await post(
      security(token({ user: 'wms-user', password: OTHER })),
      '1.1',
      { ...KEYED, ...UTF_16 },
      path,
      inUtf16,
    )
    assert.equal([status, isMade], [401, false], text)
  })
}

test('at /cim a token alone proves nobody: what says so is not read', async () => {
  const { status, isMade, text } = await post(security(token()), '1.1', {}, '/cim')
  assert.equal([status, isMade], [401, false])
  assert.match(text, /neither X-API-Key nor Authorization/)
})

test('a password in the open, without Nonce and Created, is one that proves as often as it is sent', async () => {
  const plain = `<w:UsernameToken xmlns:w="${WSSE_NS}"><w:Username>dms-user</w:Username><w:Password>${SECRET}</w:Password></w:UsernameToken>`
  for (let n = 0; n < 2; n += 1) assert.ok((await post(security(plain), '1.1')).isMade)
})

test('what was refused uses up no Nonce', async () => {
  const nonce = randomBytes(16).toString('base64')
  assert.is((await post(security(token({ nonce, password: 'x' })), '1.1')).status, 401)
  assert.ok((await post(security(token({ nonce })), '1.1')).isMade)
})

test.run()
