// What a product that sends has done in a case: whether what is due came, and what came after the answer. Each check is a
// function of the two, with the requirement it is for.

import { observed } from '../finding.ts'
import type { Check, Observation } from '../finding.ts'
import { textAt } from '../find.ts'
import type { ClientCase } from '../shapes.ts'
import type { Node } from '../xml.ts'
import { asksForTheSame, isSame, objectsIn } from './came.ts'
import type { Came } from './came.ts'

/** What was asked of a product, and what it did. */
export interface Conduct {
  readonly client: ClientCase
  /** somebody has told the product to send */
  readonly isAsked: boolean
  /** how long it had for that, and then for doing more */
  readonly waitMs: number
  readonly isOver: boolean
  readonly first: Came | undefined
  /** mRID that the tester has given */
  readonly assigned: string | undefined
  /** why the tester could not do what was asked, although it would have; undefined = it could */
  readonly misfit: string | undefined
  /** what came after the answer: octet by octet the first, the same request under other ids, anything else */
  readonly same: readonly Came[]
  readonly other: readonly Came[]
  readonly rest: readonly Came[]
}

/** One of them. */
export interface ConductCheck extends Check<Conduct> {
  /** what shows it: the message that begins the case, each that comes after the answer by itself, or all of them together */
  readonly step: 'request' | 'again' | 'after'
}

/** All, in the order in which they are printed. */
export const CONDUCT_CHECKS: readonly ConductCheck[] = [
  { requirement: 'CLI-01', step: 'request', judge: neverCame },
  { requirement: 'CLI-02', step: 'after', judge: neverAgain },
  { requirement: 'CLI-03', step: 'again', judge: anotherID },
  { requirement: 'CLI-04', step: 'again', judge: onceMore },
  { requirement: 'CLI-05', step: 'again', judge: otherObject },
  { requirement: 'CLI-06', step: 'again', judge: wentOn },
  { requirement: 'CLI-07', step: 'again', judge: needlessly },
  { requirement: 'CLI-08', step: 'request', judge: outOfPlace },
  { requirement: 'CLI-09', step: 'again', judge: onceMoreForGood },
  { requirement: 'CLI-10', step: 'after', judge: neverTried },
  { requirement: 'CLI-11', step: 'again', judge: wholeAgain },
]

/** What came after the first, by what it is to it. */
export function sorted(
  first: Came | undefined,
  follow: readonly Came[],
): Pick<Conduct, 'same' | 'other' | 'rest'> {
  if (first === undefined) return { same: [], other: [], rest: [] }
  const kindOf = (it: Came) =>
    isSame(it, first) ? 'same' : asksForTheSame(it, first) ? 'other' : 'rest'
  const of = (kind: ReturnType<typeof kindOf>) => follow.filter((it) => kindOf(it) === kind)
  return { same: of('same'), other: of('other'), rest: of('rest') }
}

/** Why it cannot be told how the product behaves, although nothing is wrong; undefined = it can. */
export function openIn(it: Conduct): string | undefined {
  const { client, first, isOver, same, other, rest } = it
  if (first === undefined || client.then === 'nothing') return undefined
  const [isAgain, isMore] = [same.length + other.length > 0, rest.length > 0]
  switch (client.then) {
    case 'unanswered':
      return isAgain || isMore
        ? undefined
        : 'it did nothing more: whether it has taken the reply for the answer does not show'
    case 'uses-id':
      return isAgain || isMore ? undefined : 'it did not speak of the object again'
    default:
      return isOver || (client.then === 'repeat' && isAgain)
        ? undefined
        : 'the run ended before it could be told what the product does next'
  }
}

function neverCame({ client, first, isAsked, waitMs }: Conduct): readonly Observation[] {
  if (first !== undefined || !isAsked) return []
  const what = `${client.message.verb} ${client.message.noun}`
  const message = `The product was asked to send ${what}, and did not.`
  const expected = `${what} within ${waitMs / 1000} s`
  return [observed('CLI-01', 'L6', { expected, got: 'nothing', message })]
}

function neverAgain({ client, first, isOver, same, other }: Conduct): readonly Observation[] {
  const isAgain = same.length + other.length > 0
  if (client.then !== 'repeat' || first === undefined || isAgain || !isOver) return []
  if (client.answer === 'busy') return []
  const message = 'The connection was closed without a reply, and the request was not sent again.'
  const it = { expected: 'the same message again', got: 'nothing', message }
  return [observed('CLI-02', 'L6', it)]
}

/** Who was told that it is too early is left waiting. */
function neverTried({ client, first, isOver, same, other }: Conduct): readonly Observation[] {
  const isAgain = same.length + other.length > 0
  if (client.answer !== 'busy' || first === undefined || isAgain || !isOver) return []
  const message = 'The message was answered by HTTP 503, and was not sent again.'
  const it = { expected: 'the same message again', got: 'nothing', message }
  return [observed('CLI-10', 'L6', it)]
}

