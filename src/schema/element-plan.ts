// What it takes to write an element, worked out once for each declaration: its tags, and what stands between them.
// Only plain content: whatever is out of the ordinary is written by to-xml.ts step by step.

import { escapeAttribute } from '../envelope/escape.ts'
import type { ElementDecl, Model, SimpleType } from './model.ts'
import { takesBoolean, takesNumber } from './scalar.ts'
import { shapeOf } from './shape.ts'
import type { Field, Shape } from './shape.ts'

/** How an element is written where a certain default namespace is in force. */
export interface ElementPlan {
  readonly decl: ElementDecl
  readonly model: Model
  /** around the element */
  readonly defaultNs: string
  readonly startTag: string
  readonly endTag: string
  readonly emptyTag: string
  /** the type of a single value; undefined for other content, and for names, which need a declaration */
  readonly simple: SimpleType | undefined
  readonly takesBoolean: boolean
  readonly takesNumber: boolean
  /** of children that are written key by key in schema order */
  readonly shape: Shape | undefined
  /** plans of the children as far as they have been written */
  readonly children: Map<Field, ElementPlan>
}

const plans = new WeakMap<ElementDecl, Map<string, ElementPlan>>()

/** @param model one declaration belongs to one model */
export function planOf(decl: ElementDecl, model: Model, defaultNs: string): ElementPlan {
  const known = plans.get(decl)?.get(defaultNs)
  if (known !== undefined) return known
  const made = makePlan(decl, model, defaultNs)
  plans.set(decl, (plans.get(decl) ?? new Map<string, ElementPlan>()).set(defaultNs, made))
  return made
}

/** The plan of a child under its parent's. */
export function childPlan({ children, decl, model }: ElementPlan, field: Field): ElementPlan {
  const known = children.get(field)
  if (known !== undefined) return known
  const made = planOf(field.decl, model, decl.ns)
  children.set(field, made)
  return made
}

function makePlan(decl: ElementDecl, model: Model, defaultNs: string): ElementPlan {
  const { name, ns, type } = decl
  const tag = ns === defaultNs ? name : `${name} xmlns="${escapeAttribute(ns)}"`
  const simple = type.kind === 'simple' && type.primitive !== 'QName' ? type : undefined
  const shape = type.kind === 'complex' ? shapeOf(type, model) : undefined
  return {
    decl,
    model,
    defaultNs,
    startTag: `<${tag}>`,
    endTag: `</${name}>`,
    emptyTag: `<${tag}/>`,
    simple,
    takesBoolean: simple !== undefined && takesBoolean(simple),
    takesNumber: simple !== undefined && takesNumber(simple),
    shape: shape?.grouped === true && shape.text === undefined ? shape : undefined,
    children: new Map(),
  }
}
