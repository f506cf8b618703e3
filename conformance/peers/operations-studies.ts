// Operations of the DSO (OPS), what it models for Engineering: whether the network can take a DER where it is to be connected
// (EPRI 3002014619 §3, Fig. 3-1 B.a).

import { find } from '../find.ts'
import type { Node } from '../xml.ts'
import { changed, draftOf, idOf } from './drafts.ts'
import type { Ask, Done, Party } from './party.ts'
import type { Tools } from './peer.ts'
import { eventOf } from './said.ts'
import { element } from './write.ts'

/** Reviews that it was asked to model, by mRID. */
type Studies = ReadonlyMap<string, Node>

const NS = draftOf('InterconnectionReviews')
/** What a study takes. */
const STUDY_MS = 5 * 86_400_000

/** @param canBe what it finds; undefined = nothing comes of it */
export function studies(canBe: boolean | undefined): Party<Studies> {
  return {
    role: 'OPS',
    namespaces: [NS],
    start: new Map(),
    takes: { 'create InterconnectionReviews': begin },
    wakes: { studied: (state, id, tools) => studied(state, id, canBe, tools) },
  }
}

function begin(before: Studies, { content }: Ask): Done<Studies> {
  const asked = find(content, 'InterconnectionReview')
  const state = new Map([...before, ...asked.map((it) => [idOf(it), it] as const)])
  return { state, wakes: asked.map((it) => ({ afterMs: STUDY_MS, word: `studied ${idOf(it)}` })) }
}

function studied(
  state: Studies,
  id: string,
  canBe: boolean | undefined,
  tools: Tools,
): Done<Studies> {
  const review = state.get(id)
  if (review === undefined || canBe === undefined) return { state }
  const result = element(NS, 'modellingResult', [
    element(NS, 'canAccommodate', String(canBe)),
    element(NS, 'modelVersion', tools.now.slice(0, 10)),
  ])
  const content = element(NS, 'InterconnectionReviews', [changed(review, [result])])
  const message = eventOf('OPS', 'changed', content, tools, id, 'modelled')
  return { state, sends: [{ to: 'ENG', message }] }
}
