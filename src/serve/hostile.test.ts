// Whatever comes in at the front door: an answer of the right kind, no trace of the inside in it, and the server
// is there for the next one. How quick it is, the bench measures; `raw` gives up only on a hang.

import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { chunk, head, post, raw } from '../shell/http/raw.fixture.ts'
import type { RawAnswer } from '../shell/http/raw.fixture.ts'
import { post as judge } from './client.fixture.ts'
import { groupJson, groupXml, newGroup, request } from './messages.fixture.ts'
import { newFolder, endAll } from './process.fixture.ts'

const test = suite('serve: hostile input')

let running: Running
let port = 0

test.before(async () => {
  const how = { port: 0, host: '127.0.0.1', data: newFolder(), log: 'silent' }
  running = await serve(how, { xsd: [] })
  port = Number(new URL(running.address).port)
})

test.after(async () => {
  await running.close()
  await endAll()
})

type Pieces = readonly (string | Uint8Array)[]

/** What an answer shows of the inside, which is nobody's business. */
const INSIDE = /node:|node_modules|\.js\b|\.ts:|\bat \w+ \(|\/dist\/|Error:|prototype/

async function answered(pieces: Pieces): Promise<RawAnswer> {
  const answer = await raw(port, ...pieces)
  assert.not.match(answer.all, INSIDE)
  assert.is((await raw(port, head('GET /livez'))).status, 200)
  return answer
}

/** A fault is a message of ours, and as valid as any. */
async function assertFault({ body, headers }: RawAnswer): Promise<void> {
  assert.match(headers['content-type'] ?? '', /^application\/xml/)
  assert.match(body, /<(\w+:)?FaultMessage /)
  const { text } = await judge(`${running.address}/api/v1/validate`, body, 'application/xml')
  assert.match(text, /"verdict": ?"valid"/)
}

const json = { 'Content-Type': 'application/json' }
const group = () => groupXml(newGroup())
const attributes = Array.from({ length: 100_000 }, (_, at) => ` a${at}=""`).join('')
const entity = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
const nested = (name: string, depth: number) =>
  `<${name}>`.repeat(depth) + `</${name}>`.repeat(depth)
const utf16 = Buffer.from(`\uFEFF${group()}`, 'utf16le')
const latin = (text: string) => Buffer.from(text, 'latin1')

/** to /cim: the status, and whether the answer is a fault or a reply */
const CIM: Readonly<Record<string, readonly [number, 'fault' | 'reply', Pieces]>> = {
  'no body': [400, 'fault', post('/cim', '')],
  'white space': [400, 'fault', post('/cim', ' \n')],
  'random octets': [400, 'fault', post('/cim', Buffer.from([0, 1, 2, 255, 254, 60, 62]))],
  'JSON as XML': [400, 'fault', post('/cim', groupJson(newGroup()))],
  'no Content-Type': [415, 'fault', [head('POST /cim', { 'Content-Length': '4' }), '<a/>']],
  'a form': [
    415,
    'fault',
    post('/cim', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }),
  ],
  'an unknown charset': [
    415,
    'fault',
    post('/cim', group(), { 'Content-Type': 'text/xml; charset=utf-7' }),
  ],
  'gzip twice': [
    415,
    'fault',
    post('/cim', gzipSync(gzipSync(group())), { 'Content-Encoding': 'gzip, gzip' }),
  ],
  'a gzip bomb': [
    413,
    'fault',
    post('/cim', gzipSync(Buffer.alloc(2 ** 28)), { 'Content-Encoding': 'gzip' }),
  ],
  'half a gzip': [
    400,
    'fault',
    post('/cim', gzipSync(group()).subarray(0, 200), { 'Content-Encoding': 'gzip' }),
  ],
  'a body that claims 20 MB': [
    413,
    'fault',
    [head('POST /cim', { 'Content-Type': 'text/xml', 'Content-Length': '20000000' })],
  ],
  '17 MB in chunks': [
    413,
    'fault',
    [
      head('POST /cim', { 'Content-Type': 'text/xml', 'Transfer-Encoding': 'chunked' }),
      ...Array<string>(17).fill(chunk('x'.repeat(2 ** 20))),
      chunk(''),
    ],
  ],
  '15 MB of one element name': [413, 'fault', post('/cim', `<${'a'.repeat(15e6)}/>`)],
  'packed, as it may be': [
    200,
    'reply',
    post('/cim', gzipSync(group()), { 'Content-Encoding': 'gzip' }),
  ],
  'an encoding with a character in its name that XML does not have': [
    400,
    'fault',
    post('/cim', '<?xml version="1.0" encoding="UTF-\u0018"?><a/>'),
  ],
  'UTF-16, as it may be': [200, 'reply', post('/cim', utf16)],
  'ISO-8859-1 by its parameter': [
    200,
    'reply',
    post('/cim', latin(group().replaceAll('group ', 'größe ')), {
      'Content-Type': 'text/xml; charset=iso-8859-1',
    }),
  ],
  '5,000 levels': [413, 'fault', post('/cim', nested('a', 5_000))],
  'levels in a payload': [413, 'fault', post('/cim', request('create', 'x', nested('a', 200)))],
  '100,000 attributes': [413, 'fault', post('/cim', `<a${attributes}/>`)],
  '200,000 elements': [400, 'fault', post('/cim', `<a>${'<b/>'.repeat(200_000)}</a>`)],
  'an entity': [400, 'fault', post('/cim', `${entity}]><a>&a;</a>`)],
  'an external entity': [
    400,
    'fault',
    post('/cim', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'),
  ],
  'an entity of entities': [
    400,
    'fault',
    post('/cim', `${entity}${'<!ENTITY b "&a;&a;&a;&a;">'.repeat(1_000)}]><a>&b;</a>`),
  ],
  'a bare payload': [
    400,
    'fault',
    post('/cim', '<DERGroups xmlns="http://iec.ch/TC57/2017/DERGroups#"/>'),
  ],
  'an unknown root': [400, 'fault', post('/cim', '<html><script>alert(1)</script></html>')],
  'an unknown verb': [200, 'reply', post('/cim', request('explode', 'v', '<EndDeviceGroup/>'))],
  'an empty payload': [200, 'reply', post('/cim', request('create', 'e', ''))],
  'a MessageID of two lines': [
    200,
    'reply',
    post('/cim', groupXml(newGroup(), 'a&#13;&#10;Set-Cookie: b=c')),
  ],
  'a MessageID beyond ASCII': [200, 'reply', post('/cim', groupXml(newGroup(), 'größe𝄞'))],
  'a MessageID of 100,000 characters': [
    200,
    'reply',
    post('/cim', groupXml(newGroup(), 'x'.repeat(100_000))),
  ],
  'a MessageID of mark-up': [
    200,
    'reply',
    post('/cim', groupXml(newGroup(), '&lt;a>&amp;amp;]]&gt;')),
  ],
}

for (const [title, [status, kind, pieces]] of Object.entries(CIM))
  test(`/cim: ${title}`, async () => {
    const answer = await answered(pieces)
    assert.is(answer.status, status, answer.body.slice(0, 300))
    assert.is(answer.headers['set-cookie'], undefined)
    if (kind === 'fault') await assertFault(answer)
    else assert.match(answer.body, /ResponseMessage/)
  })

const samples = new URL('../../../samples/hostile/', import.meta.url)
/** references that nobody follows: the message around them is sound */
const SOUND = /^(xinclude|schema-location|stylesheet)/

for (const name of readdirSync(samples).filter((it) => it.endsWith('.xml')))
  test(`/cim: samples/hostile/${name}`, async () => {
    const answer = await answered(post('/cim', readFileSync(new URL(name, samples))))
    if (SOUND.test(name)) assert.is(answer.status, 200)
    else if (answer.status === 200) assert.match(answer.body, />FAILED</)
    else await assertFault(answer)
  })

const groups = '/api/v1/der-groups'
const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'

/** to the façade and beside it: the status; every refusal is a problem document */
const API: Readonly<Record<string, readonly [number, Pieces]>> = {
  'no body': [400, post(groups, '', json)],
  'no JSON': [400, post(groups, '{"EndDeviceGroup":', json)],
  null: [400, post(groups, 'null', json)],
  'a text': [400, post(groups, '"x"', json)],
  'a list': [400, post(groups, '[]', json)],
  'nothing in it': [400, post(groups, '{}', json)],
  'keys of prototypes': [400, post(groups, polluting, json)],
  'keys of prototypes inside': [400, post(groups, `{"EndDeviceGroup":[${polluting}]}`, json)],
  'a key twice': [400, post(groups, '{"EndDeviceGroup":[],"EndDeviceGroup":[]}', json)],
  '100,000 lists in lists': [400, post(groups, '['.repeat(100_000), json)],
  '100,000 objects in objects': [400, post(groups, '{"a":'.repeat(100_000), json)],
  'half a surrogate': [400, post(groups, '{"EndDeviceGroup":[{"mRID":"\\ud800"}]}', json)],
  'a NUL': [400, post(groups, '{"EndDeviceGroup":[{"mRID":"\\u0000"}]}', json)],
  'octets that are no UTF-8': [400, post(groups, Buffer.from([0x22, 0xff, 0x22]), json)],
  'a number of 100,000 digits': [400, post(groups, `{"a":${'9'.repeat(100_000)}}`, json)],
  'mark-up as a key': [400, post(groups, '{"a><b/><c":1}', json)],
  XML: [415, post(groups, group())],
  'XML as JSON': [400, post(groups, group(), json)],
  'XML as a message in JSON': [400, post('/cim', group(), json)],
  'an unknown resource': [404, post('/api/v1/nothings', '{}', json)],
  'a resource named like a property': [404, [head('GET /api/v1/__proto__')]],
  'an unknown object': [404, [head(`GET ${groups}/nobody`)]],
  'an mRID of slashes': [404, [head(`GET ${groups}/..%2F..%2Fetc%2Fpasswd`)]],
  'an mRID that is no UTF-8': [404, [head(`GET ${groups}/%E0%A4%A`)]],
  'an mRID with a NUL': [404, [head(`GET ${groups}/a%00b`)]],
  'an mRID of line ends': [404, [head(`GET ${groups}/a%0D%0AX:%20y`)]],
  'a limit of letters': [400, [head(`GET ${groups}?limit=all`)]],
  'a limit beyond all': [400, [head(`GET ${groups}?limit=1e9`)]],
  'a query of 16,000 characters': [431, [head(`GET ${groups}?name=${'x'.repeat(17_000)}`)]],
  'a change of nobody': [
    404,
    post(`${groups}/nobody`, '{}', json).map((it) =>
      typeof it === 'string' ? it.replace('POST', 'PATCH') : it,
    ),
  ],
  'the removal of nobody': [404, [head(`DELETE ${groups}/nobody`)]],
  'an unknown path': [404, [head('GET /wp-login.php')]],
  'a way out': [404, [head('GET /..%2f..%2f..%2fetc/passwd')]],
  TRACE: [405, [head('TRACE /cim')]],
  'GET of /cim': [405, [head('GET /cim')]],
  'another target of the conversion': [400, post('/api/v1/convert?to=exe', '<a/>')],
  'another dialect': [400, post('/api/v1/convert?dialect=__proto__', '<a/>')],
  'no Content-Type': [415, [head('POST /api/v1/validate', { 'Content-Length': '4' }), '<a/>']],
  'a vendor object of nonsense': [400, post('/vendor/example/groups', polluting, json)],
  'an unknown vendor': [404, post('/vendor/nobody/groups', '{}', json)],
}

for (const [title, [status, pieces]] of Object.entries(API))
  test(`/api: ${title}`, async () => {
    const answer = await answered(pieces)
    assert.is(answer.status, status, answer.body.slice(0, 300))
    assert.is(({} as { readonly polluted?: unknown }).polluted, undefined)
    // What is no HTTP is refused before there is anybody to word it.
    if (status === 431) return
    assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/)
    assert.is((JSON.parse(answer.body) as { readonly status?: unknown }).status, status)
  })

test('judges whatever it is given, also hostile', async () => {
  for (const body of ['', '{', '<', 'x', polluting, `<a${attributes}/>`, nested('a', 5_000)]) {
    const { status, body: report } = await answered(post('/api/v1/validate', body))
    assert.is(status, 200)
    assert.not.match(report, /"verdict": ?"valid"/)
  }
})

test.run()
