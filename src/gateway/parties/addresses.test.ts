import fc from 'fast-check'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { party, topologyOf } from '../access/parties.fixture.ts'
import { isAllowed, mayReplyTo, plainAddress } from './addresses.ts'

const test = suite('addresses')

const ALLOWED = ['https://dms.test/cim', 'http://10.0.0.7:8088/in/', 'https://bücher.test']

const TAKEN = [
  'https://dms.test/cim',
  'https://dms.test/cim/',
  'https://dms.test/cim/replies?id=1',
  'https://DMS.test:443/cim/x',
  'HTTPS://dms.test/cim',
  'https://dms.test/other/../cim/x',
  'http://10.0.0.7:8088/in/x',
  'https://xn--bcher-kva.test/x',
  'https://BÜCHER.test/',
]

const REFUSED = [
  '',
  'dms.test/cim',
  '//dms.test/cim',
  'ftp://dms.test/cim',
  'file:///etc/passwd',
  'javascript:alert(1)',
  // another origin
  'http://dms.test/cim',
  'https://dms.test:8443/cim',
  'https://dms.test.evil.test/cim',
  'https://evil.test/https://dms.test/cim',
  'https://sub.dms.test/cim',
  'https://dms.test./cim',
  'https://dms.tеst/cim', // a Cyrillic e
  'http://10.0.0.7/in/x',
  'http://0xa.0.0.7:8080/in/x',
  // credentials, and hosts that only look like one
  'https://dms.test@evil.test/cim',
  'https://user:secret@dms.test/cim',
  'https://@dms.test/cim',
  'https://dms.test%40evil.test/cim',
  'https://evil.test\\@dms.test/cim',
  'https://dms.test\\cim',
  'https:dms.test/cim',
  'https:///dms.test/cim',
  // another path
  'https://dms.test',
  'https://dms.test/',
  'https://dms.test/cimx',
  'https://dms.test/CIM',
  'https://dms.test/cim/../admin',
  'https://dms.test/cim/%2e%2e/admin',
  'https://dms.test/cim/.%2E/admin',
  'https://dms.test/cim/%252e%252e/admin',
  'https://dms.test/cim/..%2fadmin',
  'https://dms.test/cim/..%5cadmin',
  'https://dms.test/cim/..;/admin',
  'https://dms.test/cim/..\\admin',
  'https://dms.test/cim%2f..%2fadmin',
  'https://dms.test/cim/%00',
  'https://dms.test/?/cim',
  'https://dms.test/cim#x',
  // what the URL standard drops
  ' https://dms.test/cim',
  'https://dms.test/cim\n',
  'ht\ntps://dms.test/cim',
  'https://dms.test/c\tim',
]

test('an address is allowed with what stands below it, as the URL standard reads it', () => {
  for (const it of TAKEN) assert.ok(isAllowed(it, ALLOWED), it)
})

test('no trick with origin, credentials, path or letters is a way around', () => {
  for (const it of REFUSED) assert.not(isAllowed(it, ALLOWED), it)
})

test('nothing is allowed where nothing is listed, and what is listed badly allows nothing', () => {
  assert.not(isAllowed('https://dms.test/cim', []))
  for (const it of ['dms.test', 'https://u:p@dms.test', ''])
    assert.not(isAllowed('https://dms.test/cim', [it]), it)
})

test('whatever is allowed reaches the origin and the path that are listed (seed 61968)', () => {
  const [own] = ALLOWED
  const bits = [
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2f',
    '%5c',
    ';',
    '@',
    ':',
    '?',
    '#',
    'cim',
    'evil.test',
    ' ',
    '%25',
    'dms.test',
  ]
  const tail = fc.array(fc.constantFrom(...bits), { maxLength: 8 }).map((it) => it.join(''))
  const head = fc.constantFrom('https://dms.test', 'https://dms.test/cim', 'https://')
  fc.assert(
    fc.property(head, tail, (start, end) => {
      const address = start + end
      if (!isAllowed(address, [own as string])) return true
      const { origin, pathname, username } = new URL(address)
      return origin === 'https://dms.test' && username === '' && /^\/cim(\/|$)/.test(pathname)
    }),
    { seed: 61968, numRuns: 5000 },
  )
})

test('a party may be answered at its own address, at those listed for it, and at those open to all', () => {
  const url = 'https://own.test/cim'
  const own = party('a', {
    binding: { type: 'cim-xml', url, timeoutMs: 1 },
    replyAddresses: ['https://own.test/replies'],
  })
  const open = topologyOf([own], { allowedAddresses: ['https://bus.test'] })
  const asked = [url, 'https://own.test/replies/1', 'https://bus.test/x', 'https://own.test/x']
  assert.equal(
    asked.map((it) => mayReplyTo('a', open, it)),
    [true, true, true, false],
  )
  assert.not(mayReplyTo('b', open, url), 'the address of another party')
})

test('a plain address is http or https, without credentials and fragment', () => {
  assert.is(plainAddress('https://a.test/x')?.hostname, 'a.test')
  for (const it of ['mailto:a@b.test', 'https://a@b.test', 'https://b.test/#', 'https://'])
    assert.is(plainAddress(it), undefined, it)
})

test.run()
