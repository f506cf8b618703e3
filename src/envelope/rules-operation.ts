// OPS: the Operations of an OperationSet, one by one and together.

import { operationIdOf } from './correlation.ts'
import type { EnvelopeView, OperationView } from './envelope.ts'
import type { Role } from './message-kind.ts'
import { isBlank, isTrue, partOf, partText, partsOf } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach } from './rule.ts'
import { isVerb, verbAdvice, verbRow, VERBS, verbsOf } from './verbs.ts'

const CLAUSE = 'IEC 61968-100:2013 6.10'

/** The rules of the OperationSet. */
export const OPERATION_RULES = [
  rule({
    id: 'OPS-01',
    level: 'MUST',
    clause: CLAUSE,
    text: 'With enforceTransactionalIntegrity either all Operations take effect or none.',
    replyCode: '5.9',
    untested: 'It shows only in what the receiver keeps after one Operation has failed.',
  }),
  rule({
    id: 'OPS-02',
    level: 'MUST',
    clause: CLAUSE,
    text: 'The operationId is unique inside its OperationSet.',
    replyCode: '1.8',
    check: ({ operations }) => operations.flatMap(repeatedId),
  }),
  rule({
    id: 'OPS-03',
    level: 'MUST',
    clause: CLAUSE,
    text: 'The verb of an Operation, which the schema leaves open, is one of the verbs of the standard, and in a request one that asks.',
    replyCode: '2.9',
    check: ({ operations, role }) =>
      operations.flatMap((it) => [...noVerb(it), ...otherKind(it, role)]),
  }),
  rule({
    id: 'OPS-04',
    level: 'MUST',
    clause: CLAUSE,
    text: 'Only a change or delete is an elementOperation, which concerns a part of the object.',
    replyCode: '2.9',
    check: ({ operations }) => operations.flatMap(elementOfWhat),
  }),
  rule({
    id: 'OPS-05',
    level: 'SHOULD',
    clause: CLAUSE,
    text: 'An OperationSet travels under execute or executed, and these carry nothing else.',
    replyCode: '2.9',
    check: otherVerb,
  }),
  rule({
    id: 'OPS-06',
    level: 'SHOULD',
    clause: CLAUSE,
    text: 'An Operation whose verb needs an object carries it.',
    replyCode: '1.7',
    check: ({ operations }) => operations.flatMap(noObject),
  }),
  rule({
    id: 'OPS-07',
    level: 'MUST',
    clause: CLAUSE,
    text: 'An operationId in a reply is one of its request.',
    replyCode: '5.3',
    pair: strangeId,
  }),
  rule({
    id: 'OPS-08',
    level: 'SHOULD',
    clause: CLAUSE,
    text: 'With enforceMsgSequence the operationIds rise from Operation to Operation, so that both orders are one.',
    replyCode: '1.8',
    check: (view) => (isInSequence(view) ? view.operations.flatMap(fallingId) : []),
  }),
]

function isInSequence({ operationSet }: EnvelopeView): boolean {
  return isTrue(partText(operationSet, 'enforceMsgSequence'))
}

/** A receiver may read "in sequence" as in the order of the message or of the ids. */
function fallingId(
  { element, operationId }: OperationView,
  at: number,
  all: readonly OperationView[],
): readonly Breach[] {
  const [before, own] = [all[at - 1]?.operationId, operationId].map(numbered)
  if (before === undefined || own === undefined || own >= before) return []
  return [
    {
      at: (partOf(element, 'operationId') ?? element).index,
      expected: `more than ${before}`,
      found: String(own),
      message: `Operation ${own} stands behind Operation ${before}, and the sequence is to be enforced.`,
      mend: 'Number the Operations in the order in which they are to be carried out.',
    },
  ]
}

/** The number of an operationId; undefined where it is none, which the schema says. */
function numbered(operationId: string | undefined): bigint | undefined {
  const text = operationId?.trim().replace(/^\+/, '') ?? ''
  return /^-?\d{1,40}$/.test(text) ? BigInt(text) : undefined
}

