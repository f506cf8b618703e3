// An object in the form that its schema gives it: members in the order of the schema, or why it has no such form.

import { isObject, member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import type { Validate } from './ports.ts'
import type { Completed } from './settle.ts'
import type { ElementOf } from './tasks.ts'

/** What completing needs from outside. */
export interface CompleteParts {
  readonly schemas: SchemaSet
  readonly validate: Validate
}

/**
 * A function that judges one object as the only one of its noun's payload, under the constrained schema: an
 * object that we could not send to anybody is not kept.
 */
export function completedBy(
  { schemas, validate }: CompleteParts,
  elementOf: ElementOf,
): (noun: string, object: JsonObject) => Completed {
  return (noun, object) => {
    const name = elementOf(noun) ?? ''
    const { xml, issues } = messageFromJson({ [noun]: { [name]: [object] } }, schemas)
    if (issues[0] !== undefined) return { incomplete: issues[0].message }
    const bytes = new TextEncoder().encode(xml)
    const own = validate.judgeInline(bytes, { only: ['payload-xsd'], json: true })
    const list = member(member(own.json, noun), name)
    const found = Array.isArray(list) ? list[0] : undefined
    const wrong = own.findings.find((it) => it.severity === 'error')
    if (wrong !== undefined || !isObject(found))
      return { incomplete: wrong?.message ?? 'it has no place in the schema' }
    return { object: found }
  }
}
