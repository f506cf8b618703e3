// Status feeds in memory as rows of the kill matrix.

import { FEED_CHECKS } from '../checks/feed.ts'
import type { FeedCheck } from '../checks/feed.ts'
import { subjectOf } from '../engine/mapping/samples.ts'
import { playSockets } from '../engine/socket-case.ts'
import { openWire } from '../engine/wire.ts'
import { BROKEN_FEEDS, EQUAL_FEEDS } from '../peers/broken/feeds.ts'
import { referenceFeed } from '../peers/reference-feed.ts'
import type { FeedQuirk } from '../peers/reference-feed.ts'
import type { Ground } from './playing.ts'
import { exactly, noticed } from './row.ts'
import type { Row } from './row.ts'

/** Each broken one under exactly its ids, each equal one under none; each check left out, and failing by itself. */
export async function feedRows(ground: Ground): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { id, kills, quirk } of BROKEN_FEEDS)
    rows.push(exactly('peer', `feed ${id}`, kills, await foundOf(quirk, ground)))
  for (const door of ['WSS-04', 'WSS-09'])
    rows.push(
      exactly(
        'peer',
        `feed open to all, ${door}`,
        [door],
        await foundOf({ isOpen: true }, ground, { only: door }),
      ),
    )
  for (const { id, quirk } of EQUAL_FEEDS)
    rows.push(exactly('no-op', `feed ${id}`, [], await foundOf(quirk, ground)))
  for (const { requirement } of FEED_CHECKS) {
    const checks = FEED_CHECKS.filter((it) => it.requirement !== requirement)
    const mutants = BROKEN_FEEDS.filter((it) => it.kills.join() === requirement)
    const found = []
    for (const { quirk } of mutants) found.push(await foundOf(quirk, ground, { checks }))
    rows.push(
      noticed(
        `without the check of ${requirement}`,
        found.some((it) => it.length === 0),
      ),
    )
    const broken = FEED_CHECKS.map((it) => (it.requirement === requirement ? { ...it, judge } : it))
    const said = await foundOf({}, ground, { checks: broken })
    rows.push(
      noticed(`the check of ${requirement} fails by itself`, said.includes('harness-error')),
    )
  }
  return rows
}

function judge(): never {
  throw new Error('broken on purpose')
}

async function foundOf(
  quirk: FeedQuirk,
  { register, nouns, seed }: Ground,
  {
    checks = FEED_CHECKS,
    only,
  }: { readonly checks?: readonly FeedCheck[]; readonly only?: string } = {},
): Promise<readonly string[]> {
  const found: string[] = []
  for (const it of register.sockets) {
    if (only !== undefined && !it.requirements.includes(only)) continue
    const subject = subjectOf(it.noun, nouns)
    if (subject === undefined) continue
    const { ask, feed } = referenceFeed(it.noun, quirk)
    const feeding = { ask, feed, wire: openWire(), seed, waitMs: 0, checks }
    for (const seen of await playSockets(it, subject, feeding)) {
      found.push(...seen.observations.map((one) => one.requirement))
      if (seen.undecided !== undefined) found.push('harness-error')
    }
  }
  return found
}
