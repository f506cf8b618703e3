// RPL-03 to RPL-05: whether each Error of a reply, or of a fault, helps the one who reads it.

import type { Element } from './element.ts'
import type { EnvelopeView } from './envelope.ts'
import { isBlank, partOf, partsOf, partText } from './parts.ts'
import { isKnownCode, isSuccessCode } from './reply-codes.ts'
import { rule } from './rule.ts'
import type { Breach } from './rule.ts'

/** The rules of the Error. */
export const ERROR_RULES = [
  rule({
    id: 'RPL-03',
    level: 'MUST',
    clause: '',
    text: 'Error/xpath is a QName, as the schema says in spite of its name; a path is written in details.',
    replyCode: '5.3',
    check: (view) => errorsOf(view).flatMap(path),
  }),
  rule({
    id: 'RPL-04',
    level: 'SHOULD',
    clause: 'EPRI 3002003035',
    text: 'An Error has a reason or details that a person can read.',
    replyCode: '5.3',
    check: (view) => failures(view).flatMap(mute),
  }),
  rule({
    id: 'RPL-05',
    level: 'SHOULD',
    clause: '',
    text: 'Error/code is one of the known reply codes.',
    replyCode: '5.3',
    check: (view) => errorsOf(view).flatMap(unknownCode),
  }),
]

/** The Errors of a Reply. */
export function errorsOf({ reply }: EnvelopeView): readonly Element[] {
  return partsOf(reply, 'Error')
}

/** The code of an Error without blanks around it; empty where there is none. */
export function codeOf(error: Element): string {
  return partText(error, 'code')?.trim() ?? ''
}

/** Errors that report something gone wrong: not the 0.x that many senders write for success. */
export function failures(view: EnvelopeView): readonly Element[] {
  return errorsOf(view).filter((it) => !isSuccessCode(codeOf(it)))
}

/** The XSD says only that it is no QName; this says where a path belongs. */
const QNAME = /^\s*[\p{L}_][\p{L}\p{M}\p{N}._-]*(:[\p{L}_][\p{L}\p{M}\p{N}._-]*)?\s*$/u

function path(error: Element): readonly Breach[] {
  const xpath = partOf(error, 'xpath')
  if (xpath === undefined || QNAME.test(xpath.text)) return []
  return [
    {
      at: xpath.index,
      expected: 'the QName of one element',
      found: xpath.text,
      message: 'Error/xpath holds a path, and its schema type is QName.',
      mend: 'Write the path in details and leave out xpath.',
    },
  ]
}

function mute(error: Element): readonly Breach[] {
  if (['reason', 'details'].some((it) => !isBlank(partText(error, it)))) return []
  return [
    {
      at: error.index,
      expected: 'a reason or details',
      found: 'neither',
      message: 'The Error says nothing that a person can read.',
      mend: 'Add a reason that says what was wrong.',
    },
  ]
}

function unknownCode(error: Element): readonly Breach[] {
  const code = partOf(error, 'code')
  if (code === undefined || isBlank(code.text) || isKnownCode(code.text.trim())) return []
  return [
    {
      at: code.index,
      expected: 'one of the known reply codes',
      found: code.text,
      message: `${code.text} is not a known reply code.`,
      mend: 'Write a code of the table, such as 5.3, and say the rest in reason.',
    },
  ]
}
