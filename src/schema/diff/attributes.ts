// How the attributes of two types differ.

import type { Found } from './diff.ts'
import { diffValues, typeName } from './values.ts'
import type { AttributeUse, ComplexType } from '../model.ts'

/** By local name. */
export function diffAttributes(ours: ComplexType, theirs: ComplexType): readonly Found[] {
  const others = new Map(theirs.attributes.map((it) => [it.name, it]))
  const own = new Set(ours.attributes.map((it) => it.name))
  return [
    ...ours.attributes.flatMap((it) => {
      const other = others.get(it.name)
      return other === undefined ? [only('missing', it)] : diffUse(it, other)
    }),
    ...theirs.attributes.filter((it) => !own.has(it.name)).map((it) => only('added', it)),
    ...diffOpen(ours.anyAttribute !== undefined, theirs.anyAttribute !== undefined),
  ]
}

function only(kind: 'missing' | 'added', it: AttributeUse): Found {
  const text = `${need(it)} ${typeName(it.type)}`
  const sides = kind === 'missing' ? { ours: text, theirs: '' } : { ours: '', theirs: text }
  return { step: `/@${it.name}`, kind, of: 'attribute', ...sides }
}

function need({ required }: AttributeUse): string {
  return required ? 'required' : 'optional'
}

function diffUse(ours: AttributeUse, theirs: AttributeUse): readonly Found[] {
  const step = `/@${ours.name}`
  const values = diffValues(ours.type, theirs.type).map((it) => ({ ...it, step }))
  if (ours.required === theirs.required) return values
  const kind = theirs.required ? 'constrained' : 'relaxed'
  return [{ step, kind, of: 'cardinality', ours: need(ours), theirs: need(theirs) }, ...values]
}

function diffOpen(ours: boolean, theirs: boolean): readonly Found[] {
  if (ours === theirs) return []
  const [kind, text] = theirs
    ? (['added', 'any attribute'] as const)
    : (['missing', 'any attribute'] as const)
  return [{ step: '/@*', kind, of: 'wildcard', ours: ours ? text : '', theirs: theirs ? text : '' }]
}
