// One subject under its schema: the engine decides, our diagnosis explains, and looks at what the engine overlooks, and
// at what it refuses without a reason.

import type { Draft } from '../../envelope/finding.ts'
import { diagnose } from '../../schema/diagnose/diagnose.ts'
import { key } from '../../schema/model.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { complaintsToDrafts } from './complaints.ts'
import { validate } from './engine.ts'
import { failureDraft, schemaDraft } from './failure.ts'
import { mayBeLenient, overlooked } from './lenient.ts'
import type { Opened } from './open.ts'
import { withoutOverstrict } from './overstrict.ts'
import { layered, namespacesIn } from './subjects.ts'
import type { Subject } from './subjects.ts'
import { addressOf } from './tree.ts'
import type { Validators } from './validators.ts'

/** The findings of one subject; none when the engine finds it valid, one of rule ENGINE when it cannot decide. */
export function validateSubject(
  subject: Subject,
  opened: Opened,
  schemas: SchemaSet,
  validators: Validators,
): readonly Draft[] {
  const { element, file, layer } = subject
  const schema = validators.of(file)
  if ('failure' in schema) return [schemaDraft(layer, element.index, schema.failure)]
  const errors = validate(opened.parsed, schema, addressOf(element))
  if ('failure' in errors) return [failureDraft(layer, element.index, errors.failure)]
  const isValid = errors.length === 0
  if (isValid && !mayBeLenient(file, schemas, opened.text)) return []
  const model = schemas.modelOf(file)
  const decl = model.elements.get(key(element.ns, element.name))
  const ours =
    decl === undefined
      ? []
      : diagnose(element, decl, model, layer, { namespaceOf: namespacesIn(schemas) })
  const drafts = isValid
    ? overlooked(ours)
    : complaintsToDrafts(withoutOverstrict(errors, ours, opened), ours, element, opened, layer)
  return layered(drafts, subject)
}
