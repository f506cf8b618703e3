// How much is taken at once, as a configuration says it. Every figure with its unit; what is more is refused unread.

/** Requests over time: so many a second, and so many at once after a pause. */
export interface Rate {
  /** 0 = no limit */
  readonly perSecond: number
  readonly burst: number
}

/** Bounds of one gateway process. */
export interface LoadRules {
  /** of each party that has none of its own */
  readonly partyRate: Rate
  /** of all parties together */
  readonly rate: Rate
  /** requests that are being worked on: read, judged, decided or kept; not those that wait for another party */
  readonly working: number
  /** requests that are not answered yet, whatever they wait for */
  readonly requests: number
  /** octets of their bodies */
  readonly bodyBytes: number
  /** percent of each of these that one party may have, where there are parties */
  readonly partyShare: number
  /** percent of each of these that is kept for what is urgent, where something is */
  readonly reserve: number
}

/**
 * No honest sender comes near the rates: a process carries out one or two thousand messages a second. What is worked on at
 * once is about a tenth of a second of work, so that nobody who is taken in waits long; more would only wait in memory, and
 * make the turns longer in which the others are refused.
 */
export const LOAD: LoadRules = {
  partyRate: { perSecond: 1_000, burst: 10_000 },
  rate: { perSecond: 10_000, burst: 20_000 },
  working: 128,
  requests: 1_000,
  bodyBytes: 67_108_864,
  partyShare: 80,
  reserve: 10,
}
