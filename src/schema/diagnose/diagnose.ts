// Everything that is wrong with an element tree, not the first thing only: a walk of tree and model together.
// The XSD engine decides whether a document is valid; this says where, why and how to mend it.

import { attribute, lineage } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import type { Draft, Layer } from '../../envelope/finding.ts'
import { XSI_NS } from '../builtins.ts'
import { diagnoseContent } from './content.ts'
import {
  diagnoseAttributes,
  diagnoseSimple,
  isInstanceAttribute,
  unknownAttribute,
} from './value.ts'
import { diagnoseNil } from './nil.ts'
import { mayStandFor } from '../derived-type.ts'
import { instanceTypeOf } from '../instance-type.ts'
import { key } from '../model.ts'
import type { ComplexType, ElementDecl, Model, Type } from '../model.ts'
import { isFull, report } from '../report.ts'
import type { Diagnosis } from '../report.ts'
import { scopeAlong, scopeIn } from '../scope.ts'

/** What is known of an element besides its declaration. */
export interface Around extends Partial<Pick<Diagnosis, 'namespaceOf'>> {
  readonly root?: Element
}

/**
 * The findings of an element and everything in it, in document order: all of them, or one more than are ever told.
 * @param layer envelope-xsd or payload-xsd
 * @param around what is known besides: the root of the document, where namespace declarations stand, when the element is
 * not the root itself; the namespaces of roots by their names
 */
export function diagnose(
  element: Element,
  decl: ElementDecl,
  model: Model,
  layer: Layer,
  { root = element, namespaceOf }: Around = {},
): readonly Draft[] {
  return diagnoseEach([{ element, decl }], model, layer, { root, namespaceOf })
}

/** The same for several elements of one document, each with its declaration and none inside another. */
export function diagnoseEach(
  wrong: readonly { readonly element: Element; readonly decl: ElementDecl }[],
  model: Model,
  layer: Layer,
  { root, namespaceOf }: Around & Required<Pick<Around, 'root'>>,
): readonly Draft[] {
  const drafts: Draft[] = []
  for (const { element, decl } of wrong) {
    const scope = scopeAlong(lineage(root, element.index).slice(0, -1))
    diagnoseElement({ model, layer, drafts, scope, namespaceOf }, element, decl)
  }
  return drafts.sort((a, b) => a.at - b.at)
}

/** An element that is there under this declaration. */
function diagnoseElement(run: Diagnosis, element: Element, decl: ElementDecl): void {
  if (isFull(run)) return
  if (decl.abstract) {
    const members = (run.model.substitutes.get(key(decl.ns, decl.name)) ?? []).map((it) => it.name)
    report(run, 'cvc-elt.2', element, {
      expected: `one of ${members.join(', ')}`,
      found: element.name,
      message: `${element.name} only stands for others.`,
      mend: `Write one of ${members.join(', ')} instead.`,
    })
  }
  const here = element.declared === null ? run : { ...run, scope: scopeIn(element, run.scope) }
  const type = typeOf(here, element, decl)
  if (diagnoseNil(here, element, decl)) diagnoseNilled(here, element, type)
  else diagnoseType(here, element, type, decl)
}

/** Without content, whatever the type asks for. */
function diagnoseNilled(run: Diagnosis, element: Element, type: Type): void {
  if (type.kind === 'simple') return noAttributes(run, element)
  if (type.abstract) reportAbstract(run, element, type)
  diagnoseAttributes(run, element, type)
}

function typeOf(run: Diagnosis, element: Element, decl: ElementDecl): Type {
  if (element.attributes.length === 0) return decl.type
  const named = attribute(element, 'type', XSI_NS)
  if (named === undefined) return decl.type
  const type = instanceTypeOf(element, run.model, run.scope)
  if (type === undefined)
    report(run, 'cvc-elt.4.2', element, {
      attribute: 'type',
      expected: 'a type that the schema has',
      found: named,
      message: `xsi:type names ${named}, which no schema has.`,
      mend: 'Take xsi:type out, or name a type derived from the declared one; mind its prefix.',
    })
  else if (!mayStandFor(type, decl)) {
    const declared = decl.type.name === '' ? `the type of ${decl.name}` : decl.type.name
    report(run, 'cvc-elt.4.3', element, {
      attribute: 'type',
      expected: `a type derived from ${declared}`,
      found: named,
      message: `${named} is not derived from ${declared}.`,
      mend: 'Take xsi:type out, or name a derived type.',
    })
  }
  return type ?? decl.type
}

function diagnoseType(run: Diagnosis, element: Element, type: Type, decl: ElementDecl): void {
  if (type.kind === 'simple') {
    diagnoseSimple(run, element, type, decl, 'cvc-type.3.1.2')
    noAttributes(run, element)
    return
  }
  if (type.abstract) reportAbstract(run, element, type)
  diagnoseAttributes(run, element, type)
  if (type.content.kind === 'simple')
    diagnoseSimple(run, element, type.content.type, decl, 'cvc-complex-type.2.2')
  else diagnoseComplex(run, element, type)
}

function reportAbstract(run: Diagnosis, element: Element, type: ComplexType): void {
  report(run, 'cvc-type.2', element, {
    expected: `xsi:type with a type derived from ${type.name}`,
    found: type.name,
    message: `The type ${type.name} is abstract.`,
    mend: 'Say with xsi:type which derived type it is.',
  })
}

function noAttributes(run: Diagnosis, element: Element): void {
  for (const it of element.attributes)
    if (!isInstanceAttribute(it)) unknownAttribute(run, element, it.name, [], 'cvc-type.3.1.1')
}

function diagnoseComplex(run: Diagnosis, element: Element, type: ComplexType): void {
  if (!type.mixed && element.children.length === 0 && element.text.trim() !== '')
    textInBetween(run, element)
  if (!type.mixed && element.mixed !== null) textInBetween(run, element)
  if (type.content.kind === 'empty') diagnoseEmpty(run, element, type)
  else if (type.content.kind === 'particle')
    diagnoseContent(run, element, type, (child, decl, inside = run) =>
      diagnoseElement(inside, child, decl),
    )
}

function diagnoseEmpty(run: Diagnosis, element: Element, type: ComplexType): void {
  const expected = `no content in ${element.name}`
  const message = `${element.name} has no content.`
  for (const it of element.children)
    report(run, 'cvc-complex-type.2.1', it, {
      expected,
      found: `<${it.name}>`,
      message,
      mend: `Take ${it.name} out.`,
    })
  // White space counts as content here, and nowhere else.
  if (!type.mixed && element.children.length === 0 && /^[ \t\r\n]+$/.test(element.text))
    report(run, 'cvc-complex-type.2.1', element, {
      expected,
      found: 'white space',
      message,
      mend: `Write <${element.name}/>.`,
    })
}

function textInBetween(run: Diagnosis, element: Element): void {
  const text = element.text.trim()
  report(run, 'cvc-complex-type.2.3', element, {
    expected: 'child elements only',
    found: text,
    message: `"${text}" stands between the children of ${element.name}.`,
    mend: 'Take the text out, or put it into an element.',
  })
}
