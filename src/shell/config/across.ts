// What no part of a configuration can know by itself: checks across parties, routes and the rest.

import { isAllowed } from '../../gateway/parties/index.ts'
import type { Topology } from '../../gateway/parties/party.ts'
import { HERE, resolved } from '../../gateway/parties/routing.ts'
import { meant } from './meant.ts'
import type { Complaint } from './problem.ts'
import type { Path } from './tree.ts'

/** A complaint, and what else it follows from: where that is broken itself, nothing is said. */
export interface Across extends Complaint {
  readonly because?: readonly Path[]
}

/** Everything that is wrong across a configuration. */
export function acrossProblems(topology: Topology): readonly Across[] {
  return [
    ...circles(topology),
    ...dead(topology),
    ...unreachable(topology),
    ...sameProofs(topology),
    ...elsewhere(topology),
  ]
}

function circles(topology: Topology): readonly Across[] {
  return Object.keys(topology.aliases).flatMap((name) =>
    Object.hasOwn(topology.aliases, resolved(name, topology.aliases))
      ? [{ path: ['partyAliases', name], message: 'it leads back to itself; name a party' }]
      : [],
  )
}

/** A way to a party that is not there, or that nothing can be sent to; what has `{p}` in it is known when a message comes. */
function dead(topology: Topology): readonly Across[] {
  const ids = topology.parties.map((it) => it.id)
  return topology.ways.flatMap(({ to }, at) =>
    to.flatMap((one): readonly Across[] => {
      const path = ['routes', at, 'to']
      const name = resolved(one, topology.aliases)
      if (one === HERE || /[{}]/.test(name)) return []
      const party = topology.parties.find((it) => it.id === name)
      const because = [['parties', name]]
      if (party === undefined)
        return [
          {
            path,
            because,
            message: `there is no party ${name}${meant(name, ids)}`,
          },
        ]
      return party.binding === undefined
        ? [
            {
              path,
              because,
              message: `${name} has no binding, so nothing can be sent to it; give it one`,
            },
          ]
        : []
    }),
  )
}

/** A way behind one that takes everything. */
function unreachable({ ways }: Topology): readonly Across[] {
  const all = ways.findIndex((it) => Object.keys(it.when).length === 0)
  return all < 0
    ? []
    : ways.slice(all + 1).map((_, at) => ({
        path: ['routes', all + 1 + at],
        message: `${ways[all]?.id ?? ''} before it takes every message; put it first`,
      }))
}

function sameProofs({ parties }: Topology): readonly Across[] {
  const seen = new Map<string, string>()
  return parties.flatMap(({ id, proofs }) =>
    proofs.flatMap((it, at) => {
      const key = it.kind === 'username-token' ? `user ${it.username}` : it.sha256
      const other = seen.get(key)
      seen.set(key, other ?? id)
      const message = `${String(other)} proves itself by the same, and nobody could tell them apart; give each its own`
      return other === undefined || other === id
        ? []
        : [{ path: ['parties', id, 'auth', at], message }]
    }),
  )
}

function elsewhere({ parties, allowedAddresses }: Topology): readonly Across[] {
  return parties.flatMap(({ id, binding, replyAddresses }) => {
    const own = binding !== undefined && 'url' in binding ? [new URL(binding.url).origin] : []
    const known = [...own, ...allowedAddresses]
    return replyAddresses.flatMap((it, at) =>
      own.length === 0 || isAllowed(it, known)
        ? []
        : [
            {
              path: ['parties', id, 'replyAddresses', at],
              message: 'it is neither where the binding is nor in addresses; add it there',
            },
          ],
    )
  })
}
