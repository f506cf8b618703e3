// Clients that are wrong in one thing, and clients that are right, as rows of the kill matrix: what they send after an answer
// is put before the judge of cases for products that send. No time goes by.

import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { compose } from '../engine/compose.ts'
import { seenOf, unbegun } from '../engine/client-steps.ts'
import type { Incoming } from '../engine/inbox.ts'
import { textAt } from '../find.ts'
import { readXml } from '../xml.ts'
import type { Ground } from './playing.ts'
import { exactly } from './row.ts'
import type { Row } from './row.ts'

/** What a client does in a case. */
interface Conduct {
  readonly client: string
  readonly does: string
  /** undefined = it does not even begin */
  readonly follow: ((messages: Messages) => readonly string[]) | undefined
  /** empty = it is right */
  readonly due: readonly string[]
}

/** The message that began the case, and one that asks for its object. */
interface Messages {
  readonly create: string
  readonly query: string
}

const again = ({ create }: Messages) => [create]
const renumbered = ({ create }: Messages) => [
  create.replace(/<MessageID>.*?</, '<MessageID>another<'),
]
const rewritten = ({ create }: Messages) => [create.replace('?>\n', '?>\n\n')]
const goesOn = ({ query }: Messages) => [query]
const nothing = () => []

const CONDUCTS: readonly Conduct[] = [
  { client: 'create', does: 'is told to send and does not', follow: undefined, due: ['CLI-01'] },
  { client: 'create', does: 'sends', follow: nothing, due: [] },
  { client: 'lost', does: 'never repeats', follow: nothing, due: ['CLI-02'] },
  { client: 'lost', does: 'repeats under another MessageID', follow: renumbered, due: ['CLI-03'] },
  { client: 'lost', does: 'repeats other octets', follow: rewritten, due: ['CLI-03'] },
  { client: 'lost', does: 'repeats', follow: again, due: [] },
  { client: 'late', does: 'repeats under another MessageID', follow: renumbered, due: ['CLI-03'] },
  { client: 'late', does: 'repeats', follow: again, due: [] },
  { client: 'late', does: 'waits', follow: nothing, due: [] },
  { client: 'refused', does: 'repeats', follow: again, due: ['CLI-04'] },
  {
    client: 'refused',
    does: 'repeats under another MessageID',
    follow: renumbered,
    due: ['CLI-04'],
  },
  { client: 'refused', does: 'stops', follow: nothing, due: [] },
  { client: 'fault', does: 'repeats', follow: again, due: ['CLI-04'] },
  { client: 'fault', does: 'stops', follow: nothing, due: [] },
  { client: 'wrong-correlation', does: 'goes on', follow: goesOn, due: ['CLI-06'] },
  { client: 'wrong-correlation', does: 'repeats', follow: again, due: [] },
  { client: 'assigned', does: 'keeps its own mRID', follow: goesOn, due: ['CLI-05'] },
  {
    client: 'assigned',
    does: 'takes the mRID that it was given',
    follow: ({ query }) => [query.replace(/<mRID>.*?</, '<mRID>assigned<')],
    due: [],
  },
]

/** A row for each. */
export function clientRows({ register, seed }: Ground, checks: Checks = CHECKS): readonly Row[] {
  const messages = messagesOf(register, seed)
  return CONDUCTS.map((it) => {
    const client = register.clients.find(({ id }) => id === `clients/${it.client}`)
    if (client === undefined) throw new Error(`clients/${it.client} is no case`)
    const sent = it.follow?.(messages).map(incoming) ?? []
    const first = it.follow === undefined ? undefined : incoming(messages.create)
    const seen = seenOf(
      {
        ...unbegun(client),
        played: { client, first, follow: sent, until: 0, assigned: 'assigned' },
        isAsked: true,
      },
      1000,
      true,
      checks,
    )
    const found = seen.flatMap((one) => [
      ...one.observations.map(({ requirement }) => requirement),
      ...(one.undecided === undefined ? [] : ['harness-error']),
    ])
    return exactly(
      it.due.length === 0 ? 'no-op' : 'peer',
      `${it.client}: a client that ${it.does}`,
      it.due,
      found,
    )
  })
}

function messagesOf({ scenarios, payload }: Ground['register'], seed: string): Messages {
  const steps = scenarios.find((it) => it.id === 'DERG-1a')?.steps ?? []
  const place = {
    seed,
    scenario: 'DERG-1a',
    source: 'client',
    now: '2026-07-14T09:00:00Z',
    captured: {},
    payload,
  }
  const [create = '', query = ''] = steps.map((it) => compose(it, place).xml)
  return { create, query }
}

function incoming(text: string): Incoming {
  const bytes = new TextEncoder().encode(text)
  const root = readXml(bytes)
  if (textAt(root, 'Header/Verb') === undefined)
    throw new Error('a message of the self-test cannot be read')
  return { path: '', root, bytes }
}
