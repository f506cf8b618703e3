// Questions to a party whose answers are news: each is an object of its own from the unit on in which it is asked, and is
// led on by what becomes of it. One question has one answer; what comes behind it is marked, and changes none.

import type { ReplyError } from '../../envelope/reply.ts'
import type { Asking, Ended } from '../../flows/asking.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { askingOf } from '../asking-of.ts'
import { objectsIn, payloadOf, rootsOf } from '../content.ts'
import type { ContentOf, NounContent } from '../content.ts'
import type { Decision } from '../deciding/decide.ts'
import type { Deciding } from '../deciding/deciding.ts'
import { idKey, identityOf, withId } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import { EVERYBODYS, NOBODY } from '../standing.ts'
import { nounIn, objectsFor, verbOf } from '../tasks.ts'
import type { Work } from '../tasks.ts'
import { heldOf } from '../world.ts'
import { failingOn } from './failing.ts'
import type { FailingParts, Judged } from './failing.ts'

/** What it needs from outside. */
export interface QuestionsParts extends FailingParts {
  readonly deciding: Pick<Deciding, 'workOf' | 'readAll' | 'decided'>
  readonly contentOf: ContentOf
}

/** What a message asks. */
export interface Asked {
  readonly asking: Asking
  readonly content: NounContent
  readonly questions: readonly JsonObject[]
}

/** Questions that have begun. */
export interface Begun {
  /** the request, each question with the mRID that it is asked under */
  readonly message: JsonObject
  readonly decision: Decision
  /** as they are kept */
  readonly payload: JsonObject
}

/** The leg on which they were asked. */
type Origin = Pick<Leg, 'id' | 'exchangeId'>

/** Over one store. */
export interface Questions {
  /** To be kept in the unit of the request. @param ended where nobody is to be asked */
  readonly begun: (
    asked: Asked,
    message: JsonObject,
    it: Origin & { readonly owner: string; readonly now: string; readonly ended?: Ended },
  ) => Promise<Begun>
  /** What has become of them. @param reply as CIM-JSON */
  readonly concluded: (
    origin: Origin,
    message: JsonObject,
    it: Concluding,
  ) => Promise<Concluded | undefined>
  /** They are with their party, or have ended. */
  readonly became: (
    origin: Origin,
    message: JsonObject,
    it: 'sent' | Ended,
  ) => Promise<Decision | undefined>
}

/** What has come back. */
export interface Concluding {
  /** as CIM-JSON */
  readonly reply: JsonObject
  readonly ended: EndedBy
  readonly isLate: boolean
  /** the party that has said so; absent where nobody has */
  readonly by?: string
}

/** Questions that are over. */
export interface Concluded extends Pick<Judged, 'stored' | 'note'> {
  readonly work: Work
}

/** How a question has ended that no object of the reply answers. @param keys by which an Error may name it */
export type EndedBy = (keys: readonly string[]) => Ended

/** What a message asks that is news when it is answered; undefined where it asks nothing of that kind. */
export function askedIn(message: JsonObject, contentOf: ContentOf): Asked | undefined {
  const noun = nounIn(message) ?? ''
  const [asking, content] = [askingOf(noun, verbOf(message)), contentOf(noun)]
  if (asking === undefined || content === undefined) return undefined
  const questions = objectsIn(member(member(message, 'request'), noun), content)
  return questions.length === 0 ? undefined : { asking, content, questions }
}

