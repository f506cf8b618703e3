// Which addresses are nobody's on the public internet: those of private networks, of the machine itself, of its link, and what is
// set apart for other uses. After the registries of special-purpose addresses (RFC 6890).

import { BlockList, isIP } from 'node:net'

/** A network, and what it is for, in words that go on "…, which is". */
type Row = readonly [network: string, what: string]

const PRIVATE = 'private'
const MACHINE = 'this machine'
const LINK = 'of the local link'
const SPECIAL = 'set apart for special uses'
const MANY = 'of many receivers at once'

const ROWS: readonly Row[] = [
  ['0.0.0.0/8', MACHINE],
  ['10.0.0.0/8', PRIVATE],
  ['100.64.0.0/10', PRIVATE],
  ['127.0.0.0/8', MACHINE],
  ['169.254.0.0/16', LINK],
  ['172.16.0.0/12', PRIVATE],
  ['192.0.0.0/24', SPECIAL],
  ['192.0.2.0/24', SPECIAL],
  ['192.88.99.0/24', SPECIAL],
  ['192.168.0.0/16', PRIVATE],
  ['198.18.0.0/15', SPECIAL],
  ['198.51.100.0/24', SPECIAL],
  ['203.0.113.0/24', SPECIAL],
  ['224.0.0.0/4', MANY],
  ['240.0.0.0/4', SPECIAL],
  ['::/128', MACHINE],
  ['::1/128', MACHINE],
  // What is translated to IPv4 on the way may come out at any of the above.
  ['::/96', SPECIAL],
  ['64:ff9b::/96', SPECIAL],
  ['64:ff9b:1::/48', SPECIAL],
  ['100::/64', SPECIAL],
  ['2001::/23', SPECIAL],
  ['2001:db8::/32', SPECIAL],
  ['2002::/16', SPECIAL],
  ['3fff::/20', SPECIAL],
  ['5f00::/16', SPECIAL],
  ['fc00::/7', PRIVATE],
  ['fe80::/10', LINK],
  ['fec0::/10', PRIVATE],
  ['ff00::/8', MANY],
]

/** @param networks such as `10.0.0.0/8` */
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const it of networks) {
    const [address = '', bits] = it.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}

/** IPv4 inside of IPv6 (`::ffff:10.0.0.1`) is taken for what it is. */
function isIn(list: BlockList, address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  const version = isIP(bare)
  return version !== 0 && list.check(bare, version === 4 ? 'ipv4' : 'ipv6')
}

const LISTS = ROWS.map(([network, what]) => ({ network, what, list: listOf([network]) }))
const LOOPBACK = listOf(['127.0.0.0/8', '::1/128'])

/** An address of no public network: in which it is, and what that is for. */
export interface Special {
  readonly network: string
  readonly what: string
}

/** Undefined for an address that is public. */
export function specialNetworkOf(address: string): Special | undefined {
  return LISTS.find(({ list }) => isIn(list, address))
}

/** True for an address of this machine. */
export function isLoopback(address: string): boolean {
  return isIn(LOOPBACK, address)
}

/** Tells whether an address is in one of the networks. */
export function within(networks: readonly string[]): (address: string) => boolean {
  const list = listOf(networks)
  return (address) => isIn(list, address)
}
