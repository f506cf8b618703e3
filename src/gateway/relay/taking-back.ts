// What a party has made and is not to keep: it is asked to take that back. Of an object that it makes item by item all items
// count or none, so that what it has taken of one is taken back as soon as the rest is refused for good.

import { payloadOf, rootsOf } from '../content.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { PART } from '../answer.ts'
import type { Said } from '../answer.ts'
import { idKey, identityOf } from '../identity.ts'
import type { Leg } from '../ledger.ts'
import { providerOf } from '../parties/index.ts'
import type { Store } from '../ports.ts'
import type { Task } from '../tasks.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { itemsOf, refusedAt } from './accepted.ts'
import { undoing } from './achieved.ts'
import type { AchievingParts } from './achieved.ts'
import { saidByItems } from './by-items.ts'
import type { ByItems, ItemSaid } from './by-items.ts'
import { NOTHING_SENT, joined, outgoing } from './outgoing.ts'
import type { Outgoing, OutgoingParts } from './outgoing.ts'
import { sendingOf } from './publishing.ts'
import { asReply } from './relayed.ts'
import type { SaidOfPiece } from './split.ts'
import type { Pending } from './waiting.ts'

/** What it needs from outside. */
export interface TakingBackParts extends OutgoingParts, Omit<AchievingParts, 'source'> {
  readonly store: Pick<Store, 'objects' | 'legs'>
}

/** What a party has said of a message. */
export interface SaidOfMessage {
  readonly said: Said
  /** as CIM-JSON */
  readonly reply: JsonObject
  /** what is told of it where it has stopped half-way */
  readonly stopped: Said | undefined
  /** absent where it went as one */
  readonly pieces?: readonly SaidOfPiece[] | undefined
}

/** The same where objects that were made in part count as refused, and what their party is sent for that. */
export interface TakenBack extends SaidOfMessage {
  readonly sent: Outgoing
}

/** An object that was made in part. */
interface Half extends ByItems {
  /** places of the items that are to be taken back now */
  readonly made: ReadonlySet<number>
  /** false where no way leads there */
  readonly isAsked: boolean
  readonly sent: Outgoing
}

/** Over one store. */
export function takingBackOn(parts: TakingBackParts) {
  const { store, contentOf, choose, topology, clock } = parts

  /** Whole objects, by their creation. */
  async function all(undone: readonly Task[], leg: Leg, origin: Leg): Promise<Outgoing> {
    const because = { ...origin, at: clock() }
    const asked = undone.flatMap((it) => undoing(it, leg, parts) ?? [])
    const about = { flow: '', owner: leg.party }
    const sent = asked.map((it) => outgoing(sendingOf({ ...it, ...about }, because), parts))
    return joined(await Promise.all(sent))
  }

  /** Items of objects of which others are not made. */
  async function halves(
    { message }: Pick<Pending, 'message'>,
    heard: SaidOfMessage,
    leg: Leg,
    origin: Leg,
  ): Promise<TakenBack> {
    const apart = saidByItems(message, heard.pieces ?? [], contentOf)
    const found = await Promise.all(apart.map((it) => halfOf(it, leg, origin)))
    const half = found.filter((it) => it !== undefined)
    if (half.length === 0) return { ...heard, sent: NOTHING_SENT }
    const said = refusing(heard.said, half, leg)
    const count = itemsOf(message, contentOf).length
    const isNothing = refusedAt(message, asReply(said), contentOf).size === count
    const whole = isNothing ? failed(said) : said
    return {
      ...{ said: whole, reply: asReply(whole), sent: joined(half.map((it) => it.sent)) },
      stopped: heard.stopped && refusing(heard.stopped, half, leg),
    }
  }

  async function halfOf(it: ByItems, leg: Leg, origin: Leg): Promise<Half | undefined> {
    if (it.flow.undoes === undefined) return undefined
    const made = it.items.flatMap((one, at) => (isMade(one) ? [at] : []))
    if (made.length === 0) return undefined
    const before = await Promise.all(made.map((at) => isTakenBack(it.items[at], leg, origin)))
    if (made.length === it.items.length && !before.includes(true)) return undefined
    const open = new Set(made.filter((_at, n) => before[n] !== true))
    const isIdle = open.size === 0 || (await isKept(it))
    if (isIdle) return { ...it, made: NONE, isAsked: false, sent: NOTHING_SENT }
    const asked = taking(it, open, leg, origin)
    const because = { ...origin, at: clock() }
    const sent = asked && (await outgoing(sendingOf(asked, because), parts))
    return { ...it, made: open, isAsked: asked !== undefined, sent: sent ?? NOTHING_SENT }
  }

  /** True for what another message has made since: what is there is its. */
  async function isKept({ object, flow }: ByItems): Promise<boolean> {
    const { mRID, names } = identityOf(object)
    const ids = mRID === undefined ? [] : [idKey(mRID)]
    return (await store.objects(flow.noun, ids, names)).length > 0
  }

  /** True for an item that the party has been asked to take back because of the same message. */
  async function isTakenBack(item: ItemSaid | undefined, leg: Leg, origin: Leg): Promise<boolean> {
    const key = item?.id?.$
    if (key === undefined) return false
    const about = {
      direction: 'out',
      party: leg.party,
      noun: [leg.noun],
      verb: [UNDOING],
      key,
    } as const
    const { legs } = await store.legs({
      ...about,
      exchangeId: origin.exchangeId,
      limit: MOST_ASKED,
    })
    return legs.some(({ answers }) => answers === origin.id)
  }

  /** The request for that, and the way that its creation has come. */
  function taking({ object, flow }: ByItems, made: ReadonlySet<number>, leg: Leg, origin: Leg) {
    const content = contentOf(flow.noun)
    const provider = providerOf(leg.party, topology())
    const providers = provider === undefined ? [] : [provider]
    const choice = choose({ noun: flow.noun, verb: UNDOING, from: origin.party }, { providers })
    if (choice.kind !== 'parties' || content === undefined) return undefined
    const party = choice.parties.find(({ id }) => id === leg.party)
    const undone = flow.undoes?.(object, (at) => made.has(at))
    if (party === undefined || undone === undefined) return undefined
    const message = {
      message: 'RequestMessage',
      header: { Verb: UNDOING, Noun: flow.noun },
      payload: payloadOf([[flow.noun, rootsOf([undone], content)]]),
    }
    return { message, party, way: choice.way, flow: leg.flow, owner: leg.party }
  }

  return { all, halves }
}

