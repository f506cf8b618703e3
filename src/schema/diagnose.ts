// Everything that is wrong with an element tree, not the first thing only: a walk of tree and model together.
// The XSD engine decides whether a document is valid; this says where, why and how to mend it.

import { attribute } from '../envelope/element.ts'
import type { Element } from '../envelope/element.ts'
import type { Draft, Layer } from '../envelope/finding.ts'
import { ANY_TYPE, XSD_NS, XSI_NS, normalize } from './builtins.ts'
import { diagnoseContent } from './diagnose-content.ts'
import { faultOf } from './lexical.ts'
import { admits, key } from './model.ts'
import type { AttributeUse, ComplexType, ElementDecl, Model, SimpleType, Type } from './model.ts'
import { nearest } from './nearest.ts'
import { shapeOf } from './shape.ts'
import { actualType } from './to-json.ts'
import { clauseOf } from './xsd-rules.ts'
import type { XsdRule } from './xsd-rules.ts'

/** One run of the diagnosis. */
export interface Diagnosis {
  readonly model: Model
  readonly layer: Layer
  readonly drafts: Draft[]
}

/**
 * All findings of an element and everything in it, in document order.
 * @param layer envelope-xsd or payload-xsd
 */
export function diagnose(
  element: Element,
  decl: ElementDecl,
  model: Model,
  layer: Layer,
): readonly Draft[] {
  const run: Diagnosis = { model, layer, drafts: [] }
  diagnoseElement(run, element, decl)
  return run.drafts.sort((a, b) => a.at - b.at)
}

/** An element that is there under this declaration. */
export function diagnoseElement(run: Diagnosis, element: Element, decl: ElementDecl): void {
  if (decl.abstract) {
    const members = (run.model.substitutes.get(key(decl.ns, decl.name)) ?? []).map((it) => it.name)
    report(run, 'cvc-elt.2', element, {
      expected: `one of ${members.join(', ')}`,
      found: element.name,
      message: `${element.name} only stands for others.`,
      mend: `Write one of ${members.join(', ')} instead.`,
    })
  }
  const type = typeOf(run, element, decl)
  if (isNil(element)) diagnoseNil(run, element, decl, type)
  else diagnoseType(run, element, type, decl)
}

function isNil(element: Element): boolean {
  return ['true', '1'].includes(attribute(element, 'nil', XSI_NS)?.trim() ?? '')
}

function diagnoseNil(run: Diagnosis, element: Element, decl: ElementDecl, type: Type): void {
  if (!decl.nillable)
    report(run, 'cvc-elt.3.1', element, {
      attribute: 'nil',
      expected: 'no xsi:nil',
      found: 'xsi:nil="true"',
      message: `${element.name} is not nillable.`,
      mend: `Leave ${element.name} out where there is no value.`,
    })
  else if (element.children.length > 0 || element.text !== '')
    report(run, 'cvc-elt.3.2.1', element, {
      expected: 'no content',
      found: element.text || element.children[0]?.name || '',
      message: `${element.name} is nil and yet has content.`,
      mend: 'Take out xsi:nil or the content.',
    })
  if (type.kind === 'complex') diagnoseAttributes(run, element, type)
}

function typeOf(run: Diagnosis, element: Element, decl: ElementDecl): Type {
  const named = attribute(element, 'type', XSI_NS)
  if (named === undefined) return decl.type
  const type = actualType(element, decl.type, run.model)
  const local = named.slice(named.indexOf(':') + 1).trim()
  if (type.name !== local)
    report(run, 'cvc-elt.4.2', element, {
      attribute: 'type',
      expected: 'a type that the schema has',
      found: named,
      message: `xsi:type names ${named}, which no schema has.`,
      mend: 'Take xsi:type out, or name a type derived from the declared one.',
    })
  else if (!derives(type, decl.type))
    report(run, 'cvc-elt.4.3', element, {
      attribute: 'type',
      expected: `a type derived from ${decl.type.name}`,
      found: named,
      message: `${named} is not derived from ${decl.type.name}.`,
      mend: 'Take xsi:type out, or name a derived type.',
    })
  return type
}

function derives(type: Type, from: Type): boolean {
  if (from === ANY_TYPE) return true
  for (let it: Type | undefined = type; it !== undefined; it = it.base)
    if (it === from || (it.name !== '' && it.name === from.name && it.ns === from.ns)) return true
  return false
}

function diagnoseType(run: Diagnosis, element: Element, type: Type, decl: ElementDecl): void {
  if (type.kind === 'simple') {
    diagnoseSimple(run, element, type, decl, 'cvc-type.3.1.2')
    for (const it of element.attributes)
      if (it.ns !== XSI_NS) unknownAttribute(run, element, it.name, [], 'cvc-type.3.1.1')
    return
  }
  if (type.abstract)
    report(run, 'cvc-type.2', element, {
      expected: `xsi:type with a type derived from ${type.name}`,
      found: type.name,
      message: `The type ${type.name} is abstract.`,
      mend: 'Say with xsi:type which derived type it is.',
    })
  diagnoseAttributes(run, element, type)
  if (type.content.kind === 'simple')
    diagnoseSimple(run, element, type.content.type, decl, 'cvc-complex-type.2.2')
  else diagnoseComplex(run, element, type)
}

