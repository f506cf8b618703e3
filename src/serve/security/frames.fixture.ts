// For tests only: frames of WebSocket, after the groups in which the protocol is usually tested (RFC 6455 §5 to §8): framing, pings,
// reserved bits, opcodes, fragments, UTF-8, closing.

import { frame } from '../../shell/websocket/frames.fixture.ts'
import type { Content, FrameEnd } from '../../shell/websocket/frames.fixture.ts'

/** Octets behind an upgrade, and how they end. */
export type FrameRow = readonly [name: string, end: FrameEnd, pieces: readonly Uint8Array[]]

const [CONT, TEXT, BINARY, CLOSE, PING, PONG] = [0x80, 0x81, 0x82, 0x88, 0x89, 0x8a]
/** the same without FIN */
const more = (first: number) => first & 0x7f
const x = (count: number) => 'x'.repeat(count)
const code = (it: number, reason: Content = '') => {
  const two = Buffer.alloc(2)
  two.writeUInt16BE(it)
  return Buffer.concat([two, Buffer.from(reason)])
}
/** octet by octet */
const chopped = (of: Uint8Array) => Array.from(of, (_, at) => of.subarray(at, at + 1))

/** octets of a message at most */
const MOST = 64 * 1024

const LENGTHS = [0, 1, 124, 125, 126, 127, 128, 255, 65_535, MOST]