const NONE: ReadonlySet<number> = new Set()

const UNDOING = 'change'
/** requests of one conversation about one item that are looked at */
const MOST_ASKED = 16

function isMade({ piece }: ItemSaid): boolean {
  return piece.said.result !== 'FAILED'
}

/** Each of the objects counts as refused, and says what becomes of what was made of it. */
function refusing(said: Said, half: readonly Half[], { party }: Leg): Said {
  // The party may name the item, too.
  const ofHalf = new Map(half.flatMap((it) => idsOf(it).map((id) => [id, it] as const)))
  const halfOf = ({ id, code }: ReplyError) =>
    code.startsWith('0.') ? undefined : ofHalf.get(id?.$ ?? '')
  const errors = (said.errors ?? []).map((error) => {
    const it = halfOf(error)
    if (it === undefined) return error
    const details = [error.details ?? '', wordsOf(it, party)].filter((one) => one !== '')
    return { ...error, details: details.join(' ') }
  })
  // All of it was made, and some had been taken back before.
  const rest = half.filter((it) => !errors.some((error) => halfOf(error) === it))
  const more = rest.map((it): ReplyError => ({
    ...{ code: '6.1', level: 'FATAL', id: it.id },
    reason: 'It has been taken back already, because it could not be made as a whole.',
    details: wordsOf(it, party),
  }))
  const isNews = said.result === 'OK'
  const result = isNews ? 'PARTIAL' : said.result
  return { ...said, result, errors: [...(isNews ? [PART] : []), ...errors, ...more] }
}

function idsOf({ id, items }: ByItems): readonly string[] {
  return [id.$, ...items.flatMap((it) => it.id?.$ ?? [])]
}

function wordsOf({ items, made, isAsked }: Half, party: string): string {
  const names = items.flatMap(({ id }, at) => (made.has(at) ? [id?.$ ?? ''] : [])).join(' and ')
  if (names === '') return ''
  return isAsked
    ? `All of it counts, or none: ${names} had been taken; ${party} is asked to cancel what it has taken. Send it again as a whole when that is mended.`
    : `${names} had been taken by ${party}, and no route leads there to take it back: have it cancelled there.`
}

function failed({ payload: _none, errors = [], ...said }: Said): Said {
  return { ...said, result: 'FAILED', errors: errors.filter(({ code }) => code !== PART.code) }
}
