// For tests only: texts that some program or other takes for something else than a text.

import { randomOf } from '../../shell/xml-in/mutated.fixture.ts'

const WORDS = [
  ...[
    'undefined',
    'null',
    'NULL',
    'nil',
    'None',
    'true',
    'false',
    'True',
    'NaN',
    'Infinity',
    '-Infinity',
    'INF',
    '-INF',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'hasOwnProperty',
    'toString',
    '[object Object]',
    'then',
    'CON',
    'NUL',
    'LPT1',
  ],
]
const NUMBERS = [
  ...[
    '0',
    '-0',
    '+0',
    '00',
    '007',
    '0x1F',
    '0b1',
    '0o7',
    '1.50',
    '1.',
    '.5',
    '1e5',
    '1E400',
    '1e-400',
    '1,000.00',
    '1 000',
  ],
  ...[
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '-9007199254740993',
    '18446744073709551616',
    '9'.repeat(100),
  ],
  ...[
    '0.1',
    '0.30000000000000004',
    '123456789012345678901234567890',
    '١٢٣',
    '１２３',
    '½',
    '²',
    '1_000',
    '1e',
    '--1',
    '0..1',
  ],
]
const SPACES = [
  ...[
    ' ',
    '  ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\u0085',
    '\u00a0',
    '\u1680',
    '\u2003',
    '\u2028',
    '\u2029',
    '\u202f',
    '\u3000',
    '\ufeff',
  ],
  ...[
    'a  b',
    ' a ',
    '\ta\t',
    'a\nb',
    'a\rb',
    'a\r\nb',
    '\n\ra',
    'a\u0085b',
    'a\u2028b',
    'a\n',
    '\r',
    'a\r',
    '\ra',
  ],
]
const MARKUP = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '<![CDATA[x]]>',
    '<!--x-->',
    '<?x y?>',
    '&amp;',
    '&lt;',
    '&#13;',
    '&#xD;',
    '&x;',
    '</name>',
  ],
  ...[
    '<a/>',
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<!DOCTYPE a>',
    ']]]]><![CDATA[>',
    '--><b/><!--',
    '\'"><',
  ],
]
const CODE = [
  ...[
    "'; DROP TABLE messages; --",
    "' OR 1=1 --",
    '1; SELECT 1',
    '${7*7}',
    '{{7*7}}',
    '#{7*7}',
    '<%= 7*7 %>',
    '%s%s%n',
    '%d',
    '\\x41',
  ],
  ...[
    '$(touch x)',
    '`id`',
    '| id',
    '; id',
    '&& id',
    '../../etc/passwd',
    '..\\..\\x',
    '/dev/null',
    'C:\\x',
    'file:///etc/passwd',
    '\\\\host\\x',
  ],
  ...[
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1)',
    '=cmd|x!A0',
    '\\',
    '\\\\',
    '\\"',
    '\\u0041',
    '{"a":1}',
    '[1,2]',
    '"',
    '""',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ';',
    '#',
    '%',
    '%00',
    '%0d%0a',
    '(?:a+)+$',
    '*',
    '?',
    '~',
  ],
]
const SCRIPTS = [
  ...[
    'größe',
    'Ω≈ç√∫',
    'Здравствуйте',
    'שלום',
    'مرحبا',
    '你好',
    'こんにちは',
    '안녕',
    'ไทย',
    '\u0e33',
    'नमस्ते',
    'ﷺ',
    '﷽',
    'Ⅷ',
    'ß',
    'İ',
    'ı',
    'ſ',
  ],
  ...[
    '\u00e9',
    'e\u0301',
    '\ufb01',
    '\u212b',
    'A\u030a',
    'Z̸͇̺',
    'a\u0300\u0301\u0302\u0303\u0304',
    '\u200b',
    'a\u200bb',
    '\u200d',
    '\u200e',
    '\u202eabc',
    '\u2066a\u2069',
  ],
  ...[
    '\u{1f30d}',
    '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
    '\u{1f1e9}\u{1f1ea}',
    '\u{1d11e}',
    '\u{10ffff}',
    '\u{1ffff}',
    '\ufffd',
    '\ue000',
    '\u{e0001}',
    '\u00ad',
    '\u034f',
    '\u180e',
  ],
]
/** In no document of XML 1.0. */
const UNWRITABLE = [
  ...[
    '\0',
    '\x01',
    '\x08',
    '\x0b',
    '\x0c',
    '\x0e',
    '\x1b',
    '\x1b[31m',
    '\x1f',
    '\ufffe',
    '\uffff',
    '\ud800',
    '\udc00',
    '\udc00\ud800',
  ],
]

/** Every class, as it is and with something before or behind. */
export function naughtyStrings(): readonly string[] {
  const all = [...WORDS, ...NUMBERS, ...SPACES, ...MARKUP, ...CODE, ...SCRIPTS, ...UNWRITABLE]
  const long = [
    'x'.repeat(100_000),
    '\u{1f30d}'.repeat(5_000),
    '&'.repeat(10_000),
    '\r'.repeat(5_000),
  ]
  return [...new Set([...all.flatMap((it) => [it, ` ${it}`, `${it}\r`]), ...long])]
}

const POINTS = [
  0x09, 0x0a, 0x0d, 0x20, 0x22, 0x26, 0x27, 0x3c, 0x3e, 0x5c, 0x5d, 0x7f, 0x85, 0xa0, 0x2028,
  0xfffd,
]

/** One more for each seed: code points from everywhere, those that need care more often. */
export function naughtyString(seed: number): string {
  const random = randomOf(seed)
  const one = () =>
    random(2) === 0
      ? (POINTS[random(POINTS.length)] ?? 0)
      : random(random(4) === 0 ? 0x110000 : 0x3000)
  return Array.from({ length: 1 + random(30) }, () => String.fromCodePoint(one())).join('')
}

/** True where every character is one of XML 1.0 (§2.2). */
export function isWritable(text: string): boolean {
  return Array.from(text).every((it) => {
    const code = it.codePointAt(0) ?? 0
    if (code < 0x20) return code === 9 || code === 10 || code === 13
    return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
  })
}