const framing: readonly FrameRow[] = [TEXT, BINARY].flatMap((first) => [
  ...LENGTHS.map((it): FrameRow => [`1: ${it} octets of ${first}`, 'open', [frame(first, x(it))]]),
  ...[MOST + 1, 70_000, 1_000_000].map((it): FrameRow => [
    `1: ${it} octets of ${first}`,
    1009,
    [frame(first, x(it))],
  ]),
  ...(['middle', 'long'] as const).map((lengths): FrameRow => [
    `1: ${first} with a length that is ${lengths}`,
    'open',
    [frame(first, x(5), { lengths })],
  ]),
  ...[0, 0xff].map((mask): FrameRow => [
    `1: ${first} masked with ${mask}`,
    'open',
    [frame(first, x(9), { mask })],
  ]),
  [`1: ${first} without mask`, 1002, [frame(first, 'a', { isBare: true })]],
  ...[2 ** 17, 2 ** 31, 2 ** 40, 2 ** 53 - 1].map((claimed): FrameRow => [
    `1: ${first} that claims ${claimed}`,
    1009,
    [frame(first, 'x', { claimed, lengths: 'long' })],
  ]),
  [
    `1: ${first} that claims 2^63`,
    1009,
    [Buffer.from([first, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ],
  [`1: ${first} octet by octet`, 'open', chopped(frame(first, x(40)))],
])

const pings: readonly FrameRow[] = [PING, PONG].flatMap((first) => [
  ...[0, 1, 124, 125].map((it): FrameRow => [
    `2: ${first} of ${it}`,
    'open',
    [frame(first, x(it))],
  ]),
  ...[126, 127, 1_000, 65_536].map((it): FrameRow => [
    `2: ${first} of ${it}`,
    1002,
    [frame(first, x(it))],
  ]),
  [`2: ${first} of no UTF-8`, 'open', [frame(first, Buffer.from([0xff, 0xfe, 0]))]],
  [`2: ${first} ten times`, 'open', Array.from({ length: 10 }, () => frame(first, 'x'))],
  [`2: ${first} octet by octet`, 'open', chopped(frame(first, x(125)))],
  [`2: ${first} in parts`, 1002, [frame(more(first), 'x')]],
  [`2: ${first} without mask`, 1002, [frame(first, 'x', { isBare: true })]],
  [`2: ${first} with a middle length`, 1002, [frame(first, 'x', { lengths: 'middle' })]],
])

/** Of all opcodes there are; no extension has been agreed on. */
const reserved: readonly FrameRow[] = [0x10, 0x20, 0x30, 0x40, 0x50, 0x60, 0x70].flatMap((bits) =>
  [CONT, TEXT, BINARY, CLOSE, PING, PONG].flatMap((first): readonly FrameRow[] => [
    [`3: ${first} with ${bits}`, 1002, [frame(first | bits, 'xx')]],
    [`3: ${first} with ${bits} behind a text`, 1002, [frame(TEXT, 'a'), frame(first | bits, 'xx')]],
  ]),
)

const opcodes: readonly FrameRow[] = [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].flatMap(
  (it): readonly FrameRow[] => [
    [`4: opcode ${it}`, 1002, [frame(0x80 | it)]],
    [`4: opcode ${it} with something`, 1002, [frame(0x80 | it, 'x')]],
    [`4: opcode ${it} between parts`, 1002, [frame(more(TEXT), 'a'), frame(0x80 | it, 'x')]],
  ],
)

const parts = (count: number, each: string, first = TEXT): readonly Uint8Array[] => [
  frame(more(first), each),
  ...Array.from({ length: count - 2 }, () => frame(0, each)),
  frame(CONT, each),
]

const fragments: readonly FrameRow[] = [
  ...[2, 3, 10, 100, 1_000].flatMap((it): readonly FrameRow[] => [
    [`5: ${it} parts`, 'open', parts(it, 'x')],
    [`5: ${it} parts of nothing`, 'open', parts(it, '')],
    [`5: ${it} parts of octets`, 'open', parts(it, '\0', BINARY)],
  ]),
  ...[1_100, 5_000].map((it): FrameRow => [`5: ${it} parts`, 1008, parts(it, 'x')]),
  ['5: parts that are too much together', 1009, parts(3, x(30_000))],
  ['5: parts that are as much as may be', 'open', parts(2, x(MOST / 2))],
  ['5: a last part of nothing', 1002, [frame(CONT, 'x')]],
  ['5: a part of nothing', 1002, [frame(0, 'x')]],
  ['5: a part behind a whole text', 1002, [frame(TEXT, 'a'), frame(CONT, 'b')]],
  ...[TEXT, BINARY].flatMap((it): readonly FrameRow[] => [
    [`5: ${it} within a text`, 1002, [frame(more(TEXT), 'a'), frame(it, 'x')]],
    [
      `5: the beginning of ${it} within a text`,
      1002,
      [frame(more(TEXT), 'a'), frame(more(it), 'x')],
    ],
  ]),
  ...[PING, PONG].map((it): FrameRow => [
    `5: ${it} between parts`,
    'open',
    [frame(more(TEXT), 'a'), frame(it, 'x'), frame(CONT, 'b')],
  ]),
  ['5: a close between parts', 1000, [frame(more(TEXT), 'a'), frame(CLOSE, code(1000))]],
]

const octets = (hex: string) => Buffer.from(hex, 'hex')
const UTF_8 = [
  'ce ba',
  'e2 82 ac',
  'f0 9f 8c 8d',
  'c2 80',
  'ef bf bd',
  'f4 8f bf bf',
  'ef bf bf',
  '7f',
  '00',
]
const NO_UTF_8 = [
  ...[
    '80',
    'bf',
    'c0 af',
    'c1 bf',
    'c3 28',
    'e0 80 af',
    'e0 9f bf',
    'ed a0 80',
    'ed bf bf',
    'ed a0 80 ed b0 80',
  ],
  ...[
    'f0 80 80 af',
    'f0 8f bf bf',
    'f4 90 80 80',
    'f5 80 80 80',
    'f8 88 80 80 80',
    'fc 84 80 80 80 80',
    'fe',
    'ff',
  ],
  ...['ce', 'e2 82', 'f0 9f 8c', 'c3 a9 c3'],
]
const bytesOf = (it: string) => octets(it.replaceAll(' ', ''))

const utf8: readonly FrameRow[] = [
  ...UTF_8.flatMap((it): readonly FrameRow[] => [
    [`6: ${it}`, 'open', [frame(TEXT, bytesOf(it))]],
    [
      `6: ${it}, part by part`,
      'open',
      [
        ...chopped(bytesOf(it)).map((one, at) => frame(at === 0 ? more(TEXT) : 0, one)),
        frame(CONT),
      ],
    ],
  ]),
  ...NO_UTF_8.flatMap((it): readonly FrameRow[] => [
    [`6: no UTF-8, ${it}`, 1007, [frame(TEXT, bytesOf(it))]],
    [
      `6: no UTF-8, ${it}, in the last part`,
      1007,
      [frame(more(TEXT), 'a'), frame(CONT, bytesOf(it))],
    ],
    [`6: octets that may be ${it}`, 'open', [frame(BINARY, bytesOf(it))]],
  ]),
]

const GOOD_CODES = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999,
]
const BAD_CODES = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]

const closing: readonly FrameRow[] = [
  ['7: a close without code', 1005, [frame(CLOSE)]],
  ...GOOD_CODES.map((it): FrameRow => [`7: ${it}`, it, [frame(CLOSE, code(it))]]),
  ...BAD_CODES.map((it): FrameRow => [
    `7: ${it}, which nobody may send`,
    1002,
    [frame(CLOSE, code(it))],
  ]),
  ['7: half a code', 1002, [frame(CLOSE, 'x')]],
  ['7: a reason', 1000, [frame(CLOSE, code(1000, 'bye'))]],
  ['7: the longest reason', 1000, [frame(CLOSE, code(1000, x(123)))]],
  ['7: too long a reason', 1002, [frame(CLOSE, code(1000, x(124)))]],
  ...['ff', 'c328', 'eda080'].map((it): FrameRow => [
    `7: a reason of ${it}`,
    1007,
    [frame(CLOSE, code(1000, octets(it)))],
  ]),
  ['7: two closes', 1000, [frame(CLOSE, code(1000)), frame(CLOSE, code(1001))]],
  ['7: a text behind a close', 1000, [frame(CLOSE, code(1000)), frame(TEXT, 'x')]],
  ['7: a broken frame behind a close', 1000, [frame(CLOSE, code(1000)), Buffer.from([0xff, 0xff])]],
  ['7: a close in parts', 1002, [frame(more(CLOSE), code(1000))]],
  ['7: a close without mask', 1002, [frame(CLOSE, code(1000), { isBare: true })]],
]

export const FRAMES: readonly FrameRow[] = [
  ...framing,
  ...pings,
  ...reserved,
  ...opcodes,
  ...fragments,
  ...utf8,
  ...closing,
]