/** Questions and what is kept of them. */
export function questionsOn(parts: QuestionsParts): Questions {
  const { store, deciding, contentOf } = parts
  const judge = failingOn(parts)

  const begun: Questions['begun'] = async ({ asking, content, questions }, message, it) => {
    const taken = await keptUnder(content.noun, questions.flatMap(givenOf))
    const own = questions.map((question, at) => {
      const [given] = givenOf(question).filter((id) => !taken.has(idKey(id)))
      return withId(given ?? idAt(it.id, at), question)
    })
    const kept = own.map((one) => {
      const check = asking.begun(one, it.now)
      return it.ended === undefined ? check : asking.ended(check, it.ended)
    })
    const sent = questions.map((one, at) => (givenOf(one).length > 0 ? one : (own[at] ?? one)))
    const decision = await decided(eventOf('created', kept, content), it, it.owner)
    return {
      message: withQuestions(message, sent, content),
      decision,
      payload: payloadIn(kept, content),
    }
  }

  const concluded: Questions['concluded'] = async (origin, message, it) => {
    const { reply, ended, isLate, by } = it
    const asked = askedIn(message, contentOf)
    if (asked === undefined) return undefined
    const { asking, content, questions } = asked
    const answers = objectsFor(member(reply, 'payload'), content)
    const kept = await keptOf(origin, asked)
    const left = new Set(answers)
    const changed = questions.flatMap((question, at): readonly JsonObject[] => {
      const check = kept[at]
      if (check === undefined) return []
      const answer = answers.find((one) => isAnswer(asking, [question, check], one))
      if (answer !== undefined) left.delete(answer)
      if (answer !== undefined) return [asking.answered(check, answer, isLate)]
      return isLate ? [] : [asking.ended(check, ended(asking.keys(question)))]
    })
    if (changed.length + left.size === 0) return undefined
    const { noun } = content
    const judged =
      by === undefined ? unjudged(changed) : await judge(changed, asking, { noun, party: by })
    const event = eventOf('changed', [...judged.objects, ...left], content)
    const work = deciding.workOf(event)
    return { ...judged, work: { ...work, tasks: [...work.tasks, ...judged.others] } }
  }

  const became: Questions['became'] = async (origin, message, it) => {
    const asked = askedIn(message, contentOf)
    if (asked === undefined) return undefined
    const kept = (await keptOf(origin, asked)).filter((one) => one !== undefined)
    const { asking, content } = asked
    const next = kept.map((one) => (it === 'sent' ? asking.sent(one) : asking.ended(one, it)))
    return next.length === 0 ? undefined : decided(eventOf('changed', next, content), origin, '')
  }

  /** In the order of the questions: what is kept of each. */
  async function keptOf(
    { id }: Origin,
    { content, questions }: Asked,
  ): Promise<readonly (JsonObject | undefined)[]> {
    const ids = questions.map((one, at) => [idAt(id, at), ...givenOf(one)])
    const kept = await keptUnder(content.noun, ids.flat())
    // A question whose mRID was taken has one of its own.
    return ids.map((own) => own.map((it) => kept.get(idKey(it))).find((it) => it !== undefined))
  }

  async function keptUnder(
    noun: string,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, JsonObject>> {
    if (ids.length === 0) return new Map()
    const stored = await store.objects(noun, ids.map(idKey), [])
    return new Map(stored.map((it) => [it.id, heldOf(it).object]))
  }

  async function decided(
    event: JsonObject,
    { exchangeId }: Origin,
    owner: string,
  ): Promise<Decision> {
    const work = deciding.workOf(event)
    const whose = { owner, isShown: EVERYBODYS, serving: NOBODY, isCarriedOut: true }
    return deciding.decided(work, await deciding.readAll(work), {
      messageID: '',
      exchangeId,
      ...whose,
    })
  }

  return { begun, concluded, became }
}

/** What nobody has said says nothing of any party. */
function unjudged(objects: readonly JsonObject[]): Judged {
  return { objects, others: [], stored: [], note: () => undefined }
}

/** One without an mRID is known by the leg that it came on. */
function idAt(leg: string, at: number): string {
  return at === 0 ? leg : `${leg}.${at + 1}`
}

function givenOf(question: JsonObject): readonly string[] {
  const { mRID } = identityOf(question)
  return mRID === undefined ? [] : [mRID]
}

function isAnswer(asking: Asking, asked: readonly JsonObject[], answer: JsonObject): boolean {
  return asked.some((it) => asking.isAnswer(it, answer))
}

function payloadIn(objects: readonly JsonObject[], content: NounContent): JsonObject {
  return payloadOf([[content.noun, rootsOf(objects, content)]]) as JsonObject
}

function eventOf(
  verb: 'created' | 'changed',
  objects: readonly JsonObject[],
  content: NounContent,
): JsonObject {
  const header = { Verb: verb, Noun: content.noun }
  return { message: 'EventMessage', header, payload: payloadIn(objects, content) }
}

function withQuestions(
  message: JsonObject,
  questions: readonly JsonObject[],
  content: NounContent,
): JsonObject {
  const request = member(message, 'request')
  const own = payloadIn(questions, content)
  return { ...message, request: { ...(isObject(request) ? request : {}), ...own } }
}

/** What a reply without an answer says of a question: the Error that names it, or else the first. */
export function endedBy(
  errors: readonly ReplyError[],
  otherwise: Pick<Ended, 'code' | 'reason'>,
): EndedBy {
  return (keys) => {
    const own = errors.find(({ id }) => id !== undefined && keys.includes(id.$))
    const whole = errors.find(({ id, code }) => id === undefined && !code.startsWith('0.'))
    const { code, reason } = own ?? whole ?? otherwise
    return { kind: kindOf(code), code, reason: reason ?? otherwise.reason }
  }
}

/** What a party has no verb or noun for it is not able to do: cannot is not failed. */
const CANNOT: readonly string[] = ['2.9', '2.5']
const NO_ANSWER = '4.1'

function kindOf(code: string): Ended['kind'] {
  if (CANNOT.includes(code)) return 'unsupported'
  return code === NO_ANSWER ? 'timedOut' : 'failed'
}
