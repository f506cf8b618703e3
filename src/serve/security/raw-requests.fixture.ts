// For tests only: requests as octets, in the shapes by which one reader takes a request for two, or two for one: lengths, chunks,
// line ends, request lines, headers.

import { groupXml, newGroup } from '../messages.fixture.ts'

/** What has to become of it: `refused` = 400 and the end of the connection; a number = that status. */
export type RequestEnd = 'refused' | number

/** A request, octet by octet. */
export interface RawRequest {
  readonly name: string
  readonly end: RequestEnd
  readonly octets: string
}

/** Of a request that another one hides in. */
const HIDDEN = 'GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n'
const CRLF = '\r\n'

const head = (line: string, ...headers: readonly string[]) =>
  [line, 'Host: localhost', 'Content-Type: application/xml', ...headers].join(CRLF) + CRLF + CRLF
const POST = 'POST /cim HTTP/1.1'

const TRANSFER = [
  ...[
    'chunked',
    'Chunked',
    ' chunked',
    'chunked ',
    'xchunked',
    'chunked, identity',
    'identity',
    'gzip',
  ],
  ...[
    'chunked, chunked',
    'gzip, chunked',
    'chunked;x=y',
    '"chunked"',
    'chunked\x0b',
    '\x0bchunked',
    '',
  ],
  ...['chunk', 'deflate', 'trailers', 'cow'],
]
const LENGTHS = [
  ...['+4', '-4', '0x4', '4, 4', '4 4', '4.0', '4e0', '', '99999999999999999999', '4\x00', '\x0b4'],
]
const BOTH = ['0', '4', '43', '44', '9999']

/** A length and chunks, chunks in disguise, lengths that are none, two of either. */
const framing: readonly RawRequest[] = [
  ...TRANSFER.flatMap((it) =>
    BOTH.map((length): RawRequest => ({
      name: `Transfer-Encoding ${JSON.stringify(it)} beside Content-Length ${length}`,
      end: 'refused',
      octets:
        head(POST, `Transfer-Encoding: ${it}`, `Content-Length: ${length}`) + `0\r\n\r\n${HIDDEN}`,
    })),
  ),
  ...BOTH.map((length): RawRequest => ({
    name: `Content-Length ${length} beside Transfer-Encoding`,
    end: 'refused',
    octets:
      head(POST, `Content-Length: ${length}`, 'Transfer-Encoding: chunked') + `0\r\n\r\n${HIDDEN}`,
  })),
  ...TRANSFER.filter((it) => !/^ *(gzip, )?chunked *$/i.test(it)).map((it): RawRequest => ({
    name: `Transfer-Encoding ${JSON.stringify(it)}`,
    end: 'refused',
    octets: head(POST, `Transfer-Encoding: ${it}`) + `0\r\n\r\n${HIDDEN}`,
  })),
  ...LENGTHS.map((it): RawRequest => ({
    name: `Content-Length ${JSON.stringify(it)}`,
    end: 'refused',
    octets: head(POST, `Content-Length: ${it}`) + `<a/>${HIDDEN}`,
  })),
  ...BOTH.flatMap((one) =>
    BOTH.map((other): RawRequest => ({
      name: `Content-Length ${one} and ${other}`,
      end: 'refused',
      octets: head(POST, `Content-Length: ${one}`, `Content-Length: ${other}`) + `<a/>${HIDDEN}`,
    })),
  ),
  ...[
    'Transfer-Encoding : chunked',
    ' Transfer-Encoding: chunked',
    'Transfer-Encoding\t: chunked',
    'Transfer-Encoding\0: chunked',
    'Transfer_Encoding\x7f: chunked',
    'X: y\r\n Transfer-Encoding: chunked',
    'X: y\nTransfer-Encoding: chunked',
    'X: y\rTransfer-Encoding: chunked',
    ': chunked',
    'Content-Length : 4',
    'Content-Length\x0b: 4',
    'Content Length: 4',
  ].map((it): RawRequest => ({
    name: `the header ${JSON.stringify(it)}`,
    end: 'refused',
    octets: head(POST, it, 'Content-Length: 4') + `<a/>${HIDDEN}`,
  })),
]

