// Why a document is not well-formed, one finding for each mistake. Words of the parser that only follow from a mistake
// at the same place are left out; unknown ones are quoted and never lost.

import type { Finding } from '../../envelope/finding.ts'
import type { EngineError } from './engine.ts'
import { MEANINGS, XML } from './parser-words.ts'

/** What the parser says once more, or says because of what it has said at the same place. */
const CONSEQUENCE =
  /^(?:attributes construct error|Couldn't find end of Start Tag|Blank needed here|parsing XML declaration|xmlParseCharRef: invalid xmlChar value 0\b|expected '>')/

/** About the whole document, whose paths are not known. */
const WHOLE = { layer: 'wellformed', rule: 'WF-01', severity: 'error', path: '' } as const

/** One finding for each mistake; the parser may name a place more than once. */
export function wellformedFindings(errors: readonly EngineError[]): readonly Finding[] {
  const told = errors.filter((it, at) => {
    const isMore = errors.some(
      (one, other) => other !== at && one.line === it.line && one.column === it.column,
    )
    return !isMore || !CONSEQUENCE.test(it.message)
  })
  const findings = (told.length > 0 ? told : errors.slice(0, 1)).map(findingOf)
  return findings.filter(
    (it, at) =>
      findings.findIndex((one) => one.line === it.line && one.message === it.message) === at,
  )
}

function findingOf({ message, line, column }: EngineError): Finding {
  for (const [pattern, clause, say] of MEANINGS) {
    const found = pattern.exec(message)
    if (found !== null)
      return { ...WHOLE, clause, line, column, ...say(...found.slice(1).map((it) => it ?? '')) }
  }
  const words = message.replace(/\s+/g, ' ').replace(/\.$/, '')
  return {
    ...WHOLE,
    clause: `${XML} §2.1`,
    line,
    column,
    expected: 'well-formed XML',
    found: words,
    message: `The document is not well-formed: ${words}.`,
    mend: 'Mend the mark-up at this place; every start tag needs its end tag, and & and < in text are written &amp; and &lt;.',
  }
}
