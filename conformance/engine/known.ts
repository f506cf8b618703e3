// What a product knows before the run: payloads refer to usage points, devices and customers that no case creates. They come
// from the capability statement; where it names none they are made up, and who refuses them for that has done nothing wrong.

import { find, textsAt } from '../find.ts'
import { nameOf, uuidOf } from '../ids.ts'
import type { Capability, Step } from '../shapes.ts'
import type { Node } from '../xml.ts'

/** A kind of object that messages refer to and that is there before. */
interface Kind {
  /** what the reply codes call unknown of it */
  readonly codes: readonly string[]
  /** of a case that sends this noun they are its own, and nobody has to know them before */
  readonly madeBy: string
  readonly words: string
  /** in the place of one that nobody has named */
  readonly madeUp: (seed: string, ...words: readonly string[]) => string
}

/** All of them, by their name in `known` of the statement. Codes: IEC 61968-9:2013, reply codes. */
export const KINDS: Readonly<Record<KindName, Kind>> = {
  UsagePoint: {
    ...{ codes: ['2.12'], madeBy: 'UsagePointConfig', words: 'usage point' },
    madeUp: uuidOf,
  },
  EndDevice: { codes: ['2.4'], madeBy: 'DERRegistrations', words: 'end device', madeUp: uuidOf },
  Customer: { codes: ['2.22'], madeBy: 'CustomerConfig', words: 'customer', madeUp: nameOf },
}
/** One of them. */
export type KindName = keyof NonNullable<Capability['known']>

const KIND_NAMES = Object.keys(KINDS) as readonly KindName[]

/** An object that the suite has made up, in a message that was sent. */
export interface MadeUp {
  readonly kind: KindName
  readonly id: string
}

/** What is taken for the places of messages: the same word of a case is the same object, another word another one. */
export type Known = (kind: KindName, scenario: string, word: string) => string | undefined

/** Nothing is known. */
export const NOTHING_KNOWN: Known = () => undefined

/**
 * Takes what the statement names, from a place that the seed says, each for one word of one case: a request that one case
 * leaves open may stand in the way of the next. Whatever comes when all are taken has none.
 */
export function knownBy({ known = {} }: Pick<Capability, 'known'>, seed: string): Known {
  const left = new Map(KIND_NAMES.map((it) => [it, turned(known[it] ?? [], it, seed)]))
  const taken = new Map<string, string | undefined>()
  return (kind, scenario, word) => {
    const key = [kind, scenario, word].join('\u0000')
    if (!taken.has(key)) taken.set(key, left.get(kind)?.shift())
    return taken.get(key)
  }
}

function turned(all: readonly string[], kind: KindName, seed: string): string[] {
  const at =
    all.length === 0 ? 0 : parseInt(uuidOf(seed, 'known', kind).slice(0, 8), 16) % all.length
  return [...all.slice(at), ...all.slice(0, at)]
}

/** Those of a case: what it makes by itself is not among them. */
export function knownTo(nouns: readonly string[], known: Known): Known {
  return (kind, scenario, word) =>
    nouns.includes(KINDS[kind].madeBy) ? undefined : known(kind, scenario, word)
}

/** Of what was made up for a message all that has to be there before: of its case nothing makes it. */
export function unmade(madeUp: readonly MadeUp[], nouns: readonly string[]): readonly MadeUp[] {
  return madeUp.filter(({ kind }) => !nouns.includes(KINDS[kind].madeBy))
}

/**
 * Why nothing can be told of a product by its refusal: all that it refuses is what the suite has made up. undefined = it has
 * not refused for that, or the step means the unknown.
 */
export function refusedAsUnknown(
  { expect = [] }: Pick<Step, 'expect'>,
  reply: Node | undefined,
  madeUp: readonly MadeUp[],
): string | undefined {
  const result = find(reply, 'Reply/Result')[0]?.text
  if (madeUp.length === 0 || result === undefined || result === 'OK') return undefined
  const codes = textsAt(reply, '**/Error/code').filter((it) => !BESIDE.some((one) => one.test(it)))
  const isMeant = (code: string) =>
    expect.some((it) => it.code?.some((one) => code === one || code.startsWith(`${one}.`)))
  const kinds = [...new Set(codes.map((code) => madeUp.find((it) => isOf(code, it))?.kind))]
  const [kind] = kinds
  if (kind === undefined || kinds.includes(undefined) || codes.some(isMeant)) return undefined
  return told(kind, codes[0] ?? '', madeUp)
}

/** What comes with the reason for a refusal: no errors, errors of several types, stopped to keep the transaction whole. */
const BESIDE = [/^0\./, /^5\.4$/, /^5\.9$/]

function isOf(code: string, { kind }: MadeUp): boolean {
  return KINDS[kind].codes.includes(code)
}

function told(kind: KindName, code: string, madeUp: readonly MadeUp[]): string {
  const ids = [...new Set(madeUp.filter((it) => it.kind === kind).map((it) => it.id))]
  const { words } = KINDS[kind]
  const [one = ''] = ids
  const all =
    ids.length === 1
      ? `${words} ${one}, which`
      : `${ids.length} of kind ${words}, such as ${one}, which`
  return `refused with ${code}: the message refers to ${all} the suite has made up; name what the product knows in known/${kind} of the capability statement, ${ids.length} more at least`
}
