// Wildcards of the model: which namespaces xs:any and xs:anyAttribute admit (XML Schema Part 1 §3.10).

import { attribute } from '../../envelope/element.ts'
import type { Definition } from './compile.ts'
import { admits } from '../model.ts'
import type { Namespaces, Wildcard } from '../model.ts'

/** @param at an xs:any or xs:anyAttribute */
export function wildcard(at: Definition): Wildcard {
  const process = (attribute(at.node, 'processContents') ?? 'strict') as Wildcard['process']
  const written = attribute(at.node, 'namespace') ?? '##any'
  return { namespaces: namespaces(written, at.document.targetNamespace), process }
}

function namespaces(text: string, target: string): Namespaces {
  const words = text.split(/\s+/).filter((it) => it !== '')
  if (words[0] === '##any') return { kind: 'any' }
  if (words[0] === '##other') return { kind: 'other', ns: target }
  const list = words.map((it) => (it === '##targetNamespace' ? target : it === '##local' ? '' : it))
  return { kind: 'list', list }
}

/** Of an extension: what the base admits counts, too (Part 1 §3.4.2); the processing is its own. */
export function united(
  own: Wildcard | undefined,
  base: Wildcard | undefined,
): Wildcard | undefined {
  if (own === undefined || base === undefined) return own ?? base
  return { ...own, namespaces: union(own.namespaces, base.namespaces) }
}

/** Of a type that has several: only what each of them admits; the first one's processing. */
export function intersected(
  a: Wildcard | undefined,
  b: Wildcard | undefined,
): Wildcard | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return { ...a, namespaces: intersection(a.namespaces, b.namespaces) }
}

/** Part 1 §3.10.6, attribute wildcard union; `other` without a namespace is "any but none". */
function union(a: Namespaces, b: Namespaces): Namespaces {
  if (a.kind === 'any' || b.kind === 'any') return { kind: 'any' }
  if (a.kind === 'list' && b.kind === 'list')
    return { kind: 'list', list: [...new Set([...a.list, ...b.list])] }
  if (a.kind === 'other' && b.kind === 'other') return a.ns === b.ns ? a : { kind: 'other', ns: '' }
  const other = a.kind === 'other' ? a : (b as Namespaces & { kind: 'other' })
  const { list } = (a.kind === 'list' ? a : b) as Namespaces & { kind: 'list' }
  if (!list.includes(other.ns)) return other
  return list.includes('') ? { kind: 'any' } : { kind: 'other', ns: '' }
}

/** Part 1 §3.10.6, attribute wildcard intersection. */
function intersection(a: Namespaces, b: Namespaces): Namespaces {
  if (a.kind === 'any') return b
  if (b.kind === 'any') return a
  const process = 'skip'
  if (a.kind === 'list')
    return { kind: 'list', list: a.list.filter((it) => admits({ namespaces: b, process }, it)) }
  if (b.kind === 'list') return intersection(b, a)
  return a.ns === '' ? b : a
}
