// Findings as a person reads them: place, rule and path, the sentence, the source line with a caret,
// then expected, found, mend and clause. Used by the text report and, without colours, inside JUnit.

import type { Finding, Severity } from '../../envelope/finding.ts'
import { excerptsOf } from './excerpt.ts'
import type { Excerpt } from './excerpt.ts'
import { extentOf } from './extent.ts'
import { elsewhere, grouped } from './grouped.ts'
import type { Group } from './grouped.ts'
import { plain } from './paint.ts'
import type { Colour, Paint } from './paint.ts'
import { printable, shortened, shortenedPath, wrapped } from './printable.ts'
import type { FileReport, Layout } from './report.ts'

const SEVERITY_COLOURS = {
  error: 'red',
  warning: 'yellow',
  info: 'blue',
} satisfies Record<Severity, Colour>

/** What stands below a finding's sentence, in this order; empty ones are left out. */
const DETAILS = ['expected', 'found', 'mend', 'clause'] as const

/** UTF-16 units of one value or sentence: whole for any identifier or enumeration literal, but never a page. */
const VALUE_LIMIT = 300
const INDENT = '    '
const LABEL_COLUMNS = 10
/** Columns that a path keeps even where the terminal is too narrow for it. */
const PATH_LEAST = 24

type Find = ReturnType<typeof excerptsOf>

/** All findings of one file, each with a line break at its end; empty when there are none. */
export function findingsText(
  report: FileReport,
  layout: Pick<Layout, 'width'> = {},
  paint: Paint = plain,
): string {
  if (report.findings.length === 0) return ''
  const width = Math.min(Math.max(layout.width ?? 100, 40), 160)
  const find = excerptsOf(report.source ?? '')
  const { groups, rest } = grouped(report.findings)
  const text = groups.map((it) => `${lines(it, find, width, paint).join('\n')}\n`).join('')
  return rest === 0 ? text : `${text}  ${rest} more findings; --format json lists all of them\n`
}

function lines(group: Group, find: Find, width: number, paint: Paint): readonly string[] {
  const { finding } = group
  return [
    heading(finding, width, paint),
    ...indented(finding.message, width),
    ...excerptLines(finding, find, width, paint),
    ...DETAILS.flatMap((it) => detail(it, finding[it], width, paint)),
    ...indented(elsewhere(group), width),
  ]
}

function heading(finding: Finding, width: number, paint: Paint): string {
  const place = placeOf(finding)
  const rule = printable(finding.rule)
  const left = `  ${place}${finding.severity}  ${rule}`
  const room = Math.max(width - left.length - 2, PATH_LEAST)
  const path = shortenedPath(printable(finding.path), room)
  const severity = paint(SEVERITY_COLOURS[finding.severity], finding.severity)
  return `  ${paint('bold', place)}${severity}  ${rule}${path === '' ? '' : `  ${paint('cyan', path)}`}`
}

function placeOf({ line, column }: Finding): string {
  if (line < 1) return ''
  return column < 1 ? `${line}  ` : `${line}:${column}  `
}

function indented(text: string, width: number): readonly string[] {
  return fitting(text, width - INDENT.length).map((it) => INDENT + it)
}

function fitting(text: string, width: number): readonly string[] {
  return text === '' ? [] : wrapped(printable(shortened(text, VALUE_LIMIT)), width)
}

function excerptLines(
  finding: Finding,
  find: Find,
  width: number,
  paint: Paint,
): readonly string[] {
  const { line, column } = finding
  // The line meant may be some lines below, and its number a digit longer.
  const room = width - INDENT.length - String(line + 99).length - ' │ '.length - '…'.length
  const extent = (source: string, offset: number) => extentOf(source, offset, finding)
  const excerpt = line > 0 ? find(line, column, room, extent) : undefined
  return excerpt === undefined ? [] : framed(excerpt, finding, paint)
}

function framed(
  { text, caret, length, line }: Excerpt,
  { severity }: Finding,
  paint: Paint,
): readonly string[] {
  const gutter = String(line)
  const source = `${INDENT}${paint('dim', `${gutter} │`)} ${text}`
  if (caret === undefined) return [source]
  const margin = paint('dim', `${' '.repeat(gutter.length)} │`)
  return [
    source,
    `${INDENT}${margin} ${' '.repeat(caret)}${paint(SEVERITY_COLOURS[severity], '^'.repeat(length))}`,
  ]
}

function detail(label: string, value: string, width: number, paint: Paint): readonly string[] {
  const [first, ...more] = fitting(value, width - INDENT.length - LABEL_COLUMNS)
  if (first === undefined) return []
  const hanging = ' '.repeat(INDENT.length + LABEL_COLUMNS)
  return [
    `${INDENT}${paint('dim', label.padEnd(LABEL_COLUMNS))}${first}`,
    ...more.map((it) => hanging + it),
  ]
}
