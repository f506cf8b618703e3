// Which cases of the register strongly typed services can be asked, where each has an address of its own: those of which each
// message has a typed form. At such an address a generic one would be refused for being generic, whatever is wrong in it.

import { readXml } from '../xml.ts'
import { typedForm } from '../transport/typed.ts'
import type { NamespaceOf } from '../transport/typed.ts'
import { formFitted } from './form-fit.ts'
import type { ToSend, Writing } from './form-fit.ts'
import type { Plan } from './plan.ts'

/** The plan as far as typed services have its messages. */
export function typedFitted(plan: Plan, namespaceOf: NamespaceOf, writing: Writing): Plan {
  const lacks = (it: ToSend) => lacking(it, namespaceOf)
  return formFitted(plan, { where: 'at the address of a typed service', lacks }, writing)
}

/** What is no XML, or no message at all, is that under every root. */
function lacking({ bytes }: ToSend, namespaceOf: NamespaceOf): string | undefined {
  const form = typedForm(Buffer.from(bytes).toString('latin1'), namespaceOf)
  if (form === undefined || !('none' in form)) return undefined
  return readXml(bytes) === undefined ? undefined : form.none
}
