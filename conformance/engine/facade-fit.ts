// Which cases of the register a JSON façade can be asked at all: those of which each message has a form there.

import { find } from '../find.ts'
import { facadeAsk } from '../mapping/facade-request.ts'
import type { NounFacts } from '../mapping/facade-request.ts'
import type { Step } from '../shapes.ts'
import { readXml } from '../xml.ts'
import { formFitted } from './form-fit.ts'
import type { ToSend, Writing } from './form-fit.ts'
import type { Plan } from './plan.ts'

/** The plan as far as the façade has its messages. */
export function facadeFitted(plan: Plan, nouns: NounFacts, writing: Writing): Plan {
  const lacks = (it: ToSend) => lacking(it, nouns)
  return formFitted(plan, { where: 'in a JSON façade', lacks }, writing)
}

function lacking({ step, bytes, unedited }: ToSend, nouns: NounFacts): string | undefined {
  if (headerOf(bytes) !== headerOf(unedited()))
    return 'what is wrong in it is the Header, which the façade makes by itself'
  if (isTakenWithCode(step)) return 'what is taken has no reply code in JSON'
  const form = facadeAsk(bytes, nouns)
  return 'none' in form ? form.none : undefined
}

/** `OK` under a code that says what is still to come: the answer is the object, and has no place for it. */
function isTakenWithCode({ expect = [] }: Step): boolean {
  const isTaken = expect.some((it) => it.result?.includes('OK') === true)
  return isTaken && expect.some((it) => it.code?.every((code) => !code.startsWith('0')) === true)
}

function headerOf(message: Uint8Array): string {
  return JSON.stringify(
    find(readXml(message), 'Header/*').map(({ name, text, attributes }) => [
      name,
      text,
      attributes,
    ]),
  )
}