function repeatedId(
  { element, operationId }: OperationView,
  at: number,
  all: readonly OperationView[],
): readonly Breach[] {
  const id = operationIdOf(operationId ?? '')
  const first = all.findIndex((it) => operationIdOf(it.operationId ?? '') === id)
  if (isBlank(operationId) || first === at) return []
  return [
    {
      at: (partOf(element, 'operationId') ?? element).index,
      expected: 'an operationId of its own',
      found: id,
      message: `The operationId ${id} stands on two Operations, so a reply cannot name either.`,
      mend: 'Number the Operations, for example 1, 2, 3.',
    },
  ]
}

function noVerb({ element, verb }: OperationView): readonly Breach[] {
  const place = partOf(element, 'verb')
  if (place === undefined || verb === undefined || isVerb(verb)) return []
  return [
    {
      at: place.index,
      expected: Object.keys(VERBS).join(', '),
      found: verb,
      message: isBlank(verb) ? 'The verb of the Operation is empty.' : `${verb} is not a verb.`,
      mend: verbAdvice(verb),
    },
  ]
}

/** As VRB-01 says of a request as a whole. Events of the EPRI harness report by either form. */
function otherKind({ element, verb }: OperationView, role: Role | null): readonly Breach[] {
  const place = partOf(element, 'verb')
  const kind = verbRow(verb)?.kind
  if (place === undefined || kind === undefined || role !== 'request' || kind === role) return []
  return [
    {
      at: place.index,
      expected: verbsOf(role).join(', '),
      found: verb ?? '',
      message: `${verb} asks for nothing, and the Operation is in a request.`,
      mend: 'Write the verb of what is to be done.',
    },
  ]
}

const ON_ELEMENTS: readonly string[] = ['change', 'changed', 'delete', 'deleted']

function elementOfWhat({ element, elementOperation, verb }: OperationView): readonly Breach[] {
  const place = partOf(element, 'elementOperation')
  if (place === undefined || !elementOperation || !isVerb(verb)) return []
  if (ON_ELEMENTS.includes(verb)) return []
  return [
    {
      at: place.index,
      expected: `elementOperation with ${ON_ELEMENTS.join(', ')}`,
      found: `elementOperation with ${verb}`,
      message: `elementOperation means parts of an object, and ${verb} concerns the object as a whole.`,
      mend: 'Leave out elementOperation, or write delete to remove parts.',
    },
  ]
}

const SET_VERBS: readonly (string | undefined)[] = ['execute', 'executed']

/** Practice differs both ways: the demonstrations of 2017 sent sets under change, and execute is in use without a set. */
function otherVerb(view: EnvelopeView): readonly Breach[] {
  const { verb, operationSet, payloadRoots, role } = view
  const place = partOf(view.header, 'Verb')
  if (place === undefined || role === 'reply' || !isVerb(verb)) return []
  const isSet = SET_VERBS.includes(verb)
  if (isSet ? payloadRoots.length === 0 : operationSet === undefined) return []
  const proper = role === 'event' ? 'executed' : 'execute'
  return [
    {
      at: place.index,
      expected: isSet ? `an OperationSet with ${verb}` : proper,
      found: isSet ? (payloadRoots[0]?.name ?? '') : verb,
      message: isSet
        ? `${verb} is the verb of an OperationSet, and this payload is none.`
        : `An OperationSet travels under ${proper}, not under ${verb}.`,
      mend: isSet ? 'Wrap the objects in Operations of an OperationSet.' : `Write ${proper}.`,
    },
  ]
}

function noObject({ element, verb, payloadRoot }: OperationView): readonly Breach[] {
  if (payloadRoot !== undefined || verbRow(verb)?.payload !== 'object') return []
  return [
    {
      at: element.index,
      expected: 'an object',
      found: 'none',
      message: `The Operation says ${verb}, but not of what.`,
      mend: 'Add the object as the last element of the Operation.',
    },
  ]
}

function strangeId({ operations }: EnvelopeView, { reply }: EnvelopeView): readonly Breach[] {
  const known = operations.map((it) => operationIdOf(it.operationId ?? ''))
  const used = [reply, ...partsOf(reply, 'Error')].map((it) => partOf(it, 'operationId'))
  return used
    .filter((it) => it !== undefined)
    .filter((it) => !known.includes(operationIdOf(it.text)))
    .map((it) => ({
      at: it.index,
      expected: known.length === 0 ? 'no operationId' : known.join(', '),
      found: it.text,
      message: `The request has no Operation ${it.text}.`,
      mend: 'Write the operationId of the Operation that is meant, or leave it out.',
    }))
}
