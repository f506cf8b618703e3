// The engine in the database thread, as it looks from the main thread.

import type { Engine } from './engine.ts'

/** Sends one call to the thread and gives what it answered. */
export type Send = (method: string, parameters: readonly unknown[]) => Promise<unknown>

/** An engine whose methods are calls. */
export function remoteEngine(send: Send): Engine {
  const method =
    <M extends keyof Engine>(name: M) =>
    (...parameters: Parameters<Engine[M]>): ReturnType<Engine[M]> =>
      send(name, parameters) as ReturnType<Engine[M]>
  return {
    message: method('message'),
    objects: method('objects'),
    nouns: method('nouns'),
    gone: method('gone'),
    owners: method('owners'),
    identities: method('identities'),
    page: method('page'),
    counts: method('counts'),
    commit: method('commit'),
    events: method('events'),
    horizon: method('horizon'),
    leg: method('leg'),
    legTo: method('legTo'),
    legs: method('legs'),
    attempts: method('attempts'),
    claim: method('claim'),
    release: method('release'),
    expired: method('expired'),
    nextDue: method('nextDue'),
    overdue: method('overdue'),
    missed: method('missed'),
    backlog: method('backlog'),
    audit: method('audit'),
    auditEnds: method('auditEnds'),
    configurations: method('configurations'),
    forgetSlice: method('forgetSlice'),
  }
}
