// Clients that are wrong in one thing, and clients that are right, as rows of the kill matrix: for every case of products that
// send, what they do in it is put before its judge. No time goes by.

import { CHECKS } from '../checks/checks.ts'
import type { Checks } from '../checks/checks.ts'
import { seenOf, unbegun } from '../engine/client-steps.ts'
import { compose } from '../engine/compose.ts'
import type { Incoming } from '../engine/inbox.ts'
import { textAt } from '../find.ts'
import { edited } from '../mutate/tree.ts'
import { writeXml } from '../peers/write.ts'
import type { ClientCase } from '../shapes.ts'
import type { Step } from '../step-shape.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'
import type { Ground } from './playing.ts'
import { exactly } from './row.ts'
import type { Row } from './row.ts'

/** What a client does in a case, and the requirements that have to say so; none = it is right. */
interface Conduct {
  readonly does: string
  /** undefined = it does not even begin */
  readonly follow: ((messages: Messages) => readonly string[]) | undefined
  readonly due: readonly string[]
  /** what it has sent does not fit what was sent before */
  readonly isMisfit?: boolean
}

/** The message that began the case, one that asks for its object, and the first as far as it is about its last object. */
interface Messages {
  readonly first: string
  readonly query: string
  readonly last: string
}

const again = ({ first }: Messages) => [first]
const renumbered = ({ first }: Messages) => [
  first.replace(/<MessageID>.*?</, '<MessageID>another<'),
]
const rewritten = ({ first }: Messages) => [first.replace('?>\n', '?>\n\n')]
const goesOn = ({ query }: Messages) => [query]
const nothing = () => []

const CONDUCTS: Readonly<Record<ClientCase['then'], readonly Conduct[]>> = {
  nothing: [
    { does: 'is told to send and does not', follow: undefined, due: ['CLI-01'] },
    { does: 'sends what does not fit', follow: nothing, due: ['CLI-08'], isMisfit: true },
    { does: 'sends', follow: nothing, due: [] },
  ],
  repeat: [
    { does: 'never repeats', follow: nothing, due: ['CLI-02'] },
    { does: 'repeats under another MessageID', follow: renumbered, due: ['CLI-03'] },
    { does: 'repeats other octets', follow: rewritten, due: ['CLI-03'] },
    { does: 'repeats', follow: again, due: [] },
  ],
  same: [
    { does: 'repeats under another MessageID', follow: renumbered, due: ['CLI-03'] },
    { does: 'repeats other octets', follow: rewritten, due: ['CLI-03'] },
    { does: 'repeats', follow: again, due: [] },
    { does: 'waits', follow: nothing, due: [] },
  ],
  'no-repeat': [
    { does: 'repeats', follow: again, due: ['CLI-04'] },
    { does: 'repeats under another MessageID', follow: renumbered, due: ['CLI-04'] },
    { does: 'stops', follow: nothing, due: [] },
  ],
  rest: [
    { does: 'sends all of it once more', follow: again, due: ['CLI-11'] },
    { does: 'sends all of it under another MessageID', follow: renumbered, due: ['CLI-11'] },
    { does: 'sends what has failed', follow: ({ last }) => [last], due: [] },
    { does: 'stops', follow: nothing, due: [] },
  ],
  delivered: [
    { does: 'tells it again', follow: again, due: ['CLI-07'] },
    { does: 'tells it again under another MessageID', follow: renumbered, due: ['CLI-07'] },
    { does: 'takes it for told', follow: nothing, due: [] },
  ],
  unanswered: [
    { does: 'goes on', follow: goesOn, due: ['CLI-06'] },
    { does: 'repeats', follow: again, due: [] },
  ],
  'uses-id': [
    { does: 'keeps its own mRID', follow: goesOn, due: ['CLI-05'] },
    {
      does: 'takes the mRID that it was given',
      follow: ({ query }) => [query.replace(/<mRID>.*?</, '<mRID>assigned<')],
      due: [],
    },
  ],
}

