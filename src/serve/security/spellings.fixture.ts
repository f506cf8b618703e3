// For tests only: one address of IPv4 in every spelling that some reader takes for it, and other ways to say a host that is meant
// to be taken for another one.

import { randomOf } from '../../shell/xml-in/mutated.fixture.ts'
import type { Random } from '../../shell/xml-in/mutated.fixture.ts'

type Octets = readonly [number, number, number, number]

/** This machine, the address at which clouds tell secrets, and a private network. */
export const INSIDE: readonly Octets[] = [
  [127, 0, 0, 1],
  [169, 254, 169, 254],
  [10, 0, 0, 1],
]

const dec = (it: number) => String(it)
const hex = (it: number) => `0x${it.toString(16)}`
const oct = (it: number) => `0${it.toString(8)}`
const RADIXES = [
  dec,
  hex,
  oct,
  (it: number) => `0x${it.toString(16).padStart(8, '0').toUpperCase()}`,
  (it: number) => `000${it.toString(8)}`,
]

/** The last part stands for all that follow it. */
function partsOf([a, b, c, d]: Octets, count: number): readonly number[] {
  const [low, middle] = [c * 256 + d, (b * 256 + c) * 256 + d]
  return [[a * 2 ** 24 + middle], [a, middle], [a, b, low], [a, b, c, d]][count - 1] ?? []
}

const wide = (text: string) =>
  text.replace(/[0-9a-z]/gi, (it) => String.fromCharCode(it.charCodeAt(0) + 0xfee0))
const escaped = (text: string) =>
  text.replace(/./g, (it) => `%${it.charCodeAt(0).toString(16).padStart(2, '0')}`)
const circled = (text: string) =>
  text.replace(/[1-9]/g, (it) => String.fromCharCode(0x2460 + Number(it) - 1)).replaceAll('0', '⓪')

/** Whole table: parts × radix, IPv6 around it, letters of other widths. */
export function spellingsOf(octets: Octets): readonly string[] {
  const plain = octets.join('.')
  const pairs = [octets[0] * 256 + octets[1], octets[2] * 256 + octets[3]].map((it) =>
    it.toString(16),
  )
  const mapped = pairs.join(':')
  return [
    ...[1, 2, 3, 4].flatMap((count) =>
      RADIXES.map((radix) => partsOf(octets, count).map(radix).join('.')),
    ),
    ...[plain, `${plain}.`, wide(plain), circled(plain), escaped(plain)],
    ...['\u3002', '\uff0e', '\uff61'].map((dot) => plain.replaceAll('.', dot)),
    ...[`[::ffff:${plain}]`, `[::ffff:${mapped}]`, `[0:0:0:0:0:FFFF:${mapped}]`, `[::${plain}]`],
    ...[`[64:ff9b::${plain}]`, `[2002:${mapped}::]`, `[::ffff:0:${plain}]`],
    ...[`${plain}.nip.io`, `${plain}.sslip.io`, `${octets.join('-')}.ip.example`],
    ...[`0${plain}`, plain.replace(/\./g, '..'), `${plain}%00.partner.example`, `${plain}\u00ad`],
  ]
}

/** Names and addresses of this machine and of its link, and tricks with the parts of an address. */
export const HOSTS: readonly string[] = [
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'localhost.localdomain',
    '0',
    '0.0.0.0',
  ],
  ...[
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::1%25lo]',
    '[::1%lo]',
    '[fe80::1%25eth0]',
    '[fd00::1]',
  ],
  ...[
    'metadata.google.internal',
    'ip6-localhost',
    '[::ffff:1]',
    '①.①.①.①',
    'ʟocalhost',
    'ⓛocalhost',
  ],
  ...[
    'loc\u00adalhost',
    'localhost%E3%80%82',
    'xn--localhost',
    '127.0.0.1:80:80',
    '127.0.0.1:0',
    '',
  ],
]

/** An address below a registered one for whoever reads it wrongly. @param inside host and port that are meant */
export function confusions(registered: URL, inside: string): readonly string[] {
  const { host, pathname, origin } = registered
  return [
    ...[
      `http://${host}@${inside}/`,
      `http://${host}:80@${inside}/`,
      `http://${inside}@${host}${pathname}`,
    ],
    ...[`http://${inside}#@${host}${pathname}`, `http://${inside}?@${host}${pathname}`],
    ...[
      `http://${inside}\\@${host}${pathname}`,
      `http://${host}\\@${inside}/`,
      `http://${inside}/${origin}`,
    ],
    ...[`http://${host}.${inside}/`, `http://${host}%40${inside}/`, `http://${host}%2f@${inside}/`],
    ...[`http:${inside}/`, `http:/${inside}/`, `http:///${inside}/`, `//${inside}/`, `${inside}/`],
    ...[
      `\thttp://${inside}/`,
      `http://\t${inside}/`,
      `ht\ntp://${inside}/`,
      `http://${inside}/\r\nX: y`,
    ],
    ...[`HTTP://${inside}/`, `https://${inside}/`, `ftp://${inside}/`, `gopher://${inside}/_x`],
    ...[
      `file://${inside}/etc/passwd`,
      'file:///etc/passwd',
      `dict://${inside}/`,
      `ldap://${inside}/`,
    ],
    ...[`data:text/xml,<a/>`, 'javascript:alert(1)', `jar:http://${inside}!/`, `ws://${inside}/`],
    ...[`${origin}${pathname}/../admin`, `${origin}${pathname}/%2e%2e/admin`, `${origin}/admin`],
    ...[`${origin}${pathname}x`, `${origin}${pathname}/..%2fadmin`, `${origin}${pathname}#x`],
  ]
}

/** One spelling more for each seed: the radix of every part by chance, with zeros before it. */
export function spelledBySeed(seed: number): string {
  const random = randomOf(seed)
  const octets = INSIDE[random(INSIDE.length)] as Octets
  const parts = partsOf(octets, 1 + random(4))
  const spelled = parts.map((it) => zeros(RADIXES[random(3)]?.(it) ?? '', random))
  return spelled.join('.') + (random(5) === 0 ? '.' : '')
}

function zeros(text: string, random: Random): string {
  if (!text.startsWith('0')) return text
  const at = text.startsWith('0x') ? 2 : 1
  return text.slice(0, at) + '0'.repeat(random(3)) + text.slice(at)
}
