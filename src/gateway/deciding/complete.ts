// Objects in the form that their schema gives them: members in the order of the schema, or why there is no such form.
// An object that we could not send to anybody is not kept, and a merged one has not been validated by anybody yet.

import type { Finding } from '../../envelope/finding.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { BESIDE, objectsIn, rootsOf, withoutOwn } from '../content.ts'
import type { ContentOf, NounContent } from '../content.ts'
import { OWN_ID } from '../identity.ts'
import type { Validate, Validated } from '../ports.ts'
import { findingOfIssue } from '../problem.ts'
import type { Complete, Completed, Incomplete } from './settle.ts'

/** What completing needs from outside. */
export interface CompleteParts {
  readonly schemas: SchemaSet
  readonly validate: Validate
  readonly contentOf: ContentOf
}

const HOW = { only: ['payload-xsd'], json: true, own: true } as const

/** An object as a document of its own, or why it cannot be one. */
type Written = { readonly bytes: Uint8Array; readonly content: NounContent } | Incomplete

function written(noun: string, object: JsonObject, { schemas, contentOf }: CompleteParts): Written {
  const content = contentOf(noun)
  if (content === undefined) return { findings: [NO_PLACE] }
  const [root = {}] = rootsOf([object], content)
  const { xml, issues } = messageFromJson({ [noun]: root }, schemas)
  if (issues.length > 0) return { findings: issues.map(findingOfIssue) }
  return { bytes: new TextEncoder().encode(xml), content }
}

function asJudged(judged: Validated, object: JsonObject, content: NounContent): Completed {
  const [found] = objectsIn(member(judged.json, content.noun), content)
  const findings = judged.findings.filter((it) => it.severity === 'error')
  if (findings.length > 0) return { findings }
  return found === undefined ? { findings: [NO_PLACE] } : { object: completed(object, found) }
}

/** The schemas in use have changed since the object was kept. */
const NO_PLACE: Finding = findingOfIssue({
  rule: 'JSON-KEY',
  path: '',
  expected: 'an object of a noun in the catalogue',
  found: '',
  message: 'It has no place in the schema.',
  mend: 'Give the schema that it was made for.',
})

/** Judged at once, as the only one of its noun's payload; undefined where an imported schema has to judge. */
function completeHere(
  noun: string,
  object: JsonObject,
  parts: CompleteParts,
): Completed | undefined {
  const it = written(noun, object, parts)
  if ('findings' in it) return it
  const judged = parts.validate.judgeShipped(it.bytes, HOW)
  return judged === undefined ? undefined : asJudged(judged, object, it.content)
}

/** The same wherever it can be judged. */
async function completeAnywhere(
  noun: string,
  object: JsonObject,
  parts: CompleteParts,
): Promise<Completed> {
  const it = written(noun, object, parts)
  if ('findings' in it) return it
  return asJudged(await parts.validate.judge(it.bytes, HOW), object, it.content)
}

/** from so many tasks on it is quicker to decide twice and to judge all objects as one document */
const MANY = 20

/**
 * Makes a decision that needs objects completed. Of many tasks the objects are collected by a decision that
 * trusts them, judged together, and only where one of them is wrong judged one by one.
 */
export async function decidedWith<D>(
  tasks: number,
  decide: (complete: Complete) => D,
  parts: CompleteParts,
): Promise<D> {
  if (tasks < MANY) return oneByOne(decide, parts)
  const asked: [string, JsonObject][] = []
  const trusting = decide((noun, object) => {
    asked.push([noun, object])
    return { object }
  })
  if (asked.length === 0) return trusting
  const together = await completeAll(asked, parts)
  return together === undefined ? oneByOne(decide, parts) : decide(inTurn(together))
}

/**
 * What imported schemas judge is collected by a decision that trusts it and judged outside; then it is decided again
 * with the answers. An object that is not complete changes what is asked after it, so the answers end there.
 */
async function oneByOne<D>(decide: (complete: Complete) => D, parts: CompleteParts): Promise<D> {
  const known: Completed[] = []
  for (;;) {
    const open: [string, JsonObject][] = []
    let turn = 0
    const decision = decide((noun, object) => {
      const at = turn++
      const it = known[at] ?? (open.length === 0 ? completeHere(noun, object, parts) : undefined)
      if (it === undefined) open.push([noun, object])
      else known[at] = it
      return it ?? { object }
    })
    if (open.length === 0) return decision
    for (const [noun, object] of open) {
      const answer = await completeAnywhere(noun, object, parts)
      known.push(answer)
      if ('findings' in answer) break
    }
  }
}

/** The second decision asks for the same objects in the same order. */
function inTurn(objects: readonly JsonObject[]): Complete {
  let at = 0
  return (_noun, object): Completed => ({ object: objects[at++] ?? object })
}

/** Undefined when one of them is not valid. */
async function completeAll(
  asked: readonly (readonly [string, JsonObject])[],
  parts: CompleteParts,
): Promise<readonly JsonObject[] | undefined> {
  const nouns = [...new Set(asked.map(([noun]) => noun))]
  const turns = new Map<string, JsonObject[]>()
  for (const noun of nouns) {
    const objects = asked.filter(([it]) => it === noun).map(([, object]) => object)
    const completed = await completeNoun(noun, objects, parts)
    if (completed.length !== objects.length) return undefined
    turns.set(noun, [...completed].reverse())
  }
  return asked.map(([noun, object]) => turns.get(noun)?.pop() ?? object)
}

async function completeNoun(
  noun: string,
  objects: readonly JsonObject[],
  { schemas, validate, contentOf }: CompleteParts,
): Promise<readonly JsonObject[]> {
  const content = contentOf(noun)
  const roots = content === undefined ? [] : rootsOf(objects, content)
  // What stands in several roots is judged one by one.
  if (content === undefined || roots[0] === undefined || roots.length > 1) return []
  const { xml, issues } = messageFromJson({ [noun]: roots[0] }, schemas)
  if (issues.length > 0) return []
  const judged = await validate.judge(new TextEncoder().encode(xml), HOW)
  if (judged.verdict !== 'valid') return []
  const found = objectsIn(member(judged.json, noun), content)
  return found.map((it, at) => completed(objects[at] ?? it, it))
}

/** What no schema knows stays as it was. */
function completed(asked: JsonObject, found: JsonObject): JsonObject {
  const own = Object.entries(asked).filter(([name]) => name === OWN_ID || name === BESIDE)
  return { ...withoutOwn(found), ...Object.fromEntries(own) }
}
