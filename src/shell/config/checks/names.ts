// Checks of names: each leads to one party, and to one that there is.

import { sourcesOf } from '../../../gateway/access/source.ts'
import { HERE, PROVIDER, resolved } from '../../../gateway/parties/routing.ts'
import { matched, placesIn } from '../../../gateway/parties/patterns.ts'
import { meant } from '../meant.ts'
import type { Path } from '../tree.ts'
import type { Across, Check } from './check.ts'

/** An alias that leads back to itself. */
export const aliasCircles: Check = ({ topology: { aliases } }) =>
  Object.keys(aliases).flatMap((name) =>
    Object.hasOwn(aliases, resolved(name, aliases))
      ? [{ path: ['partyAliases', name], message: 'it leads back to itself; write a party' }]
      : [],
  )

/** An alias to nobody. */
export const aliasTargets: Check = ({ topology: { aliases, parties } }) => {
  const ids = parties.map((it) => it.id)
  return Object.entries(aliases).flatMap(([name, target]): readonly Across[] => {
    const path = ['partyAliases', name]
    const because = [['parties', target]]
    const others = placesIn(target).filter((it) => it !== PROVIDER)
    if (others.length > 0)
      return [
        {
          path,
          message: `nothing says what {${others.join('}, {')}} is; only {${PROVIDER}} can stand in an alias`,
        },
      ]
    if (Object.hasOwn(aliases, target)) return []
    if (placesIn(target).length === 0)
      return ids.includes(target)
        ? []
        : [{ path, because, message: `there is no party ${target}${meant(target, ids)}` }]
    return ids.some((it) => matched(target, it) !== undefined)
      ? []
      : [
          {
            path,
            because: [['parties']],
            severity: 'warning',
            message: `no party is called so; add one such as ${target.replace(/\{\w+\}/g, 'acme')}`,
          },
        ]
  })
}

/** An alias with the name of a party, or of cimgate: it would hide it. */
export const aliasNames: Check = ({ topology: { aliases, parties }, written }) => {
  const taken = [HERE, written.source, ...parties.map((it) => it.id)]
  return Object.keys(aliases)
    .filter((it) => taken.includes(it))
    .map((it) => ({
      path: ['partyAliases', it],
      ofKey: true,
      message: `${it} is ${ownerOf(it, written.source)}; write another name`,
    }))
}

function ownerOf(name: string, source: string): string {
  if (name === HERE) return 'cimgate itself in routes'
  return name === source ? 'the Source of cimgate itself' : 'the name of a party'
}

/** A party with a name that stands for cimgate. */
export const reservedParties: Check = ({ topology: { parties }, written }) =>
  parties
    .filter((it) => it.id === HERE || it.id === written.source)
    .map(({ id }) => ({
      path: ['parties', id],
      ofKey: true,
      message: `${id} is ${ownerOf(id, written.source)}; write another name${id === HERE ? '' : ', here or as source'}`,
    }))

/** Parties whose names differ in capitals only. */
export const nearlySameParties: Check = ({ topology: { parties } }) =>
  parties.flatMap(({ id }, at) => {
    const other = parties.slice(0, at).find((it) => it.id.toLowerCase() === id.toLowerCase())
    const message = `it differs from ${other?.id ?? ''} in capitals only; write names that nobody takes for each other`
    return other === undefined
      ? []
      : [{ path: ['parties', id], ofKey: true, severity: 'warning', message }]
  })

/** A Source of several parties; another cimgate may well have kept the Source that this one has. */
export const sharedSources: Check = ({ topology, written }) => {
  const { parties } = topology
  const all = parties.map((it) => ({ id: it.id, names: sourcesOf(it, topology) }))
  return parties.flatMap(({ id, sources }) =>
    sources.flatMap((one, at): readonly Across[] => {
      const path = ['parties', id, 'sources', at]
      const other = all.find((it) => it.id !== id && it.names.includes(one))
      if (other !== undefined) {
        const message = `${one} is a Source of ${other.id}, too, and nobody could tell them apart; give it to one of them`
        return [{ path, because: [['parties', other.id]], message }]
      }
      const message = `${one} is the Source of this cimgate, too; write another source for one of them`
      return one === written.source ? [{ path, severity: 'warning', message }] : []
    }),
  )
}

/** Routes, awaited messages or comparisons of one name: in logs, alarms and metrics they would be one. */
export const sameNames: Check = ({ written }) => [
  ...twice(
    'routes',
    written.routes.map((it, at) => it.name ?? `routes[${at}]`),
  ),
  ...twice(
    'awaiting',
    written.awaiting.map((it) => it.name),
  ),
  ...twice(
    'reconciliations',
    written.reconciliations.map((it) => it.name),
  ),
]

function twice(list: string, names: readonly string[]): readonly Across[] {
  return names.flatMap((name, at) => {
    const path: Path = [list, at, 'name']
    return names.indexOf(name) === at
      ? []
      : [
          {
            path,
            message: `${name} is the name of ${list}[${names.indexOf(name)}], too; write another one`,
          },
        ]
  })
}
