// How an element stands in the content of a root: whether there is one at a path of names, and whether it has to be there.

import type { Declared } from './message-json.ts'
import type { ComplexType, ElementDecl, Model, Particle } from './model.ts'
import { alternatives, shapeOf } from './shape.ts'

/** What a schema says of a path. */
export type Standing =
  | {
      readonly kind: 'there'
      readonly required: boolean
      /** it holds a value and no elements */ readonly simple: boolean
    }
  /** no element of this name stands there; these do */
  | { readonly kind: 'absent'; readonly name: string; readonly names: readonly string[] }
  /** a wildcard or an abstract type lets anything stand there */
  | { readonly kind: 'open' }

/**
 * @param path local names below the root
 * @param start whether the first name stands right below the root, or at any depth
 */
export function standingOf(
  { decl, model }: Declared,
  path: readonly string[],
  start: 'below' | 'anywhere' = 'below',
): Standing {
  const [first = ''] = path
  const all = start === 'below' ? [decl] : elementsIn(decl, model)
  const holders = start === 'below' ? all : all.filter((it) => namesIn(it, model).includes(first))
  if (holders.length === 0) {
    const names = [...new Set(all.flatMap((it) => namesIn(it, model)))]
    return { kind: 'absent', name: first, names }
  }
  const found = holders.map((it) => follow(it, path, model))
  return (
    found.find((it) => it.kind === 'there' && it.required) ??
    found.find((it) => it.kind !== 'absent') ??
    (found[0] as Standing)
  )
}

/** The root and all elements in it that hold others, one for each type. */
function elementsIn(root: ElementDecl, model: Model): readonly ElementDecl[] {
  const seen = new Map<unknown, ElementDecl>()
  const open = [root]
  for (let it = open.pop(); it !== undefined; it = open.pop()) {
    if (it.type.kind !== 'complex' || seen.has(it.type)) continue
    seen.set(it.type, it)
    open.push(...shapeOf(it.type, model).fields.map((field) => field.decl))
  }
  return [...seen.values()]
}

function namesIn({ type }: ElementDecl, model: Model): readonly string[] {
  return type.kind === 'complex' ? shapeOf(type, model).fields.map((it) => it.decl.name) : []
}

function follow(decl: ElementDecl, [name, ...rest]: readonly string[], model: Model): Standing {
  const { type } = decl
  if (name === undefined) return { kind: 'open' }
  if (type.kind !== 'complex') return { kind: 'absent', name, names: [] }
  const shape = shapeOf(type, model)
  const inner = shape.fields.map((it) => it.decl).find((it) => it.name === name)
  if (inner === undefined)
    return shape.open || type.abstract
      ? { kind: 'open' }
      : { kind: 'absent', name, names: namesIn(decl, model) }
  if (rest.length > 0) return follow(inner, rest, model)
  return { kind: 'there', required: isRequired(inner, type, model), simple: isSimple(inner) }
}

function isSimple({ type }: ElementDecl): boolean {
  return type.kind === 'simple' || type.content.kind === 'simple'
}

function isRequired(decl: ElementDecl, { content }: ComplexType, model: Model): boolean {
  return content.kind === 'particle' && leastOf(decl, content.particle, model) > 0
}

/** How often an element has to occur; in a choice, as often as in the branch that asks for the least. */
function leastOf(decl: ElementDecl, particle: Particle, model: Model): number {
  if (particle.kind === 'any') return 0
  if (particle.kind === 'element') {
    const forms = alternatives(particle.decl, model)
    const [only] = forms
    const isIt = forms.length === 1 && only?.name === decl.name && only.ns === decl.ns
    return isIt ? particle.min : 0
  }
  const each = particle.items.map((it) => leastOf(decl, it, model))
  const least = particle.kind === 'choice' ? Math.min(...each) : each.reduce((a, b) => a + b, 0)
  return each.length === 0 ? 0 : least * particle.min
}
