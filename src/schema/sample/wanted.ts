// Which optional children a tidy sample shows: what identifies the object, then as much as a person takes in at a glance.
// It goes by what the children are called and how deep they stand; the content model has the last word on their number.

import { UNSHOWN } from './believable.ts'
import type { ElementDecl, Type } from '../model.ts'
import type { Sampling } from './run.ts'
import { believable } from './value.ts'
import { shapeOf } from '../shape.ts'
import type { Field, Shape } from '../shape.ts'

/** Children that say which object is meant. */
const IDENTIFYING: ReadonlySet<string> = new Set(['mRID', 'Names', 'name', 'NameType'])

/** an identity is told in full for an object, and shortly for what it refers to */
const AUTHORITY = 'NameTypeAuthority'
const AUTHORITY_DEPTH = 4

/** optional values and compounds that are shown of an object, by its depth: the root, an object, its parts, their parts */
const LIMITS: readonly (readonly [values: number, parts: number])[] = [
  [4, 2],
  [8, 6],
  [5, 3],
  [4, 2],
  [3, 1],
]

/** below the objects, a type that has an identity is a reference to an object */
const OBJECT_DEPTH = 2

/**
 * Optional children to be made, of an element of this shape.
 * @param way local names from the outermost element down to it
 */
export function wantedFields(
  sampling: Sampling,
  way: readonly string[],
  shape: Shape,
): ReadonlySet<ElementDecl> {
  if (sampling.full)
    return new Set(shape.fields.map((it) => it.decl).filter((it) => isNew(it, way)))
  const identity = shape.fields.filter((it) => isIdentifying(it, way))
  const [values, parts] = limitsAt(sampling, way, shape)
  const shown = (it: Field) => !UNSHOWN.test(`${way.at(-1)}/${it.decl.name}`)
  const others = shape.fields.filter((it) => !identity.includes(it) && shown(it))
  const leaves = others.filter((it) => isLeaf(it.decl.type, sampling))
  const compounds = others.filter((it) => !leaves.includes(it) && isNew(it.decl, way))
  const chosen = [
    ...identity,
    ...leaves.filter((it) => isTold(sampling, way, it)).slice(0, values),
    // Looking into all of them costs too much where none is to be shown.
    ...(parts === 0 ? [] : primary(way, compounds))
      .filter((it) => saysSomething(sampling, way, it))
      .slice(0, parts),
  ]
  return new Set(chosen.map((it) => it.decl))
}

/** Of a recursive type one level will do. */
function isNew({ name }: ElementDecl, way: readonly string[]): boolean {
  return !way.includes(name)
}

function isIdentifying({ decl }: Field, way: readonly string[]): boolean {
  if (decl.name === AUTHORITY) return way.length <= AUTHORITY_DEPTH
  return IDENTIFYING.has(decl.name)
}

function limitsAt(
  { related }: Sampling,
  way: readonly string[],
  shape: Shape,
): readonly [number, number] {
  const reference = way.length > OBJECT_DEPTH && isReference(shape)
  const none = way.length > related || reference
  return (none ? undefined : LIMITS[way.length - 1]) ?? [0, 0]
}

/** It has an identity and asks for nothing else. */
function isReference({ fields, type }: Shape): boolean {
  const { content } = type
  const asks =
    content.kind === 'particle' &&
    'items' in content.particle &&
    content.particle.items.some((it) => it.min > 0)
  return hasIdentity(fields) && !asks
}

function hasIdentity(fields: readonly Field[]): boolean {
  return fields.some((it) => it.decl.name === 'mRID' || it.decl.name === 'Names')
}

/** Under a root that is named after one of its children, that one is what the message is about. */
function primary(way: readonly string[], compounds: readonly Field[]): readonly Field[] {
  const [root = '', inside] = way
  if (inside !== undefined) return compounds
  const own = compounds.filter((it) => root.startsWith(it.decl.name))
  return own.length > 0 ? own : compounds
}

function isLeaf(type: Type, { model }: Sampling): boolean {
  return type.kind === 'simple' || shapeOf(type, model).text !== undefined
}

/** There is something believable to write. */
function isTold({ model, random }: Sampling, way: readonly string[], { decl }: Field): boolean {
  const { type } = decl
  const text = type.kind === 'simple' ? type : shapeOf(type, model).text
  const name = [...way, decl.name].join('/')
  return text !== undefined && believable(text, name, random) !== undefined
}

/** levels of compounds that are looked into */
const MOST_DEPTH = 3

/** An object that can be named, or a compound with a believable value in it. */
function saysSomething(
  sampling: Sampling,
  way: readonly string[],
  { decl }: Field,
  depth = 0,
): boolean {
  if (decl.type.kind === 'simple' || depth > MOST_DEPTH) return false
  const { fields, attributes } = shapeOf(decl.type, sampling.model)
  const inside = [...way, decl.name]
  return (
    hasIdentity(fields) ||
    attributes.has('@ref') ||
    fields.some((it) =>
      isLeaf(it.decl.type, sampling)
        ? isTold(sampling, inside, it) && it.decl.type.kind === 'simple'
        : saysSomething(sampling, inside, it, depth + 1),
    )
  )
}
