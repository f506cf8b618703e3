// What xsi:nil says of one element, and whether it may say so (XML Schema Part 1 §3.3.4, 3).

import { attribute } from '../../envelope/element.ts'
import type { Element } from '../../envelope/element.ts'
import { BUILTINS, XSI_NS } from '../builtins.ts'
import { faultOf } from '../lexical.ts'
import type { Fault } from '../lexical.ts'
import type { ElementDecl, SimpleType } from '../model.ts'
import { report } from '../report.ts'
import type { Diagnosis } from '../report.ts'

const BOOLEAN = BUILTINS.get('boolean') as SimpleType

/** Reports what is wrong with xsi:nil; true where the element is to be looked at without its content. */
export function diagnoseNil(run: Diagnosis, element: Element, decl: ElementDecl): boolean {
  const written = element.attributes.length === 0 ? undefined : attribute(element, 'nil', XSI_NS)
  if (written === undefined) return false
  const fault = faultOf(BOOLEAN, written)
  if (fault !== undefined) {
    reportNoBoolean(run, element, fault, written)
    // Whoever writes no content may well have meant true.
    return isEmpty(element)
  }
  const isNil = ['true', '1'].includes(written.trim())
  if (!decl.nillable) reportNotNillable(run, element, written)
  else if (isNil && decl.fixed !== undefined) reportFixed(run, element, decl.fixed)
  else if (isNil && !isEmpty(element)) reportContent(run, element)
  return isNil
}

function isEmpty({ children, text }: Element): boolean {
  return children.length === 0 && text === ''
}

function reportNoBoolean(
  run: Diagnosis,
  element: Element,
  { expected }: Fault,
  written: string,
): void {
  report(run, 'cvc-datatype-valid.1.2.1', element, {
    attribute: 'nil',
    expected,
    found: written === '' ? 'nothing' : written,
    message: written === '' ? 'xsi:nil is empty.' : `xsi:nil may not be "${written}".`,
    mend: isEmpty(element) ? 'Write xsi:nil="true", or a value.' : 'Take xsi:nil out.',
  })
}

/** Not even xsi:nil="false" may stand there. */
function reportNotNillable(run: Diagnosis, element: Element, written: string): void {
  report(run, 'cvc-elt.3.1', element, {
    attribute: 'nil',
    expected: 'no xsi:nil',
    found: `xsi:nil="${written}"`,
    message: `${element.name} is not nillable.`,
    mend: isEmpty(element)
      ? `Leave ${element.name} out where there is no value.`
      : 'Take xsi:nil out.',
  })
}

function reportFixed(run: Diagnosis, element: Element, fixed: string): void {
  report(run, 'cvc-elt.3.2.2', element, {
    attribute: 'nil',
    expected: fixed,
    found: 'xsi:nil="true"',
    message: `${element.name} has a fixed value, and so is never nil.`,
    mend: `Take xsi:nil out, or leave ${element.name} out.`,
  })
}

function reportContent(run: Diagnosis, element: Element): void {
  report(run, 'cvc-elt.3.2.1', element, {
    expected: 'no content',
    found: element.text || element.children[0]?.name || '',
    message: `${element.name} is nil and yet has content.`,
    mend: 'Take out xsi:nil or the content.',
  })
}
