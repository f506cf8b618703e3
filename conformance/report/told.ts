// A run as it is told on a terminal: what is wrong, whose it is, where it is said, how to mend it.

import { ABOUT } from '../layer.ts'
import type { Finding } from '../finding.ts'
import type { Results } from '../engine/results.ts'
import type { CaseResult } from '../engine/weigh.ts'
import { idle } from './harness-block.ts'
import { claimOf, missingIn, untestedIn } from './profiles.ts'

/** One line for each case while it runs. */
export function caseLine(it: CaseResult): string {
  const why = it.why === undefined ? '' : ` (${it.why})`
  return oneLine(`${it.verdict.padEnd(14)} ${it.id}  ${it.title}${why}`)
}

/** What comes from messages may hold anything: nothing of it moves the cursor, or looks like a line of ours. */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (it) => `\\u${(it.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

/** What messages travelled in; what is no binding of the standard is said to be none. */
export function transportOf({ transport, isNormative }: Results['run']): string {
  return isNormative !== false
    ? transport
    : `${transport}, which is no binding of the standard (non-normative)`
}

/** What has been found, by requirement, and the verdict. */
export function summaryOf(results: Results): string {
  const findings = results.cases.flatMap((it) => it.findings)
  const groups = results.requirements.flatMap((it) => {
    const own = findings.filter((one) => one.requirement === it.id)
    return own.length === 0
      ? []
      : [
          [
            `${it.id} ${it.level}, ${it.layer} ${ABOUT[it.layer]}`,
            `  ${it.text}`,
            `  ${it.clause === '' ? 'a rule of ours' : it.clause}`,
            ...told(own, it.mend),
          ].join('\n'),
        ]
  })
  const counts = Object.entries(results.counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ')
  const roles = results.roles.map((it) => `${it.role}: ${it.verdict}`).join(', ')
  const end = [
    `${counts}`,
    ...(results.run.isNormative === false ? [`over ${transportOf(results.run)}`] : []),
    ...unmatchedIn(results),
    ...(roles === '' ? [] : [`roles: ${roles}`]),
    ...(results.parties ?? []).map((it) =>
      oneLine(
        `party ${it.name}: ${it.verdict}, ${it.findings === 1 ? '1 finding' : `${it.findings} findings`}`,
      ),
    ),
    ...results.profiles.flatMap((it) => [
      `profile ${it.profile}: ${claimOf(it)}`,
      ...[...missingIn(it), ...untestedIn(it)].map((one) => oneLine(`  ${one}`)),
    ]),
    ...idle(results).map(oneLine),
    `verdict: ${results.verdict}${results.why === undefined ? '' : `. ${results.why}`}`,
  ]
  return [...groups, end.join('\n')].join('\n\n')
}

function unmatchedIn({ unmatched = [] }: Results): readonly string[] {
  const lines = unmatched.slice(0, MOST).map((it) => oneLine(`  ${it.file}: ${it.why}`))
  const more = unmatched.length - MOST
  return unmatched.length === 0
    ? []
    : ['not matched:', ...lines, ...(more > 0 ? [`  … and ${more} more`] : [])]
}

/** so many of one requirement are told in full */
const MOST = 5

/** @param mend that of the requirement, where a finding has none of its own; what is the same for all is said once */
function told(findings: readonly Finding[], mend: string): readonly string[] {
  const mends = new Set(findings.map((it) => it.mend || mend))
  const isSame = mends.size === 1
  const lines = findings.slice(0, MOST).map((it) => {
    const place = [it.wire, it.line > 0 ? `line ${it.line}` : '', it.path]
      .filter((one) => one !== '')
      .join(' ')
    const weight = it.waived === undefined ? it.severity : `waived: ${it.waived}`
    const what = `  ${it.scenario} step ${it.step}: ${it.message} [${weight}, to blame: ${it.blame}]`
    const own = isSame ? [] : [`      mend: ${oneLine(it.mend || mend)}`]
    return [oneLine(what), ...(place === '' ? [] : [`      ${oneLine(place)}`]), ...own].join('\n')
  })
  const more = findings.length - MOST
  return [
    ...lines,
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...(isSame ? [...mends].map((it) => `  mend: ${oneLine(it)}`) : []),
  ]
}
