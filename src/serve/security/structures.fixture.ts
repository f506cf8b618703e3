// For tests only: XML that is well-formed and means something else to one reader than to another, and XML that nearly is.

import type { Canaries } from './canaries.fixture.ts'
import { VALUE } from './hostile-documents.fixture.ts'
import type { Fate, Hostile } from './hostile-documents.fixture.ts'

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const XI = 'xmlns:xi="http://www.w3.org/2001/XInclude"'

type Row = readonly [
  name: string,
  fate: Fate,
  inside: Fate | 'alone',
  done: (sound: string) => string,
]

const replaced = (what: string | RegExp, by: string) => (sound: string) => {
  const it = sound.replace(what, by)
  if (it === sound) throw new Error(`nothing is ${what} in ${sound}`)
  return it
}
const inText = (text: string) => (sound: string) => sound.replace(VALUE, () => text)
const before = (text: string) => (sound: string) => text + sound
const behind = (text: string) => (sound: string) => sound + text
/** upon the root, whichever it is */
const onRoot = (attributes: string) => replaced(/^(<[\w:]+)/, `$1 ${attributes}`)

/** Calls to others, which nobody follows: the message around them is sound. */
const calling = ({ http, name, file }: Canaries): readonly Row[] =>
  Object.entries({ http, name, file }).flatMap(([which, to]): readonly Row[] => [
    [`XInclude, ${which}`, 'invalid', 'invalid', inText(`<xi:include ${XI} href="${to}"/>`)],
    [
      `XInclude as text, ${which}`,
      'invalid',
      'invalid',
      inText(
        `<xi:include ${XI} href="${to}" parse="text"><xi:fallback>x</xi:fallback></xi:include>`,
      ),
    ],
    [
      `a schema location, ${which}`,
      'harmless',
      'harmless',
      onRoot(
        `${XSI} xsi:schemaLocation="http://iec.ch/TC57/2011/schema/message ${to} urn:x ${to}"`,
      ),
    ],
    [
      `a schema location without namespace, ${which}`,
      'harmless',
      'harmless',
      onRoot(`${XSI} xsi:noNamespaceSchemaLocation="${to}"`),
    ],
    [
      `a style sheet, ${which}`,
      'harmless',
      'harmless',
      before(`<?xml-stylesheet type="text/xsl" href="${to}"?>`),
    ],
    [
      `a catalogue, ${which}`,
      'harmless',
      'harmless',
      before(`<?oasis-xml-catalog catalog="${to}"?>`),
    ],
    [`a model, ${which}`, 'harmless', 'harmless', before(`<?xml-model href="${to}"?>`)],
    [
      `a base, ${which}`,
      'invalid',
      'invalid',
      replaced('<EndDeviceGroup>', `<EndDeviceGroup xml:base="${to}">`),
    ],
  ])

const HEADER = /<Header>.*<\/Header>/
const VERB = '<Verb>create</Verb>'

const MEANING: readonly Row[] = [
  ['two roots', 'malformed', 'alone', (it) => it + it],
  ['a text behind the root', 'malformed', 'alone', behind('x')],
  ['a text before the root', 'malformed', 'alone', before('x')],
  ['CDATA behind the root', 'malformed', 'alone', behind('<![CDATA[]]>')],
  ['a reference behind the root', 'malformed', 'alone', behind('&#32;')],
  ['a NUL behind the root', 'malformed', 'alone', behind('\0')],
  ['a declaration that is not first', 'malformed', 'malformed', before(' <?xml version="1.0"?>')],
  [
    'two declarations',
    'malformed',
    'malformed',
    before('<?xml version="1.0"?><?xml version="1.0"?>'),
  ],
  ['a declaration without version', 'malformed', 'malformed', before('<?xml encoding="UTF-8"?>')],
  [
    'a declaration of another order',
    'malformed',
    'malformed',
    before('<?xml encoding="UTF-8" version="1.0"?>'),
  ],
  ['an instruction called XML', 'malformed', 'malformed', inText('<?XML x?>')],
  ['CDATA within CDATA', 'malformed', 'malformed', inText('<![CDATA[<![CDATA[x]]>]]>')],
  ['an end of CDATA in a text', 'malformed', 'malformed', inText('x]]>')],
  ['CDATA that hides a tag', 'harmless', 'harmless', inText('<![CDATA[</name></Names>]]>')],
  ['two hyphens in a comment', 'malformed', 'malformed', inText('<!-- -- -->')],
  ['a comment of three hyphens', 'malformed', 'malformed', inText('<!-- --->')],
  ['a comment within a comment', 'malformed', 'malformed', inText('<!-- <!-- --> -->')],
  ['an attribute twice', 'malformed', 'malformed', inText('<a b="" b=""/>')],
  [
    'an attribute twice by namespace',
    'malformed',
    'malformed',
    inText('<a xmlns:p="u:u" xmlns:q="u:u" p:b="" q:b=""/>'),
  ],
  ['a less-than in an attribute', 'malformed', 'malformed', inText('<a b="<"/>')],
  ['an attribute without quotes', 'malformed', 'malformed', inText('<a b=c/>')],
  ['an attribute without value', 'malformed', 'malformed', inText('<a b/>')],
  ['attributes without space', 'malformed', 'malformed', inText('<a b=""c=""/>')],
  ['a prefix that nobody declares', 'malformed', 'malformed', inText('<p:a/>')],
  ['a prefix undeclared', 'malformed', 'malformed', inText('<a xmlns:p=""/>')],
  ['two colons in a name', 'malformed', 'malformed', inText('<p:q:a xmlns:p="u:u"/>')],
  ['the prefix xml bound anew', 'malformed', 'malformed', inText('<a xmlns:xml="u:u"/>')],
  ['the prefix xmlns bound', 'malformed', 'malformed', inText('<a xmlns:xmlns="u:u"/>')],
  [
    'another prefix for xml',
    'malformed',
    'malformed',
    inText('<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>'),
  ],
  ['tags crossed', 'malformed', 'malformed', inText('<a><b></a></b>')],
  ['tags of another case', 'malformed', 'malformed', inText('<a></A>')],
  ['a space in an end tag', 'malformed', 'malformed', inText('<a></ a>')],
  ['a name that begins with a digit', 'malformed', 'malformed', inText('<1a/>')],
  ['a name with a NUL', 'malformed', 'malformed', inText('<a\0b/>')],
  ['a tag of nothing', 'malformed', 'malformed', inText('<>')],
  ['a stray end tag', 'malformed', 'malformed', inText('</a>')],
  ['version 1.1', 'harmless', 'malformed', before('<?xml version="1.1"?>')],
  ['version 2.0', 'malformed', 'malformed', before('<?xml version="2.0"?>')],
  ['a comment in a value', 'harmless', 'harmless', inText('x<!-- y -->z')],
  ['an instruction in a value', 'harmless', 'harmless', inText('x<?y?>z')],
]

