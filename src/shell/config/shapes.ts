// Walks through the JSON Schema of the configuration: what there can be at a path, and which form is meant where there
// are several.

import { nearest } from '../../schema/nearest.ts'
import { keysIn, nodeAt } from './tree.ts'
import type { Path, Tree } from './tree.ts'

/** As much of JSON Schema as the configuration needs. */
export interface Shape {
  /** what is expected, after "write": `a duration such as 30s` */
  readonly title?: string
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | false
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly pattern?: string
  readonly format?: string
  /** a secret: nothing of it is ever repeated */
  readonly writeOnly?: true
  readonly default?: unknown
}

/** The forms that a value can have, without those that are made of others. */
export function formsOf(shape: Shape): readonly Shape[] {
  const forms = shape.anyOf ?? shape.oneOf
  return forms === undefined ? [shape] : forms.flatMap(formsOf)
}

/** What can be below a key or index, in any of the forms. */
export function below(shapes: readonly Shape[], step: string | number): readonly Shape[] {
  return shapes.flatMap((it) => {
    const inner =
      typeof step === 'number'
        ? it.items
        : (ownShape(it, step) ?? (it.additionalProperties || undefined))
    return inner === undefined ? [] : formsOf(inner)
  })
}

/** What a key of a form itself can be. */
export function ownShape({ properties = {} }: Shape, key: string): Shape | undefined {
  return Object.hasOwn(properties, key) ? properties[key] : undefined
}

/** What there can be at a path, in the form that is meant by what the tree says. */
export function shapeAt(root: Shape, path: Path, tree: Tree): Shape | undefined {
  let at: Shape | undefined = root
  for (const [depth, step] of path.entries()) {
    if (at === undefined) return undefined
    const meant: Shape = meantForm(at, nodeAt(tree, path.slice(0, depth)))
    at =
      typeof step === 'number'
        ? meant.items
        : (ownShape(meant, step) ?? (meant.additionalProperties || undefined))
  }
  return at
}

/** The form that a value is nearest to. */
export function meantForm(shape: Shape, node: Tree | undefined): Shape {
  const forms = shape.anyOf ?? shape.oneOf
  if (forms === undefined) return shape
  return meantForm(forms[meantIndex(forms, node)] ?? {}, node)
}

/** Which of several forms a value is nearest to: of its kind, with its discriminator, and with most of its keys. */
export function meantIndex(forms: readonly Shape[], node: Tree | undefined): number {
  const scores = forms.map((it) => Math.max(...formsOf(it).map((one) => likeness(one, node))))
  return scores.indexOf(Math.max(...scores))
}

function likeness(shape: Shape, node: Tree | undefined): number {
  if (node === undefined) return 0
  if (node.kind === 'list') return shape.type === 'array' ? 1 : -1
  if (node.kind === 'scalar') return scalarLikeness(shape, node.value)
  if (shape.type !== 'object') return -1
  const names = Object.keys(shape.properties ?? {})
  const keys = keysIn(node).map((key) => keyLikeness(shape, key, nodeAt(node, [key])))
  const near = keysIn(node).map((key) => nearest(key, names))
  const missing = (shape.required ?? []).filter((it) => !near.includes(it))
  return keys.reduce((sum, it) => sum + it, 0) - missing.length
}

/** A number where a text is expected, or the other way round, is nearer than a list or map. */
function scalarLikeness({ type }: Shape, value: unknown): number {
  if (type === 'object' || type === 'array') return -1
  return type === typeof value ? 1 : 0
}

/** A discriminator outweighs all other keys. */
function keyLikeness(shape: Shape, key: string, value: Tree | undefined): number {
  const own = ownShape(shape, key)
  if (own?.const !== undefined)
    return value?.kind === 'scalar' && value.value === own.const ? 100 : -100
  if (own !== undefined) return 2
  return nearest(key, Object.keys(shape.properties ?? {})) === undefined ? 0 : 1
}

/** True when nothing of a value speaks for any of the forms. */
export function isUnlike(forms: readonly Shape[], node: Tree | undefined): boolean {
  return forms.flatMap(formsOf).every((it) => likeness(it, node) <= 0)
}
