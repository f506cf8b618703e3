// What every party does alike, whatever its business: it answers what it can read, by a ResponseMessage that carries the
// ids of the request, refuses what is wrong, takes an OperationSet apart, and gives the answer of a message that it has had.
// A party itself is a table of what it takes.

import { find, textAt, textsAt } from '../find.ts'
import type { Observation } from '../finding.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'
import type { Answer, Heard, Peer, Sent, Tools, Turn, Wake } from './peer.ts'
import { askedBy } from './said.ts'
import { faultOf, replyTo } from './reply.ts'
import type { Failure } from './reply.ts'
import { MESSAGE } from './write.ts'

export type { Failure } from './reply.ts'

/** One thing that is asked for: by a message, or by one Operation of it. */
export interface Ask {
  readonly verb: string
  readonly noun: string
  /** the root of the payload, or of the query in Request */
  readonly content: Node | undefined
  /** of a get without a query: what is asked for */
  readonly ids: readonly string[]
  /** a part of the object is meant, not the whole */
  readonly isElement: boolean
}

/** What an ask comes to. */
export interface Done<S> {
  readonly state: S
  readonly failures?: readonly Failure[]
  /** what there is to say beside that: of code 0.0 */
  readonly notes?: readonly Failure[]
  /** some of it was done all the same */
  readonly isPartly?: boolean
  readonly payload?: Node | undefined
  readonly sends?: readonly Sent[]
  readonly wakes?: readonly Wake[]
}

/** One thing that a party can do. */
export type Doing<S> = (state: S, ask: Ask, tools: Tools) => Done<S>

/** What it does when this has come back to a request of its own; undefined = nothing, or nothing that can be read. */
export type Following<S> = (
  state: S,
  sent: Node,
  reply: Node | undefined,
  tools: Tools,
) => Pick<Done<S>, 'state' | 'sends' | 'wakes'>

/** What it does when it is time. @param rest of the word that it wanted to be told, behind the first */
export type Waking<S> = (
  state: S,
  rest: string,
  tools: Tools,
) => Pick<Done<S>, 'state' | 'sends' | 'wakes'>

/** A party as a table: `create DERGroups` and what it does then. */
export interface Party<S> {
  readonly role: Role
  /** of the payloads and queries that it knows: another edition is refused */
  readonly namespaces: readonly string[]
  readonly start: S
  readonly takes: Readonly<Record<string, Doing<S>>>
  /** by what it has sent, `create DERGroups`; what is not here needs no more than to be sent */
  readonly follows?: Readonly<Record<string, Following<S>>>
  /** by the first word */
  readonly wakes?: Readonly<Record<string, Waking<S>>>
}

/** The state of a party, and what it has answered so far. */
export interface Remembering<S> {
  readonly own: S
  /** how many messages it has heard */
  readonly heard: number
  /** by MessageID: the text of the request, and the answer to it */
  readonly answered: ReadonlyMap<
    string,
    { readonly text: string; readonly reply: Answer | undefined }
  >
}

/** A party that takes part in an exchange. */
export function peerOf<S>(party: Party<S>): Peer<Remembering<S>> {
  return {
    role: party.role,
    takes: [...Object.keys(party.takes), 'execute OperationSet', 'executed OperationSet'],
    start: { own: party.start, heard: 0, answered: new Map() },
    hear: (state, message, tools) => hear(party, state, message, tools),
    answered: (state, sent, reply, tools) => {
      const follow = party.follows?.[askedBy(sent)]
      return turned(state, follow?.(state.own, sent, reply?.root, tools))
    },
    woken: (state, word, tools) => {
      const [first = '', ...rest] = word.split(' ')
      return turned(state, party.wakes?.[first]?.(state.own, rest.join(' '), tools))
    },
  }
}

/** What a party does by itself; undefined = nothing. */
function turned<S>(
  state: Remembering<S>,
  done: ReturnType<Waking<S>> | undefined,
): Turn<Remembering<S>> {
  if (done === undefined) return { state, reply: undefined, sends: [] }
  const { own, sends = [], wakes = [] } = { ...done, own: done.state }
  return { state: { ...state, own }, reply: undefined, sends, wakes }
}

function hear<S>(
  party: Party<S>,
  before: Remembering<S>,
  message: Heard,
  tools: Tools,
): Turn<Remembering<S>> {
  const state = { ...before, heard: before.heard + 1 }
  const { root } = message
  if (root === undefined || textAt(root, 'Header/Verb') === undefined || root.ns !== MESSAGE)
    return { state, reply: faultOf(message), sends: [] }
  const messageID = textAt(root, 'Header/MessageID')
  const earlier = messageID === undefined ? undefined : state.answered.get(messageID)
  if (earlier?.text === message.text) return { state, reply: earlier.reply, sends: [] }
  // Nothing here is a rival's, and what one makes is kept for nobody.
  const own = message.isRival === true ? party.start : state.own
  const done = earlier === undefined ? answered(party, own, message, tools) : taken(own)
  const id = tools.uuid('reply', party.role, String(state.heard))
  const reply = replyTo(root, done, party.role, id, tools)
  const after = message.isRival === true ? state : { ...state, own: done.state }
  const isNew = messageID !== undefined && earlier === undefined
  const kept = isNew ? [[messageID, { text: message.text, reply }] as const] : []
  return {
    state: { ...after, answered: new Map([...state.answered, ...kept]) },
    reply,
    ...(message.isRival === true
      ? { sends: [] }
      : { sends: done.sends ?? [], wakes: done.wakes ?? [] }),
  }
}

