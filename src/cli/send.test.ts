// `cimgate send` against a listening peer: what comes back that is a reply, what is none, and as whom a message is sent.

import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, resolve } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { runSend, UsageError } from '../main.ts'
import { listening } from '../shell/http/raw.fixture.ts'
import { ROOT, cimgate, file, folder, read } from './process.fixture.ts'

const test = suite('cli: send')

const GOOD = 'samples/der-group-form/request.xml'
const EVENT = file(
  'event.xml',
  read(GOOD)
    .toString()
    .replaceAll('RequestMessage', 'EventMessage')
    .replace('<Verb>create<', '<Verb>created<'),
)
const REPLY = read('samples/der-group-form/reply.xml').toString()
const FAILED = read('samples/der-group-form/failed-reply.xml').toString()
const FAULT =
  '<FaultMessage xmlns="http://iec.ch/TC57/2011/schema/message"><Reply><Result>FAILED</Result><Error><code>7.2</code><level>FATAL</level><reason>Who?</reason></Error></Reply></FaultMessage>'
const SOAP_FAULT =
  '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring><![CDATA[The queue is full.]]></faultstring></s:Fault></s:Body></s:Envelope>'
const PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title><script>var x = "<b>"</script></head>\n<body><!-- secret --><h1>Please  sign in\u001b[2J</h1></body></html>'

type Answer = readonly [
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
]

const XML = { 'Content-Type': 'application/xml' }
const HTML = { 'Content-Type': 'text/html; charset=utf-8' }

let heard: IncomingMessage['headers'] = {}
let answer: Answer | 'echo' = [200, XML, REPLY]

const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  void request.toArray().then((chunks) => {
    heard = request.headers
    const [status, headers, body] =
      answer === 'echo' ? ([200, XML, Buffer.concat(chunks as Buffer[])] as const) : answer
    response.writeHead(status, headers).end(body)
  })
})
let to = ''

test.before(async () => {
  Object.assign(process.env, { SEND_KEY: 'key-of-me', SEND_EMPTY: '', SEND_ODD: 'key\nof-me' })
  to = `http://127.0.0.1:${await listening(server)}/in`
})
test.after(() => {
  server.close()
  server.closeAllConnections()
})

/** Sends, and says what it has ended with and told. */
async function sent(it: Answer | 'echo', message = GOOD, proof: object = {}) {
  answer = it
  heard = {}
  const [out, err]: [string[], string[]] = [[], []]
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    colour: false,
    watched: false,
    width: 100,
  }
  const code = await runSend(resolve(ROOT, message), { to, ...proof }, { xsd: [] }, terminal)
  return { code, out: out.join(''), err: err.join('') }
}