function diagnoseSimple(
  run: Diagnosis,
  element: Element,
  type: SimpleType,
  decl: ElementDecl,
  childRule: XsdRule,
): void {
  const child = element.children[0]
  if (child !== undefined) {
    report(run, childRule, child, {
      expected: `text in ${element.name}`,
      found: `<${child.name}>`,
      message: `${element.name} holds text, not elements.`,
      mend: `Write the value straight into ${element.name}.`,
    })
    return
  }
  // An empty element takes its default or fixed value (cvc-elt.5.1).
  const text = element.text === '' ? (decl.fixed ?? decl.default ?? '') : element.text
  const fault = faultOf(type, text)
  if (fault !== undefined)
    reportValue(run, element, fault.rule as XsdRule, fault.expected, text, type)
  else if (decl.fixed !== undefined && normalize(type, text) !== normalize(type, decl.fixed))
    reportValue(run, element, 'cvc-elt.5.2.2', decl.fixed, text, type)
}

function reportValue(
  run: Diagnosis,
  element: Element,
  rule: XsdRule,
  expected: string,
  text: string,
  type: SimpleType,
  attributeName?: string,
): void {
  const what = attributeName === undefined ? element.name : `The attribute ${attributeName}`
  const near =
    type.facets.enumeration === undefined
      ? undefined
      : nearest(text.trim(), type.facets.enumeration)
  report(run, rule, element, {
    ...(attributeName === undefined ? {} : { attribute: attributeName }),
    expected,
    found: text === '' ? 'nothing' : text,
    message: text === '' ? `${what} is empty.` : `${what} may not be "${text}".`,
    mend: near === undefined ? `Write ${expected}.` : `Write ${near}: values are case-sensitive.`,
  })
}

function diagnoseAttributes(run: Diagnosis, element: Element, type: ComplexType): void {
  const uses = shapeOf(type, run.model).attributes
  for (const it of element.attributes.filter((one) => one.ns !== XSI_NS)) {
    const use = [...uses.values()].find((one) => one.name === it.name && one.ns === it.ns)
    const wild =
      use === undefined && type.anyAttribute !== undefined && admits(type.anyAttribute, it.ns)
    const known =
      wild && type.anyAttribute?.process !== 'skip'
        ? run.model.attributes.get(key(it.ns, it.name))
        : use
    if (known !== undefined) diagnoseAttribute(run, element, known, it.value)
    else if (!wild || type.anyAttribute?.process === 'strict')
      unknownAttribute(
        run,
        element,
        it.name,
        [...uses.values()].map((one) => one.name),
        'cvc-complex-type.3.2.2',
      )
  }
  for (const use of uses.values()) {
    if (!use.required || attribute(element, use.name, use.ns) !== undefined) continue
    report(run, 'cvc-complex-type.4', element, {
      attribute: use.name,
      expected: `the attribute ${use.name}`,
      found: 'nothing',
      message: `${element.name} lacks the attribute ${use.name}.`,
      mend: `Add ${use.name}="…".`,
    })
  }
}

function diagnoseAttribute(
  run: Diagnosis,
  element: Element,
  use: AttributeUse,
  value: string,
): void {
  const fault = faultOf(use.type, value)
  if (fault !== undefined)
    reportValue(run, element, fault.rule as XsdRule, fault.expected, value, use.type, use.name)
  else if (use.fixed !== undefined && normalize(use.type, value) !== normalize(use.type, use.fixed))
    reportValue(run, element, 'cvc-attribute.4', use.fixed, value, use.type, use.name)
}

function unknownAttribute(
  run: Diagnosis,
  element: Element,
  name: string,
  known: readonly string[],
  rule: XsdRule,
): void {
  const near = nearest(name, known)
  report(run, rule, element, {
    attribute: name,
    expected: known.length === 0 ? 'no attribute' : `one of ${known.join(', ')}`,
    found: name,
    message: `${element.name} has no attribute ${name}.`,
    mend: near === undefined ? `Take ${name} out.` : `Did you mean ${near}?`,
  })
}

function diagnoseComplex(run: Diagnosis, element: Element, type: ComplexType): void {
  if (!type.mixed && element.children.length === 0 && element.text.trim() !== '')
    textInBetween(run, element)
  if (!type.mixed && element.mixed !== null) textInBetween(run, element)
  if (type.content.kind === 'empty') {
    for (const it of element.children)
      report(run, 'cvc-complex-type.2.1', it, {
        expected: `no content in ${element.name}`,
        found: `<${it.name}>`,
        message: `${element.name} has no content.`,
        mend: `Take ${it.name} out.`,
      })
  } else if (type.content.kind === 'particle') {
    diagnoseContent(run, element, type, (child, decl) => diagnoseElement(run, child, decl))
  }
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

/** What a report needs beside rule and place. */
export interface Words {
  readonly expected: string
  readonly found: string
  readonly message: string
  readonly mend: string
  readonly attribute?: string
}

/** Longest piece of a message that is repeated in a finding, in characters. */
const MOST_SHOWN = 80

/** Notes one finding. */
export function report(run: Diagnosis, rule: XsdRule, element: Element, words: Words): void {
  const short = (text: string) =>
    text.length > MOST_SHOWN * 4 ? `${text.slice(0, MOST_SHOWN * 4)}…` : text
  const found =
    words.found.length > MOST_SHOWN ? `${words.found.slice(0, MOST_SHOWN)}…` : words.found
  run.drafts.push({
    layer: run.layer,
    rule,
    severity: 'error',
    clause: clauseOf(rule),
    at: element.index,
    ...words,
    found,
    expected: short(words.expected),
    message: short(words.message),
    mend: short(words.mend),
  })
}

/** True for the namespace of XML Schema itself, whose attributes no model lists. */
export function isSchemaNamespace(ns: string): boolean {
  return ns === XSI_NS || ns === XSD_NS
}
