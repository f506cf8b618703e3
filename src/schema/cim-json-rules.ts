// How XML becomes CIM-JSON, row by row, for people. The codec is to-json.ts and to-xml.ts; README and /docs show this table.

/** What stands in XML, and what in CIM-JSON; in backticks what is to be read letter by letter. */
export const CIM_JSON_RULES: readonly (readonly [xml: string, json: string])[] = [
  ['the root', '`"message"`, its local name; absent on input: from the Verb'],
  [
    'children of Header, Request, Reply, Payload',
    'keys of `header`, `request`, `reply`, `payload`',
  ],
  [
    'an element',
    'a key, its local name. Where two names differ by namespace alone, the second is `{namespace}name`',
  ],
  [
    'an element that the schema allows more than once',
    'always an array, also for one; otherwise never',
  ],
  ['an attribute', '`@name`; `@xsi:type` and `@xsi:nil` are the only prefixed keys'],
  ['the namespace of a payload', '`@xmlns`, always written, optional on input'],
  ['text beside attributes', '`{"$":"text","@kind":"uuid"}`'],
  [
    'a number or boolean',
    'a JSON literal where it has the same text (`0.10`, 20 digits, `1e21`), else a string: `"+5"`, `"007"`, `"INF"`, and `"1"` for a boolean `1`',
  ],
  [
    'an element that only a wildcard admits',
    '`"#ext":[{"ns":"…","xml":"…"}]`, byte by byte as it came',
  ],
  [
    'an order that grouping by name would lose (a repeated choice)',
    '`"#order":["a","b","a"]`; absent when the schema\'s own order is meant',
  ],
  ['pieces of text between elements (mixed content)', '`"#text":["…","…"]`, placed by `#order`'],
  [
    'comments, processing instructions, white space between elements, schema-location hints',
    'not kept: they are no content',
  ],
]
