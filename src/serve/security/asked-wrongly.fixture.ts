// For tests only: requests that are HTTP, and ask for what is not there: methods at paths, ways out of the tree, types that are no
// types, names of prototypes.

import { groupJson, groupXml, newGroup } from '../messages.fixture.ts'
import { head, post } from '../../shell/http/raw.fixture.ts'

/** A request, and the statuses that it may be answered with. */
export interface WrongRequest {
  readonly name: string
  readonly status: readonly number[]
  readonly pieces: readonly (string | Uint8Array)[]
}

const METHODS = [
  'GET',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PUT',
  'PATCH',
  'DELETE',
  'PROPFIND',
  'SEARCH',
  'LINK',
  'M-SEARCH',
]
const PATHS = [
  ...[
    '/',
    '/cim',
    '/soap',
    '/soap/DERGroups',
    '/api/v1/der-groups',
    '/api/v1/der-groups/x',
    '/api/v1/validate',
  ],
  ...[
    '/vendor/example/groups',
    '/vendor/example',
    '/openapi.json',
    '/docs',
    '/livez',
    '/metrics',
    '/status',
    '/nothing',
  ],
]
const ANY = [200, 202, 204, 400, 404, 405, 406, 411, 415, 426]

const methods: readonly WrongRequest[] = METHODS.flatMap((method) =>
  PATHS.map((path) => ({
    name: `${method} ${path}`,
    status: method === 'TRACE' ? [404, 405, 426] : ANY,
    pieces: [head(`${method} ${path}`, { 'X-Secret': 'do-not-echo', Connection: 'close' })],
  })),
)

const STEPS = [
  ...[
    '../../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%252f..%252fetc/passwd',
  ],
  ...[
    '..%5c..%5cetc%5cpasswd',
    '..\\..\\etc\\passwd',
    '....//....//etc/passwd',
    '..;/..;/etc/passwd',
    '.%00./etc/passwd',
  ],
  ...[
    '%c0%ae%c0%ae/etc/passwd',
    '..%c0%af..%c0%afetc/passwd',
    '%uff0e%uff0e/etc/passwd',
    '/etc/passwd',
    'file:///etc/passwd',
  ],
  ...[
    '..%2fpackage.json',
    '.git/config',
    '.env',
    'Containerfile',
    '%00',
    '%',
    '%zz',
    '__proto__',
    'constructor',
  ],
]
const FOLDERS = [
  '/',
  '/api/v1/',
  '/api/v1/der-groups/',
  '/vendor/example/',
  '/vendor/',
  '/docs/',
  '/soap/',
  '/api/v1/messages/',
]

const ways: readonly WrongRequest[] = FOLDERS.flatMap((folder) =>
  STEPS.map((step) => ({
    name: `GET ${folder}${step}`,
    status: [400, 404, 405],
    pieces: [head(`GET ${folder}${step}`)],
  })),
)

/** None of them is what the body is. */
const TYPES = [
  ...[
    '',
    'xml',
    'application',
    'application/',
    '/xml',
    'text/plain',
    'text/html',
    'application/octet-stream',
    'image/svg',
  ],
  ...[
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/xml, application/json',
  ],
  ...[
    'application/xml application/json',
    'application/xmlx',
    'application/x/xml',
    '*/*',
    'application/*',
    'application/yaml',
  ],
  ...[
    'application/xml; charset=utf-7',
    'application/xml; charset=utf-32',
    'application/xml; charset=ebcdic-cp-us',
  ],
  ...[
    'application/xml; charset=',
    'application/xml; charset=""',
    'application/xml; charset=__proto__',
    'text/xml; charset=x',
  ],
  ...[
    'text/xml; charset=windows-1252',
    'text/xml; charset=shift_jis',
    'text/xml; charset=utf-8utf-7',
    'text/xml;charset=utf_8',
  ],
  ...[
    'application/json; charset=utf-7',
    'application/xhtml',
    'application/soap',
    'application/java-archive',
    'a'.repeat(5_000),
  ],
]
const TARGETS = [
  '/cim',
  '/soap',
  '/api/v1/der-groups',
  '/api/v1/validate',
  '/vendor/example/groups',
]

const types: readonly WrongRequest[] = TARGETS.flatMap((path) =>
  TYPES.map((type) => ({
    name: `POST ${path} of ${type.slice(0, 60)}`,
    status: path === '/soap' ? [415, 500] : [400, 415],
    pieces: post(path, groupXml(newGroup(1)), { 'Content-Type': type }),
  })),
)

/** A type that may be, and a body that is of another. */
const LIES: readonly WrongRequest[] = [
  ...[
    ['XML that is said to be JSON', 'application/json', groupXml(newGroup(1))],
    ['JSON that is said to be XML', 'application/xml', groupJson(newGroup(1))],
    ['UTF-8 that is said to be UTF-16', 'application/xml; charset=utf-16', groupXml(newGroup(1))],
    [
      'UTF-8 that is said to be UTF-16LE',
      'application/xml; charset=utf-16le',
      `${groupXml(newGroup(1))} `,
    ],
    [
      'octets that are said to be UTF-8',
      'application/xml; charset=utf-8',
      Buffer.from([0xff, 0xfe, 0xfd]),
    ],
    ['JSON of no UTF-8', 'application/json', Buffer.from([0x7b, 0xff, 0x7d])],
  ].map(([name, type, body]) => ({
    name: name as string,
    status: [400],
    pieces: post('/cim', body as string, { 'Content-Type': type as string }),
  })),
  ...[
    'gzip, gzip',
    'gzip,gzip',
    'br',
    'deflate',
    'compress',
    'zstd',
    'gzip, identity',
    '__proto__',
    'x',
    'GZIP, br',
  ].map((it) => ({
    name: `the packing ${it}`,
    status: [415],
    pieces: post('/cim', groupXml(newGroup(1)), { 'Content-Encoding': it }),
  })),
]

/** Headers and parameters that are names of every object. */
const names: readonly WrongRequest[] = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  '__defineGetter__',
].flatMap((it) => [
  {
    name: `the header ${it}`,
    status: [200],
    pieces: [head('GET /livez', { [`${it}`]: '{"polluted":1}', X: 'y' })],
  },
  {
    name: `the parameter ${it}`,
    status: [200, 400],
    pieces: [head(`GET /api/v1/der-groups?${it}=1&${it}[polluted]=1`)],
  },
])

/** The whole table. */
export function askedWrongly(): readonly WrongRequest[] {
  return [...methods, ...ways, ...types, ...LIES, ...names]
}
