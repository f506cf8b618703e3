// What a client has shown in a case: in the message that it sent, and in what it did after the answer. Pure.

import { observed } from '../finding.ts'
import type { Observation } from '../finding.ts'
import { textAt, textsAt } from '../find.ts'
import { contentOf, isSame } from './inbox.ts'
import type { Incoming, Played } from './inbox.ts'

/** What is wrong in it, and what cannot be told. */
export interface Behaved {
  readonly observations: readonly Observation[]
  readonly open?: string
}

/** @param isOver false: the run ended before the time of the case did */
export function behaved(played: Played, isOver: boolean): Behaved {
  const { first, client, follow } = played
  if (first === undefined || client.then === 'nothing') return { observations: [] }
  const same = follow.filter((it) => isSame(it, first))
  const other = follow.filter(
    (it) => !isSame(it, first) && contentOf(it.root) === contentOf(first.root),
  )
  const rest = follow.filter((it) => !same.includes(it) && !other.includes(it))
  const early = isOver
    ? {}
    : { open: 'the run ended before it could be told what the product does next' }
  switch (client.then) {
    case 'repeat':
      if (other.length > 0) return { observations: other.map((it) => anotherID(it, first)) }
      return same.length > 0 || !isOver
        ? { observations: [], ...(same.length > 0 ? {} : early) }
        : { observations: [neverAgain()] }
    case 'same':
      return { observations: other.map((it) => anotherID(it, first)), ...early }
    case 'no-repeat':
      return { observations: [...same, ...other].map(onceMore), ...early }
    case 'unanswered':
      return unanswered({ same, other, rest }, first)
    case 'uses-id':
      return usesID(follow, played)
  }
}

function anotherID({ root }: Incoming, first: Incoming): Observation {
  const [expected, got] = [first.root, root].map(
    (it) => textAt(it, 'Header/MessageID') ?? 'no MessageID',
  )
  const message =
    expected === got
      ? 'The request was sent again under its MessageID, and is another message.'
      : 'The request was sent again under another MessageID: the receiver cannot tell that it is the same.'
  return observed('CLI-03', 'L6', {
    expected: `${expected ?? ''}, octet by octet`,
    got: got ?? '',
    message,
    ...placeOf(root),
  })
}

function neverAgain(): Observation {
  const message = 'The connection was closed without a reply, and the request was not sent again.'
  return observed('CLI-02', 'L6', { expected: 'the same message again', got: 'nothing', message })
}

function onceMore({ root }: Incoming): Observation {
  const message = 'The request was refused, and was sent again as it was.'
  return observed('CLI-04', 'L6', {
    expected: 'no second try',
    got: 'the same request',
    message,
    ...placeOf(root),
  })
}

interface Sorted {
  readonly same: readonly Incoming[]
  readonly other: readonly Incoming[]
  readonly rest: readonly Incoming[]
}

/** Whoever goes on with the object has taken the reply for the answer; whoever asks again has not. */
function unanswered({ same, other, rest }: Sorted, first: Incoming): Behaved {
  if (rest.length > 0)
    return {
      observations: rest.map(({ root }) =>
        observed('CLI-06', 'L6', {
          expected: `the reply with CorrelationID ${textAt(first.root, 'Header/CorrelationID') ?? textAt(first.root, 'Header/MessageID') ?? ''}`,
          got: `${textAt(root, 'Header/Verb') ?? ''} ${textAt(root, 'Header/Noun') ?? ''} of the same object`,
          message:
            'The product went on as if its request had been answered, by a reply with the CorrelationID of another message.',
          ...placeOf(root),
        }),
      ),
    }
  if (same.length + other.length > 0) return { observations: [] }
  return {
    observations: [],
    open: 'it did nothing more: whether it has taken the reply for the answer does not show',
  }
}

function usesID(follow: readonly Incoming[], { assigned = '' }: Played): Behaved {
  const [next] = follow
  if (next === undefined) return { observations: [], open: 'it did not speak of the group again' }
  const got = textsAt(next.root, '**/EndDeviceGroup/mRID')
  if (got.includes(assigned)) return { observations: [] }
  const message = 'The product speaks of the group by another mRID than it was given.'
  return {
    observations: [
      observed('CLI-05', 'L6', {
        expected: assigned,
        got: got.join(', '),
        message,
        ...placeOf(next.root),
      }),
    ],
  }
}

function placeOf(root: Incoming['root']) {
  return { path: root === undefined ? '' : `/${root.name}`, line: root?.line ?? 0 }
}