function anotherID({ client, first, other }: Conduct): readonly Observation[] {
  if (client.then !== 'repeat' && client.then !== 'same') return []
  return other.map(({ root }) => {
    const [expected, got] = [first?.root, root].map(
      (it) => textAt(it, 'Header/MessageID') ?? 'no MessageID',
    )
    const message =
      expected === got
        ? 'The message was sent again under its MessageID, and is another one.'
        : 'The message was sent again under another MessageID: the receiver cannot tell that it is the same.'
    const it = { expected: `${expected ?? ''}, octet by octet`, got: got ?? '', message }
    return observed('CLI-03', 'L6', { ...it, ...placeOf(root) })
  })
}

function onceMore({ client, same, other }: Conduct): readonly Observation[] {
  if (client.then !== 'no-repeat' || client.answer === 'bad-request') return []
  const message = 'The message was refused, and was sent again as it was.'
  const it = { expected: 'no second try', got: 'the same message', message }
  return [...same, ...other].map(({ root }) =>
    observed('CLI-04', 'L6', { ...it, ...placeOf(root) }),
  )
}

function onceMoreForGood({ client, same, other }: Conduct): readonly Observation[] {
  if (client.then !== 'no-repeat' || client.answer !== 'bad-request') return []
  const message = 'The message was answered by HTTP 400, and was sent again as it was.'
  const it = { expected: 'no second try', got: 'the same message', message }
  return [...same, ...other].map(({ root }) =>
    observed('CLI-09', 'L6', { ...it, ...placeOf(root) }),
  )
}

/** Of several objects the last one has failed, and what comes afterwards has others in it. */
function wholeAgain({ client, first, same, other, rest }: Conduct): readonly Observation[] {
  if (client.then !== 'rest') return []
  const idsIn = (it: Came | undefined) =>
    objectsIn(it?.root).map((one) => textAt(one, 'mRID') ?? 'no mRID')
  const asked = idsIn(first)
  const done = asked.slice(0, -1)
  return [...same, ...other, ...rest].flatMap((it) => {
    const again = idsIn(it).filter((one) => done.includes(one))
    if (again.length === 0) return []
    const message = 'What was taken is sent once more, together with what was not.'
    const about = { expected: asked.at(-1) ?? '', got: again.join(', '), message }
    return [observed('CLI-11', 'L6', { ...about, ...placeOf(it.root) })]
  })
}

function needlessly({ client, same, other }: Conduct): readonly Observation[] {
  if (client.then !== 'delivered') return []
  const message = 'The event was taken without a word, which is right, and was sent again.'
  const it = { expected: 'no second time', got: 'the same event', message }
  return [...same, ...other].map(({ root }) =>
    observed('CLI-07', 'L6', { ...it, ...placeOf(root) }),
  )
}

function outOfPlace({ client, first, misfit }: Conduct): readonly Observation[] {
  if (misfit === undefined || client.answer !== 'reference' || client.message.verb === 'get')
    return []
  const message = `What was sent does not fit what was sent before: ${misfit}`
  const expected = 'an object that is there, and in the state for it'
  return [observed('CLI-08', 'L6', { expected, got: misfit, message, ...placeOf(first?.root) })]
}

function otherObject({ client, assigned = '', rest: [next] }: Conduct): readonly Observation[] {
  if (client.then !== 'uses-id' || next === undefined) return []
  const got = objectsIn(next.root).map((it) => textAt(it, 'mRID') ?? 'no mRID')
  if (got.includes(assigned)) return []
  const message = 'The product speaks of the object by another mRID than it was given.'
  const it = { expected: assigned, got: got.join(', '), message }
  return [observed('CLI-05', 'L6', { ...it, ...placeOf(next.root) })]
}

/** Whoever goes on with the object has taken the reply for the answer; whoever asks again has not. */
function wentOn({ client, first, rest }: Conduct): readonly Observation[] {
  if (client.then !== 'unanswered') return []
  const id = textAt(first?.root, 'Header/CorrelationID') ?? textAt(first?.root, 'Header/MessageID')
  const message =
    'The product went on as if its request had been answered, by a reply with the CorrelationID of another message.'
  return rest.map(({ root }) => {
    const got = `${textAt(root, 'Header/Verb') ?? ''} ${textAt(root, 'Header/Noun') ?? ''} of the same object`
    const it = { expected: `the reply with CorrelationID ${id ?? ''}`, got, message }
    return observed('CLI-06', 'L6', { ...it, ...placeOf(root) })
  })
}

function placeOf(root: Node | undefined): { readonly path: string; readonly line: number } {
  return { path: root === undefined ? '' : `/${root.name}`, line: root?.line ?? 0 }
}
