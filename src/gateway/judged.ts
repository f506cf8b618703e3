// A received document as it is judged: by what is agreed with its sender, and told in the sender's own terms.

import type { StoredObject, Validate, Validated } from './ports.ts'
import type { Received } from './received.ts'

/** Judges it, with its content. */
export async function judgedBy(
  validate: Validate,
  { bytes, sender, unseen, isOurs }: Received,
): Promise<Validated> {
  const { tolerate, aliases } = sender
  const validated = await validate.judge(bytes, {
    json: true,
    ...(isOurs === true ? { here: true } : {}),
    ...(unseen !== undefined ? { own: true } : {}),
    ...(tolerate === undefined ? {} : { tolerate }),
    ...(aliases === undefined ? {} : { aliases }),
  })
  if (unseen === undefined) return validated
  const findings = validated.findings.map((it) => ({ ...it, line: 0, column: 0 }))
  return { ...validated, findings }
}

/** An object that is gone is no longer the one that was expected, but that is for the decision to say. */
export function isLate({ expect }: Received, stored: readonly StoredObject[]): boolean {
  if (expect === undefined) return false
  const object = stored.find((it) => it.noun === expect.noun && it.id === expect.id)
  return object !== undefined && !expect.revisions.includes(String(object.revision))
}
