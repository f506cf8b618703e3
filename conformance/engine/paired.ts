// Which reply answers which request, among messages that were captured: what the capture says comes first, then the ids of
// the messages, then the names under which they were kept. Pure.

import { find, textAt } from '../find.ts'
import type { Captured } from '../captured/captured.ts'
import type { Judged } from './judge.ts'

/** What a message is. */
export type Half = 'request' | 'reply' | 'event' | 'unreadable'

/** A message that was captured, with what is wrong in it. */
export interface Told {
  readonly captured: Captured
  readonly judged: Judged
  readonly half: Half
}

/** A request or an event with what answers it; either may be missing. */
export interface Pair {
  readonly first: Told | undefined
  readonly replies: readonly Told[]
  /** the very same message was sent before or after, and answered then */
  readonly isRepeat: boolean
}

/** What kind of message it is: its own word counts, and where it cannot be read the capture's. */
export function halfOf(captured: Captured, { root }: Judged): Half {
  if (root === undefined) return captured.half ?? namedHalf(captured.name)?.half ?? 'unreadable'
  const named = KINDS.find(([name]) => name.test(root.name))?.[1]
  if (named !== undefined) return named
  if (find(root, 'Reply').length > 0) return 'reply'
  if (/ed$/.test(textAt(root, 'Header/Verb') ?? '')) return 'event'
  return captured.half ?? 'request'
}

const KINDS: readonly (readonly [name: RegExp, half: Half])[] = [
  [/(ResponseMessage|FaultMessage|^Fault)$/, 'reply'],
  [/RequestMessage$/, 'request'],
  [/EventMessage$/, 'event'],
]

/** `0007-request.xml` and `0007-reply.xml` belong together. */
function namedHalf(
  name: string,
): { readonly stem: string; readonly half: 'request' | 'reply' } | undefined {
  const [, stem = '', word = ''] =
    /^(.*?)[-_. ]?(requ?est|req|reply|response|resp?|fault)(?:\.\w+)?$/i.exec(name) ?? []
  if (word === '') return undefined
  return { stem: stem.replace(/\d+(?=-)/, ''), half: /^req/i.test(word) ? 'request' : 'reply' }
}

/** Every message is in one pair; the pairs are in the order of what begins them. */
export function paired(all: readonly Told[]): readonly Pair[] {
  const firsts = all.filter((it) => it.half !== 'reply')
  const indexes = RULES.map(({ first }) => grouped(firsts, first))
  const answers = new Map<Told, Told[]>(firsts.map((it) => [it, []]))
  const alone: Told[] = []
  for (const reply of all.filter((it) => it.half === 'reply')) {
    const found =
      RULES.map((rule, at) => indexes[at]?.get(rule.reply(reply) ?? '')).find(Boolean) ?? []
    // Of several that are alike, such as a message that was sent twice, each has a reply of its own.
    const first = found.find((it) => answers.get(it)?.length === 0) ?? found[0]
    if (first === undefined) alone.push(reply)
    else answers.get(first)?.push(reply)
  }
  const answered = new Set(firsts.filter((it) => answers.get(it)?.length !== 0).map(octets))
  return [
    ...firsts.map((first) => {
      const replies = answers.get(first) ?? []
      return { first, replies, isRepeat: replies.length === 0 && answered.has(octets(first)) }
    }),
    ...alone.map((it) => ({ first: undefined, replies: [it], isRepeat: false })),
  ]
}

function octets({ captured }: Told): string {
  return Buffer.from(captured.bytes).toString('latin1')
}

function grouped(
  all: readonly Told[],
  keyOf: (it: Told) => string | undefined,
): ReadonlyMap<string, readonly Told[]> {
  const groups = new Map<string, Told[]>()
  for (const it of all) {
    const key = keyOf(it)
    if (key === undefined || key === '') continue
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [it])
    else group.push(it)
  }
  return groups
}

/** What a request and its reply have in common; the first rule that finds a request decides. */
const RULES: readonly {
  readonly first: (it: Told) => string | undefined
  readonly reply: (it: Told) => string | undefined
}[] = [
  { first: (it) => it.captured.exchange, reply: (it) => it.captured.exchange },
  // Of a request without CorrelationID its MessageID is meant.
  {
    first: (it) => idIn(it, 'CorrelationID') ?? idIn(it, 'MessageID'),
    reply: (it) => idIn(it, 'CorrelationID'),
  },
  // A reply that carries the wrong one of the two ids of its request is still its reply, and wrong.
  { first: (it) => idIn(it, 'MessageID'), reply: (it) => idIn(it, 'CorrelationID') },
  // What has no ids, such as a fault, has the name under which it was kept.
  { first: (it) => stemOf(it, 'request'), reply: (it) => stemOf(it, 'reply') },
]

function idIn({ judged }: Told, name: string): string | undefined {
  return textAt(judged.root, `Header/${name}`)
}

function stemOf({ captured }: Told, half: 'request' | 'reply'): string | undefined {
  const named = namedHalf(captured.name)
  return named?.half === half ? `${named.stem}.` : undefined
}
