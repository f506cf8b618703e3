// What a party has answered to a question, as the report of it: where the answer is news, such as whether a device can be
// reached. What is asked of objects that are known is no news.

import type { Flow } from '../../flows/flow.ts'
import { flowFor } from '../../flows/index.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import type { ContentOf } from '../content.ts'
import { entriesOf, nounIn, verbOf } from '../tasks.ts'

/** The event that says what was answered; undefined where nothing of it is to be kept. @param reply as CIM-JSON */
export function answeredBy(
  request: JsonObject,
  reply: JsonObject,
  { contentOf, isLate }: { readonly contentOf: ContentOf; readonly isLate: boolean },
): JsonObject | undefined {
  const noun = nounIn(request) ?? ''
  const flow: Flow | undefined = verbOf(request) === 'get' ? flowFor(noun, 'get') : undefined
  const content = contentOf(noun)
  if (flow?.keepsAnswers === undefined || content === undefined) return undefined
  const late = isLate ? flow.keepsAnswers : (it: JsonObject) => it
  const objects = entriesOf(member(reply, 'payload')).flatMap(([name, root]) =>
    name === noun ? objectsIn(root, content).map(late) : [],
  )
  if (objects.length === 0) return undefined
  const header = member(request, 'header')
  return {
    message: 'EventMessage',
    header: { ...(isObject(header) ? header : {}), Verb: 'created' },
    payload: payloadOf([[noun, rootsOf(objects, content)]]),
  }
}
