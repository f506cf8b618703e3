// The revisions of an agreement: each change of its terms is one more (SM-AG), so that of two versions of it everybody can tell
// which is the later one.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Breach } from './flow.ts'

/** A sender may set the revision, but not back; where the kept one is no whole number nobody can tell what that would be. */
export function loweredRevision(
  before: JsonObject | undefined,
  after: JsonObject,
): readonly Breach[] {
  const [was, is] = [before, after].map((it) => member(it, 'revisionNumber'))
  const [old, now] = [countOf(was), countOf(is)]
  if (old === undefined || was === is || (now !== undefined && now >= old)) return []
  const reason = `revisionNumber ${String(is)} is not a whole number from ${String(was)} on, which is the revision that is kept.`
  return [{ rule: 'CA-REVISION', code: '6.1', reason }]
}

/** xs:string in the schema: what is written as an integer counts. */
function countOf(revision: Json | undefined): bigint | undefined {
  const text = typeof revision === 'string' ? revision.trim() : ''
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : undefined
}