/** [what, answer, exit code, what is told] */
const NO_REPLIES: readonly (readonly [string, Answer | 'echo', readonly RegExp[]])[] = [
  [
    '503 with a page and Retry-After',
    [503, { ...HTML, 'Retry-After': '30' }, '<html><body>Service Unavailable</body></html>'],
    [
      /HTTP 503, text\/html; charset=utf-8, 45 octets: there is no reply\./,
      /begins {4}Service Unavailable\n/,
      /whose {5}the peer\n/,
      /mend {6}Send it again as Retry-After says \(30\)/,
    ],
  ],
  [
    '500 in plain text',
    [500, {}, 'oops'],
    [/no Content-Type, 4 octets/, /begins {4}oops/, /peer\n/],
  ],
  [
    '401 with a page',
    [401, { ...HTML, 'WWW-Authenticate': 'Bearer realm="x"' }, PAGE],
    [
      /begins {4}Sign in Please sign in \[2J\n/,
      /whose {5}the sender/,
      /Prove yourself with --api-key or --bearer; the peer asks for Bearer\./,
    ],
  ],
  ['403', [403, {}, ''], [/no body/, /whose {5}the sender/, /right to send.*--api-key/]],
  ['404', [404, HTML, '<html>x</html>'], [/Nothing takes messages at \/in: .*\/cim/, /sender/]],
  ['405', [405, {}, ''], [/Nothing takes messages at \/in/]],
  ['413', [413, {}, ''], [/Send less/]],
  ['415', [415, {}, ''], [/application\/xml/, /sender/]],
  ['429', [429, { 'Retry-After': '7' }, ''], [/Retry-After says \(7\)/]],
  [
    '400 with a problem document',
    [400, { 'Content-Type': 'application/problem+json' }, '{"title":"No."}'],
    [/begins {4}\{"title":"No\."\}/, /sender/, /why it refuses/],
  ],
  [
    'a redirect',
    [302, { Location: 'https://cim.test/in' }, ''],
    [/if https:\/\/cim\.test\/in is the peer/, /sender/],
  ],
  ['202 without a body', [202, {}, ''], [/HTTP 202, no body/, /comes later to the ReplyAddress/]],
  ['200 without a body', [200, {}, ''], [/whose {5}the peer/, /answered by a ResponseMessage/]],
  ['200 with a page', [200, HTML, PAGE], [/login or a proxy/, /sender/]],
  ['200 with a page of no type', [200, {}, PAGE], [/login or a proxy/]],
  ['200 in JSON', [200, { 'Content-Type': 'application/json' }, '{}'], [/whose {5}the peer/]],
  ['XML of another kind', [200, XML, '<ok/>'], [/begins {4}<ok\/>/, /whose {5}the peer/]],
  ['what was sent', 'echo', [/begins {4}RequestMessage, create DERGroups/, /whose {5}the peer/]],
  ['long words', [500, {}, 'x'.repeat(1000)], [/begins {4}x{160}…\n/]],
]

for (const [what, it, told] of NO_REPLIES)
  test(`${what} is no reply`, async () => {
    const { code, out, err } = await sent(it)
    assert.equal([code, out], [2, ''], err)
    for (const one of told) assert.match(err, one)
    assert.not.match(err, /COR-01|secret|var x|\u001b/)
    if (what.startsWith('202')) assert.not.match(err, /whose/)
  })

/** [what, answer, what is told] */
const REPLIES: readonly (readonly [string, Answer, RegExp])[] = [
  ['FAILED', [200, XML, FAILED], /It says FAILED, not OK: \d/],
  [
    'a FaultMessage with 401',
    [401, XML, FAULT],
    /FAILED, not OK: 7\.2 Who\?\nProve yourself with --api-key or --bearer\.\n/,
  ],
  [
    'a SOAP fault',
    [500, XML, SOAP_FAULT],
    /FAILED, not OK: 5\.1 SOAP fault Server: The queue is full\./,
  ],
  ['XML that ends too soon', [200, XML, REPLY.slice(0, -20)], /the reply is not-well-formed/],
  [
    'a reply to another message',
    [200, XML, REPLY.replace(/<CorrelationID>[^<]*/, '<CorrelationID>other')],
    /COR-01: the reply carries CorrelationID other; expected/,
  ],
  ['a reply without a Verb', [200, XML, REPLY.replace('<Verb>reply</Verb>', '')], /is invalid/],
]

for (const [what, it, told] of REPLIES)
  test(`${what} is a reply, and not the right one`, async () => {
    const { code, out, err } = await sent(it)
    assert.equal([code, out], [1, `${it[2].toString()}\n`], err)
    assert.match(err, told)
    if (!what.includes('another')) assert.not.match(err, /COR-01/)
  })

test('an event is taken by 2xx without a body, and refused by what is none', async () => {
  const taken = await sent([204, {}, ''], EVENT)
  assert.equal(
    [taken.code, taken.err],
    [0, 'HTTP 204: the peer has taken it, and no reply is due.\n'],
  )
  assert.is((await sent([202, {}, ''], EVENT)).code, 0)
  assert.is((await sent([200, HTML, PAGE], EVENT)).code, 2)
  assert.is((await sent([500, {}, ''], EVENT)).code, 2)
})

test('--api-key and --bearer name where a secret is, and send it', async () => {
  const place = file('send.key', 'token-of-me\n')
  const { code } = await sent([200, XML, REPLY], GOOD, {
    apiKey: 'env:SEND_KEY',
    bearer: `file:${place}`,
  })
  assert.is(code, 0)
  assert.equal([heard['x-api-key'], heard.authorization], ['key-of-me', 'Bearer token-of-me'])
  assert.is((await sent([200, XML, REPLY])).code, 0)
  assert.equal([heard['x-api-key'], heard.authorization], [undefined, undefined])
  const { err } = await sent([401, HTML, PAGE], GOOD, { apiKey: 'env:SEND_KEY' })
  assert.match(err, /does not take what --api-key names/)
})

/** [place, what is told] */
const NO_SECRETS: readonly (readonly [string, RegExp])[] = [
  ['key-of-me', /--api-key takes no secret itself.*env:NAME.*file:PATH/],
  ['env:', /takes no secret itself/],
  ['env:key-of-me', /takes no secret itself/],
  ['env:SEND_NONE', /--api-key: the environment variable SEND_NONE is not set; set it/],
  ['env:SEND_EMPTY', /SEND_EMPTY is not set/],
  ['env:SEND_ODD', /env:SEND_ODD holds cannot stand in a header/],
  [`file:${join(folder, 'none')}`, /none cannot be read: .*; write the path of a file/],
  [`file:${file('empty', '\n')}`, /empty is empty/],
  [`file:${file('two', 'one\ntwo\n')}`, /cannot stand in a header/],
]

for (const [place, told] of NO_SECRETS)
  test(`${place} is no place of a secret`, async () => {
    try {
      await sent([200, XML, REPLY], GOOD, { apiKey: place })
      assert.unreachable('it was sent')
    } catch (error) {
      assert.ok(error instanceof UsageError, String(error))
      assert.match(error.message, told)
      assert.not.match(error.message, /key-of-me|of-me/)
    }
    assert.equal(heard, {})
  })

test('on the command line a plain secret is refused and not repeated, nor one in the address', async () => {
  const [plain, inAddress, right] = await Promise.all([
    cimgate('send', GOOD, '--to', to, '--bearer', 'token-of-me'),
    cimgate('send', GOOD, '--to', to.replace('//', '//me:token-of-me@')),
    cimgate('send', GOOD, '--to', to, '--api-key', 'env:SEND_KEY'),
  ])
  assert.equal([plain.code, inAddress.code, right.code], [2, 2, 0], right.err)
  assert.match(plain.err, /--bearer takes no secret itself/)
  assert.match(inAddress.err, /leave it out, and prove yourself with --api-key or --bearer/)
  assert.not.match(plain.err + inAddress.err, /token-of-me/)
})

test.run()
