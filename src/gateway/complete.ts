// Objects in the form that their schema gives them: members in the order of the schema, or why there is no such form.
// An object that we could not send to anybody is not kept, and a merged one has not been validated by anybody yet.

import { member } from '../schema/json-text.ts'
import type { JsonObject } from '../schema/json-text.ts'
import { messageFromJson } from '../schema/message-xml.ts'
import type { SchemaSet } from '../schema/schemas.ts'
import { BESIDE, objectsIn, rootsOf, withoutOwn } from './content.ts'
import type { ContentOf } from './content.ts'
import { OWN_ID } from './identity.ts'
import type { Validate } from './ports.ts'
import type { Complete, Completed } from './settle.ts'

/** What completing needs from outside. */
export interface CompleteParts {
  readonly schemas: SchemaSet
  readonly validate: Validate
  readonly contentOf: ContentOf
}

const HOW = { only: ['payload-xsd'], json: true, own: true } as const

/** Judges one object at a time, as the only one of its noun's payload. */
export function completeOne({ schemas, validate, contentOf }: CompleteParts): Complete {
  return (noun, object) => {
    const content = contentOf(noun)
    if (content === undefined) return { incomplete: 'its noun is not known' }
    const [root = {}] = rootsOf([object], content)
    const { xml, issues } = messageFromJson({ [noun]: root }, schemas)
    if (issues[0] !== undefined) return { incomplete: issues[0].message }
    const judged = validate.judgeInline(new TextEncoder().encode(xml), HOW)
    const [found] = objectsIn(member(judged.json, noun), content)
    const wrong = judged.findings.find((it) => it.severity === 'error')
    if (wrong !== undefined || found === undefined)
      return { incomplete: wrong?.message ?? 'it has no place in the schema' }
    return { object: completed(object, found) }
  }
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
  if (tasks < MANY) return decide(completeOne(parts))
  const asked: [string, JsonObject][] = []
  decide((noun, object) => {
    asked.push([noun, object])
    return { object }
  })
  const together = await completeAll(asked, parts)
  return decide(together === undefined ? completeOne(parts) : inTurn(together))
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
