// Values for samples, as data: a plain one of each type, and what programs stumble over. What a person would write
// stands in believable.ts. Whether a value fits its type is checked where it is used.

import type { Primitive } from '../model.ts'
import type { Filled } from '../random.ts'

/** A plain value of each primitive type. */
export const PLAIN: Readonly<Record<Primitive, readonly string[]>> = {
  string: ['example', 'A', '1', 'EXAMPLE-1'],
  boolean: ['true'],
  decimal: ['12.5', '12', '1', '0', '-1'],
  float: ['12.5', '1', '0', '-1'],
  double: ['12.5', '1', '0', '-1'],
  duration: ['PT15M'],
  dateTime: ['2026-07-14T16:30:00Z'],
  time: ['16:30:00Z'],
  date: ['2026-07-14'],
  gYearMonth: ['2026-07'],
  gYear: ['2026'],
  gMonthDay: ['--07-14'],
  gDay: ['---14'],
  gMonth: ['--07'],
  hexBinary: ['0FA0', '0F'],
  base64Binary: ['SGVsbG8='],
  anyURI: ['https://example.org/example'],
  QName: ['example'],
  NOTATION: ['example'],
  anySimpleType: ['example'],
}

const TEXTS: readonly string[] = [
  '',
  ' ',
  '  two  blanks  ',
  'a\tb',
  'one\ntwo',
  'return\rand\r\nline feed',
  '&<>"\'',
  ']]>',
  '<![CDATA[x]]>',
  '&amp;#10;',
  'Grüße, 中文, ελληνικά',
  'astral 😀𝒳',
  'combined e\u0301',
  'next line \u0085, separators \u2028\u2029, no-break \u00a0',
  '\ud7ff\ue000\ufffd',
  '007',
  '+5',
  '-0',
  '1e21',
  '0.10',
  'true',
  'null',
  '{"a":[1]}',
  '98765432109876543210',
  '__proto__',
  'a long text '.repeat(40),
]

const FLOATS: readonly string[] = [
  '0.1',
  '0.10',
  '-0',
  '+5',
  '007',
  '.5',
  '5.',
  '1e21',
  '1E-400',
  '1.5E3',
  '1e400',
  '12345678901234567890',
  'INF',
  '-INF',
  'NaN',
  ' 5 ',
]

/** Values that have been lost, rounded or misread somewhere before. */
export const ODD: Readonly<Record<Primitive, readonly string[]>> = {
  string: TEXTS,
  anySimpleType: TEXTS,
  boolean: ['true', 'false', '1', '0', ' true '],
  decimal: [
    '0',
    '-0',
    '+5',
    '007',
    '0.1',
    '0.10',
    '.5',
    '5.',
    '100.00',
    '-1',
    '12345678901234567890',
    '123456789012345678901234',
    '-0.000001',
    '9007199254740993',
    ' 5 ',
    '2',
    '1.25',
  ],
  float: FLOATS,
  double: FLOATS,
  duration: ['PT15M', 'P1Y2M3DT4H5M6.7S', '-P1D', 'PT0S', 'P400D'],
  dateTime: [
    '2026-07-14T16:30:00Z',
    '2026-07-14T16:30:00-05:00',
    '2026-07-14T24:00:00Z',
    '2026-02-28T23:59:59.999999999+14:00',
    '2024-02-29T00:00:00-14:00',
    '2026-07-14T16:30:00.100',
    '0001-01-01T00:00:00+00:00',
  ],
  time: ['16:30:00', '16:30:00Z', '24:00:00', '00:00:00.000+05:30'],
  date: ['2026-07-14', '2024-02-29Z', '2026-07-14+13:00'],
  gYearMonth: ['2026-07', '2026-07Z'],
  gYear: ['2026', '0001', '2026+02:00'],
  gMonthDay: ['--07-14', '--02-29'],
  gDay: ['---14', '---31Z'],
  gMonth: ['--07', '--12Z'],
  hexBinary: ['', '00ff', 'DEADBEEF'],
  base64Binary: ['', 'AA==', 'SGVsbG8=', 'SGVs bG8='],
  anyURI: ['', 'https://example.org/a?b=c&d=%20', 'urn:uuid:0', '../up#part'],
  QName: ['a', 'local-name.1'],
  NOTATION: ['a'],
}

/** Characters for texts of a given length. */
export const FILLERS: Filled<string> = ['x', 'é', '中', '😀']

/** Extension elements for a wildcard, `NS` standing for their namespace; each is kept byte by byte. */
export const EXTENSIONS: readonly string[] = [
  '<x:trace xmlns:x="NS">on</x:trace>',
  '<trace xmlns="NS"/>',
  "<x:t xmlns:x='NS' id='1' ><x:s  a=\"&lt;&#10;\">a &amp; b</x:s>mixed<!-- kept --></x:t >",
  '<t xmlns="NS"><?pi kept?><s xmlns=""><![CDATA[<b>]]></s></t>',
  '<x:t xmlns:x="NS" xmlns:y="urn:y" y:q="y:name">\n  <y:u/>\n</x:t>',
]
