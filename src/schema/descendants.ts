// Which complex types may stand for which: worked out once for each model, as a schema may have thousands of types.

import type { ComplexType, Model, Type } from './model.ts'

type Descendants = ReadonlyMap<Type, readonly ComplexType[]>

const known = new WeakMap<Model, Descendants>()

/** The types that `xsi:type` may name in place of a type: all that derive from it and are not abstract. */
export function derivedFrom(type: ComplexType, model: Model): readonly ComplexType[] {
  const all = known.get(model) ?? descendantsIn(model)
  known.set(model, all)
  return all.get(type) ?? []
}

function descendantsIn(model: Model): Descendants {
  const found = new Map<Type, ComplexType[]>()
  for (const type of model.types.values())
    if (type.kind === 'complex' && !type.abstract)
      for (let base = type.base; base !== undefined; base = base.base)
        if (found.get(base)?.push(type) === undefined) found.set(base, [type])
  return found
}
