// Status feeds that are wrong in one thing, a line each, with the requirement that has to find it; and some that say the same
// otherwise.

import type { JsonObject } from '../../../src/index.ts'
import type { FeedQuirk } from '../reference-feed.ts'

/** One of them. */
export interface BrokenFeed {
  readonly id: string
  /** exactly these; empty: it is right */
  readonly kills: readonly string[]
  readonly quirk: FeedQuirk
}

const behind = (events: readonly JsonObject[], since: number) =>
  events.filter((it) => Number(it['seq']) > since)

/** All. */
export const BROKEN_FEEDS: readonly BrokenFeed[] = [
  { id: 'tells before it commits', kills: ['WSS-01'], quirk: { isEarly: true } },
  { id: 'forgets who comes back', kills: ['WSS-02'], quirk: { backlog: () => [] } },
  {
    id: 'loses one event over a reconnect',
    kills: ['WSS-02'],
    quirk: { backlog: (all, since) => behind(all, since).filter((_it, at) => at !== 0) },
  },
  {
    id: 'tells what was missed the other way round',
    kills: ['WSS-03'],
    quirk: { backlog: (all, since) => behind(all, since).toReversed() },
  },
  {
    id: 'has no gap to be seen',
    kills: ['WSS-03'],
    quirk: { events: (it) => [{ ...it, prev: 0 }] },
  },
  { id: 'lets anybody listen to anything', kills: ['WSS-04', 'WSS-09'], quirk: { isOpen: true } },
  { id: 'tells what it has refused', kills: ['WSS-05'], quirk: { tellsRefused: true } },
  {
    id: 'tells each change twice',
    kills: ['WSS-05'],
    quirk: { events: (it) => [it, it] },
  },
  {
    id: 'does not tell what is gone',
    kills: ['WSS-02', 'WSS-05'],
    quirk: { events: (it) => (it['verb'] === 'deleted' ? [] : [it]) },
  },
  { id: 'says no hello', kills: ['WSS-06'], quirk: { hello: () => undefined } },
  {
    id: 'does not say how far back it goes',
    kills: ['WSS-06'],
    quirk: { hello: ({ oldest: _, ...it }) => it },
  },
  {
    id: 'does not say the state',
    kills: ['WSS-07'],
    quirk: { events: ({ state: _, ...it }) => [it] },
  },
  {
    id: 'tells once more what was heard last',
    kills: ['WSS-08'],
    quirk: { backlog: (all, since) => behind(all, since - 1) },
  },
]

/** The same, written otherwise. */
export const EQUAL_FEEDS: readonly BrokenFeed[] = [
  { id: 'as it is', kills: [], quirk: {} },
  {
    id: 'says more than it has to',
    kills: [],
    quirk: {
      events: (it) => [{ ...it, flow: 'any', more: true }],
      hello: (it) => ({ ...it, version: 2 }),
    },
  },
  {
    id: 'writes its keys in another order',
    kills: [],
    quirk: { events: (it) => [Object.fromEntries(Object.entries(it).toReversed())] },
  },
]
