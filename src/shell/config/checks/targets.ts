// Checks of who answers: of the parties of a route the first one does, and the others are told of it.

import { VERBS } from '../../../envelope/verbs.ts'
import type { Binding, Topology, Way } from '../../../gateway/parties/party.ts'
import { resolved } from '../../../gateway/parties/routing.ts'
import { each } from './check.ts'
import type { Across, Check } from './check.ts'

/** What a binding does that brings no answer back, as a sender hears of it. */
const ONE_WAY: Partial<Record<Binding['type'] | '', string>> = {
  file: 'writes a file',
  notify: 'writes a line in the log',
}

type Kind = Binding['type'] | ''

/** Of each target; empty where nobody can say yet who it is. */
function kindsOf({ to }: Way, { parties, aliases }: Topology): readonly Kind[] {
  return to.map((it) => parties.find(({ id }) => id === resolved(it, aliases))?.binding?.type ?? '')
}

function isOneWay(kind: Kind): boolean {
  return ONE_WAY[kind] !== undefined
}

/** A query that a party shall answer which cannot. */
export const unansweredQueries: Check = ({ topology }) =>
  topology.ways.flatMap((way, at) => {
    const [kind = ''] = kindsOf(way, topology)
    const does = ONE_WAY[kind]
    if (does === undefined) return []
    const who = `${way.to[0] ?? ''}${way.to.length > 1 ? ', the first in to,' : ''}`
    const message = `${who} only ${does} (binding ${kind}), so nobody would answer; leave out get, or put first in to a party that answers`
    return queriesOf(way, at).map(({ path }) => ({ path, message }))
  })

/** A query that others are told of besides the one that answers: what they say is heard by nobody. */
export const unheardAnswers: Check = ({ topology }) =>
  topology.ways.flatMap((way, at): readonly Across[] => {
    const [first = '', ...others] = kindsOf(way, topology)
    const unheard = way.to.slice(1).filter((_, nr) => !isOneWay(others[nr] ?? ''))
    if (isOneWay(first) || unheard.length === 0) return []
    const message = `only ${way.to[0] ?? ''}, the first in to, is heard, and nobody hears what ${unheard.join(' and ')} would answer; give get a route to one party`
    return queriesOf(way, at).map(({ path }) => ({ path, severity: 'warning', message }))
  })

function queriesOf({ when }: Way, at: number) {
  return each(['routes', at, 'when', 'verb'], when.verb).filter(({ text }) => text === 'get')
}

/** A request whose sender is told OK when nobody has carried it out. A file that others empty may be all that is meant. */
export const unheardRequests: Check = ({ topology }) =>
  topology.ways.flatMap((way, at): readonly Across[] => {
    const kinds = kindsOf(way, topology)
    const [kind = ''] = kinds
    const does = ONE_WAY[kind]
    const better = way.to.find((_, nr) => kinds[nr] !== '' && !isOneWay(kinds[nr] ?? ''))
    const isMeant = kind === 'file' && better === undefined
    if (does === undefined || !takesRequests(way) || isMeant) return []
    const mend = better === undefined ? 'put first one that carries it out' : `put ${better} first`
    const message = `the first in to answers, and ${way.to[0] ?? ''} only ${does} (binding ${kind}), so that the sender of a request is told OK when nobody has carried it out; ${mend}`
    return [{ path: ['routes', at, 'to', 0], severity: 'warning', message }]
  })

function takesRequests({ when: { verb } }: Way): boolean {
  return verb === undefined || verb.some((it) => it !== 'get' && VERBS[it].kind === 'request')
}
