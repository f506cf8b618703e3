// RPL-01, RPL-02: whether the Result of a reply, or of a fault, and its Errors fit together.

import type { Element } from './element.ts'
import type { EnvelopeView } from './envelope.ts'
import { isBlank, partOf, partsOf, partText } from './parts.ts'
import { rule } from './rule.ts'
import type { Breach } from './rule.ts'
import { codeOf, errorsOf, failures } from './rules-error.ts'

/** The rules of the Result. */
export const REPLY_RULES = [
  rule({
    id: 'RPL-01',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.3.4',
    text: 'FAILED and PARTIAL come with at least one Error that has a code; OK comes with no fatal one.',
    replyCode: '5.3',
    check: (view) => [...noResult(view), ...noError(view), ...okButFatal(view)],
  }),
  rule({
    id: 'RPL-02',
    level: 'MUST',
    clause: 'IEC 61968-100:2013 6.3.4, 6.10',
    text: 'PARTIAL names every item that failed, by ID or operationId.',
    replyCode: '5.3',
    check: (view) => (resultOf(view) === 'PARTIAL' ? failures(view).flatMap(nameless) : []),
  }),
]

function resultOf({ reply }: EnvelopeView): string | undefined {
  return partText(reply, 'Result')
}

/** The XSD asks a ResponseMessage for a Reply, but not the root Message. */
function noResult({ kind, verb, reply, root }: EnvelopeView): readonly Breach[] {
  if (kind !== 'Message' || verb !== 'reply' || reply !== undefined) return []
  return [
    {
      at: root.index,
      expected: 'a Reply with a Result',
      found: 'no Reply',
      message: 'The message is a reply by its verb, but it holds no Reply.',
      mend: 'Add a Reply with its Result.',
    },
  ]
}

function noError(view: EnvelopeView): readonly Breach[] {
  const result = partOf(view.reply, 'Result')
  if (result === undefined || !['FAILED', 'PARTIAL'].includes(result.text)) return []
  if (errorsOf(view).some((it) => codeOf(it) !== '')) return []
  return [
    {
      at: result.index,
      expected: 'an Error with a code',
      found: errorsOf(view).length === 0 ? 'no Error' : 'an Error without code',
      message: `The Result is ${result.text}, but no Error says why.`,
      mend: 'Add an Error with a code and a reason.',
    },
  ]
}

const FATAL: readonly string[] = ['FATAL', 'CATASTROPHIC']

function okButFatal(view: EnvelopeView): readonly Breach[] {
  if (resultOf(view) !== 'OK') return []
  const levels = errorsOf(view).map((it) => partOf(it, 'level'))
  return levels
    .filter((it) => it !== undefined)
    .filter((it) => FATAL.includes(it.text))
    .map((it) => ({
      at: it.index,
      expected: 'no fatal Error beside OK',
      found: it.text,
      message: `The Result is OK, but an Error is ${it.text}.`,
      mend: 'Write FAILED or PARTIAL as Result, or lower the level of the Error.',
    }))
}

/** What relatedID says is what the item belongs to, and not which it is. */
const NAMES: readonly string[] = ['ID', 'operationId']

function nameless(error: Element): readonly Breach[] {
  if (NAMES.some((it) => !isBlank(partText(error, it))) || isObjectNamed(error)) return []
  return [
    {
      at: error.index,
      expected: 'an ID or an operationId',
      found: 'none',
      message: 'The Result is PARTIAL, but this Error does not say which item failed.',
      mend: 'Add the ID of the item, or the operationId of its Operation.',
    },
  ]
}

/** The older form of ID: an mRID or a name. */
function isObjectNamed(error: Element): boolean {
  const object = partOf(error, 'object')
  const names = partsOf(object, 'Name').map((it) => partText(it, 'name'))
  return [partText(object, 'mRID'), ...names].some((it) => !isBlank(it))
}
