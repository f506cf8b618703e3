// Drafts -> findings in the order of the layers, with their places in the source text.

import { place, strict } from '../../envelope/finding.ts'
import type { Draft, Finding } from '../../envelope/finding.ts'
import { locator } from '../../envelope/scan.ts'
import { aliasDraft } from './aliased.ts'
import { byLayer } from './judgement.ts'
import type { JudgeOptions } from './judgement.ts'
import type { Opened } from './open.ts'

/** Findings that are reported of one document; nobody reads more, and a hostile document makes a million. */
const MOST_FINDINGS = 1000

/** Findings as they are told, the gravest of them where there are too many, in the order of their layers. */
export function placed(
  drafts: readonly Draft[],
  opened: Pick<Opened, 'root' | 'text' | 'notes' | 'sent'>,
  options: JudgeOptions,
): readonly Finding[] {
  const all = [...opened.notes.map(aliasDraft), ...drafts]
  if (all.length === 0) return []
  const told = gravestFirst(all).slice(0, MOST_FINDINGS).toSorted(byLayer)
  const rest = all.length - told.length
  const findings = place(
    rest > 0 ? [...told, restDraft(rest)] : told,
    opened.sent ?? opened.root,
    locator(opened.text()),
  ).map(brief)
  return options.strict === true ? strict(findings) : findings
}

/** characters of a text that quotes the document, which may hold one value of 16 MiB */
const TEXT_LENGTH = 1000

function brief(it: Finding): Finding {
  return {
    ...it,
    expected: cut(it.expected),
    found: cut(it.found),
    message: cut(it.message),
    mend: cut(it.mend),
  }
}

function cut(text: string): string {
  return text.length > TEXT_LENGTH ? `${text.slice(0, TEXT_LENGTH)}…` : text
}

/** No error may be cut off behind a thousand warnings. */
function gravestFirst(drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.length <= MOST_FINDINGS) return drafts
  const isError = (it: Draft) => it.severity === 'error'
  return [...drafts.filter(isError), ...drafts.filter((it) => !isError(it))]
}

function restDraft(rest: number): Draft {
  return {
    layer: 'limits',
    rule: 'LIM-FINDINGS',
    severity: 'info',
    clause: '',
    at: 0,
    expected: `at most ${MOST_FINDINGS} findings`,
    found: `at least ${rest} more`,
    message: `At least ${rest} more findings are left out.`,
    mend: 'Mend the first ones and judge again.',
  }
}
