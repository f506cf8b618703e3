// What of the source text a finding means: the value, the attribute, the name of the element, or the piece of JSON.
// It looks only at the text from the finding's place on, and takes nothing for granted: any text may stand there.

import type { Finding } from '../../envelope/finding.ts'

/** A piece of the text, as offsets; it never goes beyond its line. */
export interface Extent {
  readonly start: number
  readonly end: number
}

/** characters of a tag that are looked at: attributes stand near its name */
const TAG_LENGTH = 4096

/** @param offset of the finding's line and column */
export function extentOf(source: string, offset: number, finding: Finding): Extent {
  const text = source.slice(offset, offset + TAG_LENGTH)
  const found = JSON_BEGINS.test(source.slice(0, 100)) ? inJson(text) : inXml(text, finding)
  const { start, end } = found ?? { start: 0, end: 1 }
  const line = text.slice(start, end).split(/\r?\n/, 1)[0] ?? ''
  return { start: offset + start, end: offset + start + Math.max(line.length, 1) }
}

/** XML never begins like this */
const JSON_BEGINS = /^\ufeff?\s*[{[]/

function inJson(text: string): Extent | undefined {
  const piece = /^(?:"(?:[^"\\\n]|\\.)*"?|[\w.+-]+)/.exec(text)?.[0]
  return piece === undefined ? undefined : { start: 0, end: piece.length }
}

function inXml(text: string, { path, found, layer }: Finding): Extent | undefined {
  const name = /^<[^\s<>/]+/.exec(text)?.[0]
  if (name === undefined || layer === 'wellformed') return undefined
  const tag = /^<(?:[^<>"']|"[^"<]*"|'[^'<]*')*>?/.exec(text)?.[0] ?? name
  const attribute = /@([^/@]+)$/.exec(path)?.[1]
  const own = attribute === undefined ? undefined : attributeIn(tag, attribute)
  return own ?? valueBehind(text, tag, found) ?? { start: 0, end: name.length }
}

function attributeIn(tag: string, name: string): Extent | undefined {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = new RegExp(`\\s((?:[^\\s=:]+:)?${escaped}\\s*=\\s*(?:"[^"]*"|'[^']*'))`)
  const it = pattern.exec(tag)
  if (it === null) return undefined
  return { start: it.index + 1, end: it.index + 1 + (it[1] ?? '').length }
}

/** The text of an element that holds nothing else, where it is what has been found. */
function valueBehind(text: string, tag: string, found: string): Extent | undefined {
  if (tag.endsWith('/>')) return undefined
  const value = /^([^<]*)<\//.exec(text.slice(tag.length))?.[1] ?? ''
  const wanted = found.replace(/…$/, '').trim()
  if (wanted === '' || !value.trim().startsWith(wanted)) return undefined
  const start = tag.length + value.length - value.trimStart().length
  return { start, end: start + value.trim().length }
}
