// The audit log as JSON lines, whole in itself: first where it begins, then its lines, last where it ends. A file that lacks
// its last line was cut, and is proved by nothing else.

import { LONGEST } from './plain.ts'
import type { Anchor, AuditLine, ChainEnds } from './chain.ts'

/** What stands on one line of an export. */
export type Exported =
  | { readonly kind: 'begin'; readonly beginning: Anchor }
  | { readonly kind: 'line'; readonly line: AuditLine }
  | { readonly kind: 'end'; readonly head: Anchor }

/** of the format */
const FORMAT = 1

/** One line of an export, without a line feed. */
export function exportedText(it: Exported): string {
  if (it.kind === 'begin')
    return JSON.stringify({ cimgateAudit: FORMAT, beginning: shown(it.beginning) })
  if (it.kind === 'end') return JSON.stringify({ head: shown(it.head) })
  const { seq, at, who, from, what, subject, details, hash } = it.line
  return JSON.stringify({ seq, at, who, from, what, subject, details, hash })
}

/** The first line of an export, and the last. */
export function framed({ head, beginning }: ChainEnds): readonly [first: string, last: string] {
  return [exportedText({ kind: 'begin', beginning }), exportedText({ kind: 'end', head })]
}

function shown({ seq, hash }: Anchor): Anchor {
  return { seq, hash }
}

const TEXTS = [...(Object.keys(LONGEST) as (keyof typeof LONGEST)[]), 'hash'] as const

/** @returns undefined when it is no line of an export, or has something in it that none has */
export function exportedIn(text: string): Exported | undefined {
  const it = objectIn(text)
  const names = Object.keys(it).sort().join()
  if (
    names === 'beginning,cimgateAudit' &&
    it['cimgateAudit'] === FORMAT &&
    isAnchor(it['beginning'])
  )
    return { kind: 'begin', beginning: it['beginning'] }
  if (names === 'head' && isAnchor(it['head'])) return { kind: 'end', head: it['head'] }
  const isLine =
    names === LINE && isCount(it['seq']) && TEXTS.every((name) => typeof it[name] === 'string')
  // Written again it has to be the same: what a reader of JSON passes over could be read in another way by people.
  const line = it as unknown as AuditLine
  return isLine && exportedText({ kind: 'line', line }) === text
    ? { kind: 'line', line }
    : undefined
}

const LINE = [...TEXTS, 'seq'].sort().join()

function objectIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const it: unknown = JSON.parse(text)
    return typeof it === 'object' && it !== null ? (it as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}

function isAnchor(it: unknown): it is Anchor {
  const { seq, hash } = (it ?? {}) as Partial<Anchor>
  return isCount(seq) && typeof hash === 'string'
}

function isCount(it: unknown): it is number {
  return Number.isSafeInteger(it) && (it as number) >= 0
}