/** Of the message around the payload. */
const ENVELOPE: readonly Row[] = [
  ['two Headers', 'invalid', 'alone', replaced(HEADER, '$&$&')],
  [
    'a Header behind the Payload',
    'invalid',
    'alone',
    replaced(/(<Header>.*<\/Header>)(.*)(<\/\w*RequestMessage>)/, '$2$1$3'),
  ],
  ['no Header', 'invalid', 'alone', replaced(HEADER, '')],
  ['two Verbs', 'invalid', 'alone', replaced(VERB, `${VERB}<Verb>delete</Verb>`)],
  ['a Verb in two parts', 'invalid', 'alone', replaced(VERB, '<Verb>create<x/></Verb>')],
  ['a Verb of a space', 'invalid', 'alone', replaced(VERB, '<Verb>create </Verb>')],
  ['a Verb in capitals', 'invalid', 'alone', replaced(VERB, '<Verb>CREATE</Verb>')],
  [
    'a Verb with a zero-width space',
    'invalid',
    'alone',
    replaced(VERB, '<Verb>cre\u200bate</Verb>'),
  ],
  ['a Verb of another alphabet', 'invalid', 'alone', replaced(VERB, '<Verb>сreate</Verb>')],
  ['two Payloads', 'invalid', 'alone', replaced(/<Payload>.*<\/Payload>/, '$&$&')],
  [
    'a Request beside the Payload',
    'harmless',
    'alone',
    replaced('<Payload>', '<Request/><Payload>'),
  ],
  [
    'a Reply in a request',
    'invalid',
    'alone',
    replaced('<Payload>', '<Reply><Result>OK</Result></Reply><Payload>'),
  ],
  [
    'a Header of another type',
    'invalid',
    'alone',
    replaced('<Header>', `<Header ${XSI} xsi:type="ReplyType">`),
  ],
  [
    'a Payload of another type',
    'invalid',
    'alone',
    replaced('<Payload>', `<Payload ${XSI} xsi:type="x:y" xmlns:x="urn:x">`),
  ],
  [
    'a Header that is nil',
    'invalid',
    'alone',
    replaced('<Header>', `<Header ${XSI} xsi:nil="true">`),
  ],
  [
    'a message of another namespace',
    'invalid',
    'alone',
    replaced('http://iec.ch/TC57/2011/schema/message', 'urn:x'),
  ],
]

/** Of the payload itself. */
const PAYLOAD: readonly Row[] = [
  [
    'a payload of another type',
    'invalid',
    'invalid',
    replaced(
      '<DERGroups ',
      `<DERGroups ${XSI} xsi:type="xs:string" xmlns:xs="http://www.w3.org/2001/XMLSchema" `,
    ),
  ],
  [
    'a payload of an unknown type',
    'invalid',
    'invalid',
    replaced('<DERGroups ', `<DERGroups ${XSI} xsi:type="t" `),
  ],
  [
    'a payload that is nil',
    'invalid',
    'invalid',
    replaced('<DERGroups ', `<DERGroups ${XSI} xsi:nil="true" `),
  ],
  [
    'an object that is nil',
    'invalid',
    'invalid',
    replaced('<EndDeviceGroup>', `<EndDeviceGroup ${XSI} xsi:nil="1">`),
  ],
  [
    'an object of another type',
    'invalid',
    'invalid',
    replaced('<EndDeviceGroup>', `<EndDeviceGroup ${XSI} xsi:type="Name">`),
  ],
  [
    'an object of no namespace',
    'invalid',
    'invalid',
    replaced('<EndDeviceGroup>', '<EndDeviceGroup xmlns="">'),
  ],
  [
    'an attribute that nobody knows',
    'invalid',
    'invalid',
    replaced('<EndDeviceGroup>', '<EndDeviceGroup mRID="x">'),
  ],
]

/** Everything that reads otherwise than it looks. */
export function STRUCTURES(canaries: Canaries): readonly Hostile[] {
  return [...calling(canaries), ...MEANING, ...ENVELOPE, ...PAYLOAD].map(
    ([name, fate, inside, done]) => ({ name, fate, inside, done }),
  )
}
