// Texts and attributes of one element against their types.

import { attribute } from '../../envelope/element.ts'
import type { Attribute, Element } from '../../envelope/element.ts'
import { normalize, XSI_NS } from '../builtins.ts'
import { sameValue } from '../facets.ts'
import { faultOf } from '../lexical.ts'
import type { Fault } from '../lexical.ts'
import { admits, key } from '../model.ts'
import type { AttributeUse, ComplexType, ElementDecl, SimpleType } from '../model.ts'
import { nearest } from '../nearest.ts'
import { report } from '../report.ts'
import type { Diagnosis } from '../report.ts'
import { namespaceOf } from '../scope.ts'
import { shapeOf } from '../shape.ts'
import type { XsdRule } from '../xsd-rules.ts'

/**
 * The text of an element.
 * @param childRule what is broken where it holds elements instead
 */
export function diagnoseSimple(
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
  const fault = faultIn(run, type, text)
  if (fault !== undefined) reportFault(run, element, fault, text, type)
  // The recommendation compares values; the XSD engine compares the texts of elements, so both have to agree.
  else if (decl.fixed !== undefined && normalize(type, text) !== normalize(type, decl.fixed))
    reportValue(run, element, 'cvc-elt.5.2.2', decl.fixed, text, type)
}

/** What is wrong with a text at this place of the document. */
function faultIn({ scope }: Diagnosis, type: SimpleType, text: string): Fault | undefined {
  return faultOf(type, text, (prefix) => namespaceOf(prefix, scope))
}

/** Reports a text that is no value of its type. */
function reportFault(
  run: Diagnosis,
  element: Element,
  fault: Fault,
  text: string,
  type: SimpleType,
  attributeName?: string,
): void {
  const { rule, expected, prefix } = fault
  if (prefix === undefined)
    return reportValue(run, element, rule as XsdRule, expected, text, type, attributeName)
  const where = attributeName === undefined ? element.name : `the attribute ${attributeName}`
  report(run, rule as XsdRule, element, {
    ...(attributeName === undefined ? {} : { attribute: attributeName }),
    expected,
    found: text,
    message: `The prefix ${prefix} in the value "${text}" of ${where} is not declared.`,
    mend: `Declare xmlns:${prefix}="…" on ${element.name} or around it.`,
  })
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
    mend: near === undefined ? `Write ${expected}.` : mendNear(near, text),
  })
}

function mendNear(near: string, text: string): string {
  return near.toLowerCase() === text.trim().toLowerCase()
    ? `Write ${near}: values are case-sensitive.`
    : `Did you mean ${near}?`
}

/** The attributes of an element, those that are missing included. */
export function diagnoseAttributes(run: Diagnosis, element: Element, type: ComplexType): void {
  if (element.attributes.length === 0 && type.attributes.length === 0) return
  const { attributesByName } = shapeOf(type, run.model)
  const names = type.attributes.map((it) => it.name)
  for (const it of element.attributes.filter((one) => !isInstanceAttribute(one))) {
    const use = attributesByName.get(key(it.ns, it.name))?.use ?? wildUse(run, type, it)
    if (use === undefined) unknownAttribute(run, element, it.name, names, 'cvc-complex-type.3.2.2')
    else if (use !== ANYTHING) diagnoseAttribute(run, element, use, it.value)
  }
  for (const use of type.attributes)
    if (use.required && attribute(element, use.name, use.ns) === undefined)
      report(run, 'cvc-complex-type.4', element, {
        attribute: use.name,
        expected: `the attribute ${use.name}`,
        found: 'nothing',
        message: `${element.name} lacks the attribute ${use.name}.`,
        mend: `Add ${use.name}="…".`,
      })
}

/** True for the four that stand on any element (Part 1 §2.6); another one of their namespace is like any other. */
export function isInstanceAttribute({ ns, name }: Attribute): boolean {
  return ns === XSI_NS && INSTANCE.includes(name)
}

const INSTANCE: readonly string[] = ['type', 'nil', 'schemaLocation', 'noNamespaceSchemaLocation']

/** stands for an attribute that may be whatever it is */
const ANYTHING = 'anything'

/** What a wildcard says of an attribute; undefined when it does not admit it. */
function wildUse(
  run: Diagnosis,
  { anyAttribute }: ComplexType,
  it: Attribute,
): AttributeUse | typeof ANYTHING | undefined {
  if (anyAttribute === undefined || !admits(anyAttribute, it.ns)) return undefined
  if (anyAttribute.process === 'skip') return ANYTHING
  const known = run.model.attributes.get(key(it.ns, it.name))
  return known ?? (anyAttribute.process === 'lax' ? ANYTHING : undefined)
}

function diagnoseAttribute(
  run: Diagnosis,
  element: Element,
  use: AttributeUse,
  value: string,
): void {
  const fault = faultIn(run, use.type, value)
  if (fault !== undefined) reportFault(run, element, fault, value, use.type, use.name)
  else if (use.fixed !== undefined && !sameValue(use.type, value, use.fixed))
    reportValue(run, element, 'cvc-attribute.4', use.fixed, value, use.type, use.name)
}

/** An attribute that has no place there. */
export function unknownAttribute(
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