function taken<S>(state: S): Done<S> {
  return {
    state,
    failures: [{ code: '6.1', reason: 'The MessageID was used before, for another message.' }],
  }
}

function answered<S>(party: Party<S>, state: S, { root, wrong }: Heard, tools: Tools): Done<S> {
  if (wrong.length > 0) return { state, failures: [refusalOf(wrong, party)] }
  const content =
    find(root, 'Payload/*').find((it) => it.ns !== MESSAGE || it.name === 'OperationSet') ??
    find(root, 'Request/*').find((it) => it.ns !== MESSAGE)
  if (content?.name === 'OperationSet') return doneSet(party, state, content, tools)
  const [verb = '', noun = ''] = [textAt(root, 'Header/Verb'), textAt(root, 'Header/Noun')]
  const ids = textsAt(root, 'Request/ID|Payload/ID')
  return doneOne(party, state, { verb, noun, content, ids, isElement: false }, tools)
}

/** By what is not met, the first that is there; all else is a fault of a schema. */
const CODES: readonly (readonly [code: string, isIt: (it: Observation) => boolean])[] = [
  ['2.9', (it) => it.requirement === 'VRB-01' || /\/Verb$/.test(it.path)],
  ['2.5', (it) => it.requirement === 'NOU-02'],
  ['1.5', (it) => it.requirement === 'HDR-01'],
  ['1.8', () => true],
]

function refusalOf<S>(wrong: readonly Observation[], { takes }: Pick<Party<S>, 'takes'>): Failure {
  const [code = '1.8', isIt] = CODES.find(([, is]) => wrong.some(is)) ?? []
  const reason = wrong.find((it) => isIt?.(it) === true)?.message ?? ''
  return { code, reason: code === '2.5' ? `${reason} ${nounsOf(takes)}` : reason }
}

/** What it takes, for who has meant one of them. */
function nounsOf(takes: Readonly<Record<string, unknown>>): string {
  const nouns = new Set(Object.keys(takes).map((it) => it.replace(/^\S+ /, '')))
  return `It takes ${[...nouns].join(', ')}.`
}

function doneOne<S>(party: Party<S>, state: S, ask: Ask, tools: Tools): Done<S> {
  const { takes, role, namespaces } = party
  const { content } = ask
  if (content !== undefined && !namespaces.includes(content.ns))
    return { state, failures: [{ code: '1.8', reason: `${role} does not know ${content.ns}.` }] }
  const doing = takes[`${ask.verb} ${ask.noun}`]
  if (doing !== undefined) return doing(state, ask, tools)
  const isKnown = Object.keys(takes).some((it) => it.endsWith(` ${ask.noun}`))
  const reason = isKnown
    ? `${role} does not take ${ask.verb} of ${ask.noun}.`
    : `${role} does not take ${ask.noun}. ${nounsOf(takes)}`
  return { state, failures: [{ code: isKnown ? '2.9' : '2.5', reason }] }
}

/** Operation for Operation. With integrity the first that fails takes all of them back, and each is answered for. */
function doneSet<S>(party: Party<S>, before: S, set: Node, tools: Tools): Done<S> {
  const isWhole = textAt(set, 'enforceTransactionalIntegrity') === 'true'
  let state = before
  const failures: Failure[] = []
  const sends: Sent[] = []
  const wakes: Wake[] = []
  const operations = find(set, 'Operation')
  let refused = 0
  for (const it of operations) {
    const operationId = textAt(it, 'operationId') ?? ''
    const done = doneOne(party, state, askOf(it), tools)
    failures.push(...(done.failures ?? []).map((one) => ({ ...one, operationId })))
    if ((done.failures ?? []).length > 0 && done.isPartly !== true) refused += 1
    if (isWhole && failures.length > 0)
      return { state: before, failures: undone(operations, operationId, failures) }
    state = done.state
    sends.push(...(done.sends ?? []))
    wakes.push(...(done.wakes ?? []))
  }
  return { state, failures, isPartly: refused < operations.length, sends, wakes }
}

/** The one at fault as it failed, and the others because of it. */
function undone(
  operations: readonly Node[],
  failed: string,
  failures: readonly Failure[],
): readonly Failure[] {
  const others = operations.map((it) => textAt(it, 'operationId') ?? '')
  const because = `Taken back: operation ${failed} has failed.`
  return [
    ...failures.map((it) => ({ ...it, code: '5.3' })),
    ...others
      .filter((it) => it !== failed)
      .map((operationId) => ({ code: '5.9', reason: because, operationId })),
  ]
}

function askOf(operation: Node): Ask {
  return {
    verb: textAt(operation, 'verb') ?? '',
    noun: textAt(operation, 'noun') ?? '',
    content: operation.children.find((it) => it.ns !== MESSAGE),
    ids: [],
    isElement: textAt(operation, 'elementOperation') === 'true',
  }
}
