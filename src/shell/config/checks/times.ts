// Checks of durations: each leaves time for what it waits for.

import { durationMs } from '../../../gateway/parties/duration.ts'
import { resolved } from '../../../gateway/parties/routing.ts'
import { TIMEOUT } from '../schema-parts.ts'
import type { Path } from '../tree.ts'
import type { Across, Check } from './check.ts'

/** In less than this no answer over a network can be counted on. */
const LEAST_WAIT = '100ms'

/** A timeout in which hardly anybody can answer. */
export const shortTimeouts: Check = ({ written: { parties, routes } }) => {
  const all: readonly (readonly [Path, string])[] = [
    ...Object.entries(parties).flatMap(([id, { binding }]) =>
      binding !== undefined && 'timeout' in binding
        ? [[['parties', id, 'binding', 'timeout'], binding.timeout] as const]
        : [],
    ),
    ...routes.map(({ timeout }, at) => [['routes', at, 'timeout'], timeout] as const),
  ]
  const message = `hardly anybody answers in less than ${LEAST_WAIT}, so that most messages would fail; write seconds, such as 30s`
  return all
    .filter(([, text]) => isShorter(text, LEAST_WAIT))
    .map(([path]) => ({ path, severity: 'warning', message }))
}

/**
 * A reply that is given up while the party that answers may still be at it. Nothing is said where the party has no more
 * time than everybody: then it is the route that is meant to be quick.
 */
export const earlyGiveUps: Check = ({ written: { parties, routes, partyAliases } }) =>
  routes.flatMap(({ to: [first = ''], timeout }, at): readonly Across[] => {
    const id = resolved(first, partyAliases)
    const { binding } = parties[id] ?? {}
    if (binding === undefined || !('timeout' in binding)) return []
    const message = `${id} may take ${binding.timeout} to answer (binding.timeout), and its sender is told after ${timeout} that no reply came; write at least ${binding.timeout}, or less there`
    const because: readonly Path[] = [['parties', id]]
    return isShorter(TIMEOUT, binding.timeout) && isShorter(timeout, binding.timeout)
      ? [{ path: ['routes', at, 'timeout'], because, severity: 'warning', message }]
      : []
  })

/** A message that has expired before it is tried again. */
export const earlyExpiries: Check = ({ written: { routes } }) =>
  routes.flatMap(({ expires, retry: [first] }, at): readonly Across[] => {
    if (expires === undefined || first === undefined || !isShorter(expires, first)) return []
    const message = `the first retry comes up to ${first} after the first try, when the message may have expired; write at least ${first}, or a shorter first wait in retry`
    return [{ path: ['routes', at, 'expires'], severity: 'warning', message }]
  })

/** What is over is looked at so often; whoever sends again does so within it, too. */
const LEAST_KEPT = '1h'

/** What is forgotten while it is still needed. */
export const shortRetention: Check = ({ written: { retention, routes, awaiting } }) => {
  const { messages, audit } = retention
  const kept = `messages are kept for ${messages} only`
  const mend = 'raise retention.messages, or write less'
  const longer = (path: Path, text: string, what: string): readonly Across[] =>
    isShorter(messages, text)
      ? [{ path, severity: 'warning', message: `${kept}, so ${what}; ${mend}` }]
      : []
  const absurd = `a message that is sent again after ${messages} would be carried out again, and nobody could look it up; write at least ${LEAST_KEPT}, better 90d`
  const unaudited = `messages are kept for ${messages}, so that of some nobody could tell any more who saw or sent them again; write at least ${messages}`
  return [
    ...(isShorter(messages, LEAST_KEPT)
      ? [{ path: ['retention', 'messages'], severity: 'warning' as const, message: absurd }]
      : []),
    ...(isShorter(audit, messages)
      ? [{ path: ['retention', 'audit'], severity: 'warning' as const, message: unaudited }]
      : []),
    ...routes.flatMap(({ timeout }, at) =>
      longer(['routes', at, 'timeout'], timeout, 'a reply that comes later answers nothing'),
    ),
    ...awaiting.flatMap(({ within }, at) =>
      longer(['awaiting', at, 'within'], within, 'nobody could look up what an alarm is about'),
    ),
  ]
}

function isShorter(text: string, other: string): boolean {
  return (durationMs(text) ?? 0) < (durationMs(other) ?? 0)
}
