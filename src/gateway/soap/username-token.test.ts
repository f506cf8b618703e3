import { createHash } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { SOAP_NS } from '../../envelope/namespaces.ts'
import { soapBody } from '../../envelope/soap.ts'
import { readXml } from '../../shell/xml-in/read-xml.ts'
import { inEnvelope } from './carried.ts'
import {
  nonceKey,
  tokenFault,
  usernameTokenIn,
  withUsernameToken,
  WSSE_NS,
  WSU_NS,
} from './username-token.ts'
import type { UsernameToken } from './username-token.ts'

const test = suite('soap: username token')

const NOW = '2026-07-14T08:00:00Z'
const sha1 = (octets: Uint8Array) => new Uint8Array(createHash('sha1').update(octets).digest())
const PARTS = { now: NOW, sha1 }
const PROFILE =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#'

/** The token in an envelope with this content of Security. */
function found(content: string): ReturnType<typeof usernameTokenIn> {
  const text = `<s:Envelope xmlns:s="${SOAP_NS['1.1']}"><s:Header><w:Security xmlns:w="${WSSE_NS}" xmlns:u="${WSU_NS}">${content}</w:Security></s:Header><s:Body/></s:Envelope>`
  const root = readXml(Buffer.from(text))
  return usernameTokenIn((root && soapBody(root)?.blocks) ?? [])
}

const token = (content: string) => `<w:UsernameToken>${content}</w:UsernameToken>`
const NAME = '<w:Username>wms</w:Username>'
const PASSWORD = '<w:Password>s &amp; t</w:Password>'

function read(content: string): UsernameToken {
  const it = found(content)
  if (it === undefined || 'wrong' in it) throw new Error(it?.wrong ?? 'no token')
  return it
}

test('a password in the open proves itself', () => {
  const it = read(token(`${NAME}${PASSWORD}`))
  assert.equal(it, { username: 'wms', password: 's & t', isDigest: false, nonce: '', created: '' })
  assert.is(tokenFault(it, 's & t', PARTS), undefined)
  for (const other of ['s & T', 's & t ', '', 's & tt'])
    assert.match(tokenFault(it, other, PARTS) ?? '', /is wrong/)
})

/** As another implementation makes it: Base64 ( SHA-1 ( nonce + created + password ) ). */
function digestToken(created: string, nonce = Buffer.from('0123456789abcdef')): string {
  const digest = createHash('sha1').update(nonce).update(`${created}söcret`).digest('base64')
  return token(
    `${NAME}<w:Password Type="${PROFILE}PasswordDigest">${digest}</w:Password><w:Nonce>${nonce.toString('base64')}</w:Nonce><u:Created>${created}</u:Created>`,
  )
}

test('a digest proves the password that it is made of, and no other', () => {
  const it = read(digestToken(NOW))
  assert.ok(it.isDigest)
  assert.is(tokenFault(it, 'söcret', PARTS), undefined)
  assert.match(tokenFault(it, 'socret', PARTS) ?? '', /is wrong/)
  assert.match(tokenFault({ ...it, nonce: 'AAAA' }, 'söcret', PARTS) ?? '', /is wrong/)
})

/** [Created, taken] at 08:00:00Z */
const INSTANTS: readonly (readonly [string, boolean])[] = [
  ['2026-07-14T07:55:00Z', true],
  ['2026-07-14T07:54:59Z', false],
  ['2026-07-14T08:01:00Z', true],
  ['2026-07-14T08:01:01Z', false],
  ['2026-07-14T10:00:00+02:00', true],
  ['2026-07-14T08:00:00', false],
  ['yesterday', false],
]
for (const [created, isTaken] of INSTANTS)
  test(`Created ${created} is ${isTaken ? 'fresh' : 'refused'}`, () => {
    const fault = tokenFault(read(digestToken(created)), 'söcret', PARTS)
    assert.is(fault === undefined, isTaken, fault)
    if (!isTaken) assert.match(fault ?? '', /5 minutes/)
  })

test('a digest without Nonce or Created proves nothing', () => {
  const it = read(digestToken(NOW))
  for (const part of [{ nonce: '' }, { created: '' }])
    assert.match(tokenFault({ ...it, ...part }, 'söcret', PARTS) ?? '', /needs Nonce and Created/)
  assert.match(tokenFault({ ...it, nonce: '*' }, 'söcret', PARTS) ?? '', /not Base64/)
  const long = Buffer.alloc(257).toString('base64')
  assert.match(tokenFault({ ...it, nonce: long }, 'söcret', PARTS) ?? '', /more than 256 octets/)
})

test('what is no token, or more than one, is told', () => {
  assert.is(found('<u:Timestamp/>'), undefined)
  const wrong: readonly (readonly [string, RegExp])[] = [
    [token(NAME), /lacks/],
    [token(PASSWORD), /lacks/],
    [token(`${NAME}${PASSWORD}`).repeat(2), /more than one/],
    [
      `${token(`${NAME}${PASSWORD}`)}</w:Security><w:Security xmlns:w="${WSSE_NS}">`,
      /more than one Security/,
    ],
    ...[NAME, PASSWORD, '<w:Nonce>AAAA</w:Nonce>', `<u:Created>${NOW}</u:Created>`].map(
      (it) => [token(`${NAME}${PASSWORD}${it}${it}`), /has more than one/] as const,
    ),
    [token(`${NAME}<w:Password Type="urn:x">a</w:Password>`), /neither/],
  ]
  for (const [content, text] of wrong) {
    const it = found(content)
    assert.match(it !== undefined && 'wrong' in it ? it.wrong : '', text)
  }
})

test('the same octets of a nonce are the same nonce, however they are written', () => {
  const keyOf = (nonce: string) => nonceKey({ ...read(digestToken(NOW)), nonce })
  for (const it of ['AAAA', 'AA AA', 'A\nAAA']) assert.is(keyOf(it), 'AAAA', it)
  assert.is(keyOf('AAA'), keyOf('AAA='))
  assert.is.not(keyOf('AAAB'), 'AAAA')
})

for (const version of ['1.1', '1.2'] as const)
  for (const passwordType of ['text', 'digest'] as const)
    for (const blocks of ['', '<a xmlns="urn:a"/>'])
      test(`our own ${passwordType} token of SOAP ${version} is one that we take${blocks === '' ? '' : ', beside other blocks'}`, () => {
        const own = { username: 'a<b', password: 'p&w', passwordType }
        const { xml } = inEnvelope('<m/>', version, blocks)
        const text = withUsernameToken(xml, own, new Uint8Array(16).fill(200), PARTS)
        const root = readXml(Buffer.from(text))
        const soap = root && soapBody(root)
        assert.is(soap?.version, version)
        assert.is(soap?.message?.name, 'm')
        assert.is(soap?.blocks.length, blocks === '' ? 1 : 2)
        const it = usernameTokenIn(soap?.blocks ?? [])
        if (it === undefined || 'wrong' in it) throw new Error('no token')
        assert.equal([it.username, it.isDigest], ['a<b', passwordType === 'digest'])
        assert.is(tokenFault(it, 'p&w', PARTS), undefined)
        assert.is(text.includes('p&amp;w'), passwordType === 'text')
      })

test.run()