/** A row for each. */
export function clientRows({ register, seed }: Ground, checks: Checks = CHECKS): readonly Row[] {
  return register.clients.flatMap((client) => {
    const messages = messagesOf(client, register, seed)
    return CONDUCTS[client.then]
      .filter((it) => it.isMisfit !== true || asksToFit(client))
      .map((it) =>
        rowOf(client, { ...it, due: it.due.map((id) => ofAnswer(id, client)) }, messages, checks),
      )
  })
}

/** What an answer of HTTP alone is about has a requirement of its own. */
function ofAnswer(id: string, { answer }: ClientCase): string {
  if (answer === 'busy' && id === 'CLI-02') return 'CLI-10'
  return answer === 'bad-request' && id === 'CLI-04' ? 'CLI-09' : id
}

function asksToFit({ requirements }: ClientCase): boolean {
  return requirements.includes('CLI-08')
}

function rowOf(
  client: ClientCase,
  { does, follow, due, isMisfit = false }: Conduct,
  messages: Messages,
  checks: Checks,
): Row {
  const played = {
    ...{ client, until: 0, assigned: 'assigned' },
    first: follow === undefined ? undefined : incoming(messages.first),
    follow: follow?.(messages).map(incoming) ?? [],
    ...(isMisfit ? { misfit: '99.1 There is no such object.' } : {}),
  }
  const seen = seenOf({ ...unbegun(client), played, isAsked: true }, 1000, true, checks)
  const found = seen.flatMap((it) => [
    ...it.observations.map(({ requirement }) => requirement),
    ...(it.undecided === undefined ? [] : ['harness-error']),
  ])
  const kind = due.length === 0 ? 'no-op' : 'peer'
  return exactly(kind, `${client.id}: a client that ${does}`, due, found)
}

/** Those of a case that a server is asked for: what counts here is what is the same in two of them. */
function messagesOf(
  { message: { verb, noun }, then }: ClientCase,
  { scenarios, payload }: Ground['register'],
  seed: string,
): Messages {
  const right = scenarios.filter(({ steps }) => steps.every(isRight))
  const begun = right.filter(({ steps: [it] }) => it?.noun === noun && it.verb === verb)
  const asking = begun.find(({ steps }) => steps.some((it) => it.verb === 'get'))
  const known = asking ?? begun[0] ?? right.find(({ steps: [it] }) => it?.noun === noun)
  const scenario = known ?? scenarios.find(({ id }) => id === 'DERG-1a')
  const place = { seed, scenario: '', source: 'client', captured: {}, payload }
  const writing = { ...place, scenario: scenario?.id ?? '', now: '2026-07-14T09:00:00Z' }
  const { steps = [] } = scenario ?? {}
  const written = (it: Step | undefined) => (it === undefined ? '' : compose(it, writing).xml)
  const first = written(steps[0])
  const query = written(steps.find((it) => it.verb === 'get'))
  return then === 'rest' ? { ...twofold(first), query } : { first, query, last: first }
}

/** With a second object like the first, and that one alone. */
function twofold(text: string): Pick<Messages, 'first' | 'last'> {
  const root = readXml(new TextEncoder().encode(text))
  if (root === undefined) throw new Error(`a message of the self-test cannot be read: ${text}`)
  const other = (it: Node) => edited(it, 'mRID', (one) => ({ ...one, text: 'another' }))
  const made = (objects: (own: readonly Node[]) => readonly Node[]) =>
    writeXml(edited(root, 'Payload/*', (it) => ({ ...it, children: objects(it.children) })))
  return {
    first: made(([one, ...rest]) => (one === undefined ? [] : [one, other(one), ...rest])),
    last: made(([one]) => (one === undefined ? [] : [other(one)])),
  }
}

function isRight({ message, edits = [] }: Step): boolean {
  return message === undefined && edits.length === 0
}

function incoming(text: string): Incoming {
  const bytes = new TextEncoder().encode(text)
  const root = readXml(bytes)
  if (textAt(root, 'Header/Verb') === undefined)
    throw new Error(`a message of the self-test cannot be read: ${text}`)
  return { path: '', root, bytes }
}
