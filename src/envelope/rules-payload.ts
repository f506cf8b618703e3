// PAY: whether there is a payload where the verb needs one, and whether anything is known about it.
// What the payload says is judged by its own schema.

import type { Element } from './element.ts'
import { PAYLOAD_PARTS } from './envelope.ts'
import type { EnvelopeView } from './envelope.ts'
import { withoutWww } from './namespaces.ts'
import { partOf, partsOf } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach, RuleContext } from './rule.ts'
import { verbRow } from './verbs.ts'

const COMPRESSED = 'IEC 61968-100:2013 6.5'

/** The rules of the Payload. */
export const PAYLOAD_RULES = [
  rule({
    id: 'PAY-02',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.4',
    text: 'Create, change, execute and every event carry a payload.',
    replyCode: '1.7',
    check: noPayload,
  }),
  rule({
    id: 'PAY-03',
    level: 'SHOULD',
    clause: '',
    text: 'A schema is known for the payload root.',
    replyCode: '2.5',
    check: (view, context) => strangers(view).flatMap((it) => noSchema(it, context)),
  }),
  rule({
    id: 'PAY-04',
    level: 'MUST',
    clause: COMPRESSED,
    text: 'Compressed holds one document, gzip in base64; white space between the letters does not count.',
    replyCode: '1.8',
    untested: 'It shows only in the octets, which are unpacked outside of the envelope.',
  }),
  rule({
    id: 'PAY-05',
    level: 'SHOULD',
    clause: COMPRESSED,
    text: 'Format says what the payload is: XML for elements of a noun, and for Compressed one of XML, RDF, SVF, BINARY, PDF.',
    replyCode: '1.8',
    check: otherFormat,
  }),
]

/** What Format may name; the schema leaves it open, and only these are named by the standard's texts. */
const FORMATS: readonly string[] = ['XML', 'RDF', 'SVF', 'BINARY', 'PDF']

function otherFormat(view: EnvelopeView, { hasSchema }: RuleContext): readonly Breach[] {
  const { payload, payloadRoots, operationSet } = view
  const place = partOf(payload, 'Format')
  if (place === undefined) return []
  const format = place.text.trim().toUpperCase()
  const [root] = payloadRoots
  if (root === undefined && operationSet === undefined)
    return FORMATS.includes(format) ? [] : [unknownFormat(place, payload)]
  const isRdf = root !== undefined && !hasSchema(root.ns, root.name)
  if (format === 'XML' || (format === 'RDF' && isRdf)) return []
  const what = (root ?? operationSet)?.name ?? ''
  return [
    {
      at: place.index,
      expected: 'XML',
      found: place.text,
      message: `The payload is the XML of ${what}, and Format says ${place.text.trim() || 'nothing'}.`,
      mend: 'Write XML, or leave Format out.',
    },
  ]
}

function unknownFormat(place: Element, payload: Element | undefined): Breach {
  const packed = partOf(payload, 'Compressed') !== undefined
  return {
    at: place.index,
    expected: FORMATS.join(', '),
    found: place.text,
    message: `${place.text.trim() || 'An empty Format'} is no known Format${packed ? ', so what is in Compressed is not judged' : ''}.`,
    mend: `Write ${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}.`,
  }
}

function noPayload(view: EnvelopeView): readonly Breach[] {
  const { verb, role, payload, root } = view
  const row = verbRow(verb)
  // A verb in the wrong message is VRB-01 or VRB-02, and what it would need does not matter then.
  if (row === undefined || row.kind !== role || row.payload === 'optional') return []
  if (holdsObject(view) || (row.payload === 'object-or-id' && holdsID(view))) return []
  // Something in no namespace of its own is refused by the XSD, which says what it should be.
  if (payload?.children.some((it) => !PAYLOAD_PARTS.includes(it.name)) === true) return []
  // A typed Payload without its root is already refused by the typed schema.
  if (view.typed?.operationSet === false && payload !== undefined) return []
  return [
    {
      at: (payload ?? root).index,
      expected: row.payload === 'object' ? 'a payload' : 'a payload or an ID',
      found: payload === undefined ? 'no Payload' : 'a Payload without content',
      message: `A message with the verb ${verb} carries what it is about, and this one does not.`,
      mend: row.payload === 'object' ? WITH_OBJECT : `${WITH_OBJECT.slice(0, -1)}, or its ID.`,
    },
  ]
}

const WITH_OBJECT = 'Add a Payload that holds the object.'

function holdsObject({ payloadRoots, operations, payload }: EnvelopeView): boolean {
  const content = payloadRoots.length + operations.length
  return content > 0 || partOf(payload, 'Compressed') !== undefined
}

function holdsID({ payload }: EnvelopeView): boolean {
  return partsOf(payload, 'ID').length > 0
}

/**
 * Payload roots that no envelope schema judges: the payload of a typed message is part of its schema, and one
 * without namespace is refused by every schema.
 */
function strangers({ typed, payloadRoots, operations }: EnvelopeView): readonly Element[] {
  const own = typed === undefined ? payloadRoots : []
  const inside = operations.map((it) => it.payloadRoot).filter((it) => it !== undefined)
  return [...own, ...inside].filter((it) => it.ns !== '')
}

function noSchema(it: Element, context: RuleContext): readonly Breach[] {
  return context.hasSchema(it.ns, it.name) ? [] : [undeclared(it, context)]
}

/** What PAY-03 says of a payload root that no schema declares. */
export function undeclared(
  { name, ns, index }: Element,
  { hasSchema, namespaceOf }: Pick<RuleContext, 'hasSchema' | 'namespaceOf'>,
): Breach {
  const published = withoutWww(ns)
  const isVariant = published !== undefined && hasSchema(published, name)
  return {
    at: index,
    expected: isVariant ? published : 'a root that a schema declares',
    found: ns || NO_NS,
    message: `No schema declares ${name} in ${ns || NO_NS}, so its content is not judged.`,
    mend: isVariant
      ? writeNamespace(published, name)
      : (namespaceAdvice({ name, ns }, namespaceOf) ??
        'Check its name and namespace, or import its schema.'),
  }
}

const NO_NS = 'no namespace'

/**
 * Asks whether the namespace is meant in which a schema declares a root of this name.
 * @returns undefined where there is no such root
 */
export function namespaceAdvice(
  { name, ns }: Pick<Element, 'name' | 'ns'>,
  namespaceOf: RuleContext['namespaceOf'],
): string | undefined {
  const known = namespaceOf?.(name) ?? ''
  if (known === '' || known === ns) return undefined
  return ns === '' ? writeNamespace(known, name) : `Did you mean ${known}? Else import its schema.`
}

/** How a root is put into its namespace. */
function writeNamespace(ns: string, name: string): string {
  return `Write xmlns="${ns}" on ${name}.`
}
