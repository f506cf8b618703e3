// Where each network that is not public begins and ends, and what IPv6 hides of IPv4.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { isLoopback, specialNetworkOf, within } from './networks.ts'

const test = suite('peer: networks')

/** the last address before, the first and the last of it, the first behind */
const EDGES: readonly (readonly [before: string, first: string, last: string, behind: string])[] = [
  ['', '0.0.0.0', '0.255.255.255', '1.0.0.0'],
  ['9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'],
  ['100.63.255.255', '100.64.0.0', '100.127.255.255', '100.128.0.0'],
  ['126.255.255.255', '127.0.0.0', '127.255.255.255', '128.0.0.0'],
  ['169.253.255.255', '169.254.0.0', '169.254.255.255', '169.255.0.0'],
  ['172.15.255.255', '172.16.0.0', '172.31.255.255', '172.32.0.0'],
  ['191.255.255.255', '192.0.0.0', '192.0.0.255', '192.0.1.0'],
  ['192.0.1.255', '192.0.2.0', '192.0.2.255', '192.0.3.0'],
  ['192.88.98.255', '192.88.99.0', '192.88.99.255', '192.88.100.0'],
  ['192.167.255.255', '192.168.0.0', '192.168.255.255', '192.169.0.0'],
  ['198.17.255.255', '198.18.0.0', '198.19.255.255', '198.20.0.0'],
  ['198.51.99.255', '198.51.100.0', '198.51.100.255', '198.51.101.0'],
  ['203.0.112.255', '203.0.113.0', '203.0.113.255', '203.0.114.0'],
  ['223.255.255.255', '224.0.0.0', '255.255.255.255', ''],
  ['', '::', '::ffff:ffff', '::1:0:0'],
  ['64:ff9a:ffff::', '64:ff9b::', '64:ff9b::ffff:ffff', '64:ff9b:0:0:0:1::'],
  ['64:ff9b:0:ffff::', '64:ff9b:1::', '64:ff9b:1:ffff:ffff::', '64:ff9b:2::'],
  ['ff:ffff::', '100::', '100::ffff:ffff:ffff:ffff', '100:0:0:1::'],
  ['2000:ffff::', '2001::', '2001:1ff:ffff::', '2001:200::'],
  ['2001:db7:ffff::', '2001:db8::', '2001:db8:ffff::', '2001:db9::'],
  ['2001:ffff::', '2002::', '2002:ffff::', '2003::'],
  ['fbff::', 'fc00::', 'fdff:ffff::', 'fe00::'],
  ['fe7f::', 'fe80::', 'feff:ffff::', ''],
  ['', 'ff00::', 'ffff:ffff::', ''],
]

for (const [before, first, last, behind] of EDGES)
  test(`B6: ${first} to ${last} is not public, and what is beside it is`, () => {
    for (const it of [first, last]) assert.ok(specialNetworkOf(it), it)
    for (const it of [before, behind].filter((one) => one !== ''))
      assert.is(specialNetworkOf(it), undefined, it)
  })

const HIDDEN: Readonly<Record<string, string>> = {
  '::ffff:10.0.0.1': '10.0.0.0/8',
  '::ffff:a9fe:a9fe': '169.254.0.0/16',
  '0:0:0:0:0:ffff:7f00:1': '127.0.0.0/8',
  '::10.0.0.1': '::/96',
  '64:ff9b::a9fe:a9fe': '64:ff9b::/96',
  '2002:7f00:1::': '2002::/16',
  'fe80::1%eth0': 'fe80::/10',
  'FE80::1': 'fe80::/10',
}

for (const [address, network] of Object.entries(HIDDEN))
  test(`B6: ${address} is in ${network}`, () => {
    assert.is(specialNetworkOf(address)?.network, network)
  })

test('B6: an IPv4 address that is public stays so in IPv6', () => {
  assert.is(specialNetworkOf('::ffff:8.8.8.8'), undefined)
})

test('networks are named by their beginning, in both versions', () => {
  const isNamed = within(['10.1.0.0/16', 'fd00::/8', '192.168.1.7/32'])
  for (const it of ['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '192.168.1.7']) assert.ok(isNamed(it))
  for (const it of ['10.2.0.0', 'fc12::1', '192.168.1.8', 'no address']) assert.not.ok(isNamed(it))
})

test('this machine is all of 127 and ::1', () => {
  for (const it of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) assert.ok(isLoopback(it))
  for (const it of ['126.0.0.1', '::2', '0.0.0.0']) assert.not.ok(isLoopback(it))
})

test.run()