const chunked = head(POST, 'Transfer-Encoding: chunked')
const CHUNKS_REFUSED = [
  ...[
    'x\r\n',
    '-1\r\n',
    '+4\r\n<a/>\r\n0\r\n\r\n',
    '0x4\r\n<a/>\r\n0\r\n\r\n',
    ' 4\r\n<a/>\r\n0\r\n\r\n',
    '\r\n4\r\n',
  ],
  ...[
    '4 \n<a/>',
    '4\n<a/>\n0\n\n',
    '4\r<a/>',
    '4\r\n<a/>0\r\n\r\n',
    '4\r\n<a/>x\r\n0\r\n\r\n',
    '4\r\n<a/>\n0\r\n\r\n',
  ],
  ...[
    '3\r\n<a/>\r\n0\r\n\r\n',
    '4;\n\r\n<a/>',
    '4;a\nb\r\n<a/>',
    '4;a=\r<a/>\r\n',
    '4;a="\n"\r\n<a/>',
    '4;\0\r\n<a/>',
  ],
  ...[
    'ffffffffffffffffffff\r\n',
    '4,4\r\n<a/>',
    '4\t\r\n<a/>',
    '0\r\nX y\r\n\r\n',
    '0\r\n: x\r\n\r\n',
    '0\r\n\0: x\r\n\r\n',
  ],
]
/** They are XML that is no message. */
const CHUNKS_TAKEN = [
  ...[
    '4\r\n<a/>\r\n0\r\n\r\n',
    '04\r\n<a/>\r\n0\r\n\r\n',
    '0000000004\r\n<a/>\r\n0\r\n\r\n',
    '2\r\n<a\r\n2\r\n/>\r\n0\r\n\r\n',
  ],
  ...[
    '4;a=b\r\n<a/>\r\n0\r\n\r\n',
    '4;a\r\n<a/>\r\n0;b\r\n\r\n',
    '4;a="b c"\r\n<a/>\r\n0\r\n\r\n',
    '4\r\n<a/>\r\n0\r\nX: y\r\n\r\n',
  ],
  ...[
    '4\r\n<a/>\r\n0\r\nContent-Length: 9\r\n\r\n',
    '4\r\n<a/>\r\n0\r\nTransfer-Encoding: x\r\n\r\n',
    '4\r\n<a/>\r\n00\r\n\r\n',
  ],
]

const chunks: readonly RawRequest[] = [
  ...CHUNKS_REFUSED.map((it): RawRequest => ({
    name: `the chunk ${JSON.stringify(it)}`,
    end: 'refused',
    octets: chunked + it + HIDDEN,
  })),
  ...CHUNKS_TAKEN.map((it): RawRequest => ({
    name: `the chunk ${JSON.stringify(it)}`,
    end: 400,
    octets: chunked + it,
  })),
  {
    name: 'a chunk extension of 20,000 octets',
    end: 413,
    octets: `${chunked}4;${'x'.repeat(20_000)}\r\n<a/>\r\n0\r\n\r\n`,
  },
  {
    name: 'trailers of 20,000 octets',
    end: 431,
    octets: `${chunked}4\r\n<a/>\r\n0\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
  },
]

/** Every line end of a request in turn, as something else. */
function lineEnds(): readonly RawRequest[] {
  const body = groupXml(newGroup(1))
  const lines = [
    POST,
    'Host: localhost',
    'Content-Type: application/xml',
    `Content-Length: ${body.length}`,
    'X: y',
    '',
  ]
  return lines.flatMap((_, at) =>
    ['\n', '\r', '\r\r\n', '\r\n ', '\n\r', '\0\r\n', '\x0b\r\n'].map((end): RawRequest => ({
      name: `line ${at} that ends in ${JSON.stringify(end)}`,
      end: 'refused',
      octets: lines.map((line, n) => line + (n === at ? end : CRLF)).join('') + body,
    })),
  )
}

const REQUEST_LINES = [
  ...[
    'GET /livez',
    'GET /livez HTTP/0.9',
    'GET /livez HTTP/1.2',
    'GET /livez HTTP/2.0',
    'GET /livez HTTP/3',
    'GET /livez HTTP/9.9',
  ],
  ...['GET /livez http/1.1', 'GET /livez HTTP/1.1 x', 'GET\t/livez\tHTTP/1.1'],
  ...[
    'GET /li vez HTTP/1.1',
    'GET\0 /livez HTTP/1.1',
    'GET /livez\0 HTTP/1.1',
    'get /livez HTTP/1.1',
    'GETT /livez HTTP/1.1',
  ],
  ...[
    'GET livez HTTP/1.1',
    'GET HTTP/1.1',
    '/livez HTTP/1.1',
    'HTTP/1.1 200 OK',
    'PRI * HTTP/2.0',
    'SSH-2.0-x',
    'EHLO x',
  ],
  ...[
    'GET /livez FTP/1.1',
    'GET /livez HTTP/1.',
    'GET /livez HTTP/.1',
    'GET /livez HTTP/11',
    'GET /livez HTTP/1.10',
    'G',
  ],
]

const lines: readonly RawRequest[] = [
  ...REQUEST_LINES.map((it): RawRequest => ({
    name: `the line ${JSON.stringify(it)}`,
    end: 'refused',
    octets: `${it}\r\nHost: localhost\r\n\r\n${HIDDEN}`,
  })),
  { name: 'no Host', end: 'refused', octets: `GET /livez HTTP/1.1\r\n\r\n${HIDDEN}` },
  {
    name: 'a method of 10,000 letters',
    end: 'refused',
    octets: `${'A'.repeat(10_000)} / HTTP/1.1\r\nHost: x\r\n\r\n`,
  },
  {
    name: 'a path of 20,000 letters',
    end: 431,
    octets: `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  },
  {
    name: '2,000 headers',
    end: 431,
    octets: `GET /livez HTTP/1.1\r\nHost: localhost\r\n${'X-Long-Header: y\r\n'.repeat(2_000)}\r\n`,
  },
  {
    name: 'a header of 20,000 octets',
    end: 431,
    octets: `GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
  },
]

/** The whole table. */
export function rawRequests(): readonly RawRequest[] {
  return [...framing, ...chunks, ...lineEnds(), ...lines]
}
