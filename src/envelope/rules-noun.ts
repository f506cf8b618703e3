// NOU: the Noun is known, and names what the message is about. Which nouns there are, the caller says.

import type { Element } from './element.ts'
import type { EnvelopeView, OperationView } from './envelope.ts'
import { isBlank, partOf } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach, RuleContext } from './rule.ts'

/** The Noun of a message that carries an OperationSet. */
const OPERATION_SET = 'OperationSet'

/** The rules of the Noun. */
export const NOUN_RULES = [
  rule({
    id: 'NOU-01',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.2.3, 6.4',
    text: 'The Noun is the name of the payload root, for get of the query or of its objects; a reply repeats it.',
    replyCode: '2.5',
    check: (view, context) => [
      ...headerNounOff(view, context),
      ...view.operations.flatMap((it) => operationNounOff(it, context)),
    ],
    pair: otherNoun,
  }),
  rule({
    id: 'NOU-02',
    level: 'MUST',
    clause: '',
    text: 'The Noun is in the catalogue.',
    replyCode: '2.5',
    check: (view, context) => [
      ...unknown(partOf(view.header, 'Noun'), subjects(view, context), context, view.operationSet),
      ...view.operations.flatMap((it) =>
        unknown(partOf(it.element, 'noun'), rootName(it), context, it.element),
      ),
    ],
  }),
]

function headerNounOff(view: EnvelopeView, context: RuleContext): readonly Breach[] {
  const place = partOf(view.header, 'Noun')
  const names = subjects(view, context)
  if (place === undefined || names.length === 0) return []
  const noun = place.text
  if (!isKnown(noun, view.operationSet, context)) return []
  if (names.includes(noun) || isRelated(view, noun, names, context)) return []
  const breach = off(place, names)
  return [inUse(view, noun) ? { ...breach, severity: 'warning' } : breach]
}

/** What the Noun may name, the proper name first; empty when the message does not show it. */
function subjects(view: EnvelopeView, { hasSchema }: RuleContext): readonly string[] {
  if (view.typed !== undefined) return repeatsOnly(view) ? [] : view.typed.nouns
  if (view.operationSet !== undefined) return [OPERATION_SET]
  // Request takes any extension, and one without a schema says nothing of the Noun.
  const asked = view.requestRoots.filter((it) => hasSchema(it.ns, it.name))
  const roots = view.verb === 'get' ? [...asked, ...view.payloadRoots] : view.payloadRoots
  return roots.map((it) => it.name)
}

/** A refusal is about nothing: also under a typed root it repeats the Noun of its request, which may be what is refused. */
function repeatsOnly({ role, reply, payloadRoots }: EnvelopeView): boolean {
  return role === 'reply' && payloadRoots.length === 0 && partOf(reply, 'Result')?.text === 'FAILED'
}

/** A get, and the reply to it, names the query or the objects; the reply to an OperationSet may carry an object. */
function isRelated(
  { verb, role }: EnvelopeView,
  noun: string,
  names: readonly string[],
  { queries }: RuleContext,
): boolean {
  if (role === 'reply' && noun === OPERATION_SET) return true
  if (verb !== 'get' && role !== 'reply') return false
  const objects = queries(noun)
  return names.some((it) => it === objects || queries(it) === noun)
}

/** The demonstrations of 2017 named an OperationSet after what it holds. */
function inUse({ operationSet, operations, typed }: EnvelopeView, noun: string): boolean {
  if (operationSet === undefined) return false
  if (noun.endsWith(OPERATION_SET) || noun === typed?.x) return true
  return operations.some((it) => it.noun === noun || it.payloadRoot?.name === noun)
}

function operationNounOff(operation: OperationView, context: RuleContext): readonly Breach[] {
  const place = partOf(operation.element, 'noun')
  const names = rootName(operation)
  if (place === undefined || names.length === 0 || names.includes(place.text)) return []
  return isKnown(place.text, operation.element, context) ? [off(place, names)] : []
}

function rootName({ payloadRoot }: OperationView): readonly string[] {
  return payloadRoot === undefined ? [] : [payloadRoot.name]
}

function off(place: Element, names: readonly string[]): Breach {
  return {
    at: place.index,
    expected: names.join(' or '),
    found: place.text,
    message: `The Noun is ${place.text}, but the message is about ${names.join(', ')}.`,
    mend: `Write ${names[0]}, or send what ${place.text} names.`,
  }
}

function isKnown(noun: string, set: Element | undefined, { isNoun }: RuleContext): boolean {
  if (noun === OPERATION_SET || isNoun(noun)) return true
  return set !== undefined && noun.endsWith(OPERATION_SET)
}

function unknown(
  place: Element | undefined,
  names: readonly string[],
  context: RuleContext,
  set: Element | undefined,
): readonly Breach[] {
  if (place === undefined || isKnown(place.text, set, context)) return []
  const meant = names.find(context.isNoun) ?? context.suggestNoun(place.text)
  return [
    {
      at: place.index,
      expected: meant ?? 'a noun of the catalogue',
      found: place.text,
      message: isBlank(place.text) ? 'The Noun is empty.' : `${place.text} is not a known Noun.`,
      mend:
        meant === undefined
          ? 'Write a noun of the catalogue, or import its schema.'
          : `Write ${meant}.`,
    },
  ]
}

/** In the recorded traffic of 2017 one reply in six names another Noun than its request. */
function otherNoun(request: EnvelopeView, reply: EnvelopeView): readonly Breach[] {
  const place = partOf(reply.header, 'Noun')
  if (reply.role !== 'reply' || place === undefined) return []
  if (request.noun === undefined || request.noun === place.text) return []
  return [
    {
      at: place.index,
      expected: request.noun,
      found: place.text,
      message: `The request has the Noun ${request.noun}, and its reply ${place.text}.`,
      mend: `Write ${request.noun}: a reply repeats the Noun of its request.`,
    },
  ]
}
