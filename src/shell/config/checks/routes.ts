// Checks of routes: each is taken by some message, and leads to somebody.

import { VERBS } from '../../../envelope/verbs.ts'
import { isAllowed } from '../../../gateway/parties/index.ts'
import { takenBefore } from '../../../gateway/parties/covers.ts'
import { durationMs } from '../../../gateway/parties/duration.ts'
import type { Topology, Way } from '../../../gateway/parties/party.ts'
import { HERE, PROVIDER, resolved } from '../../../gateway/parties/routing.ts'
import { filled, matched, placesIn } from '../../../gateway/parties/patterns.ts'
import { meant } from '../meant.ts'
import type { Path } from '../tree.ts'
import { each } from './check.ts'
import type { Across, Check } from './check.ts'
import { unknownParty } from './who.ts'

interface Target {
  readonly at: number
  readonly way: Way
  readonly path: Path
  readonly text: string
}

function targets({ ways }: Topology): readonly Target[] {
  return ways.flatMap((way, at) =>
    each(['routes', at, 'to'], way.to).map((it) => ({ ...it, at, way })),
  )
}

/** A target that is no party, or has no binding. */
export const deadTargets: Check = ({ topology }) => {
  const { parties, aliases } = topology
  const known = [...parties.map((it) => it.id), ...Object.keys(aliases), HERE]
  return targets(topology).flatMap(({ path, text }): readonly Across[] => {
    const name = resolved(text, aliases)
    if (text === HERE || text.includes('*') || placesIn(name).length > 0) return []
    const because = [
      ['parties', name],
      ['partyAliases', text],
    ]
    const party = parties.find((it) => it.id === name)
    if (party === undefined)
      return [{ path, because, message: `there is no party ${name}${meant(name, known)}` }]
    const message = `${name} has no binding, so nothing can be sent to it; give it one`
    return party.binding === undefined ? [{ path, because, message }] : []
  })
}

/** `local` with others: cimgate answers by itself, and nobody else is sent anything. */
export const localBesideOthers: Check = ({ topology }) =>
  targets(topology)
    .filter(({ way, text }) => text === HERE && way.to.length > 1)
    .map(({ path }) => ({
      path,
      message: `${HERE} keeps the message here, so that the others get nothing; leave out the one or the others`,
    }))

/** A star in a target: it stands for any text, so it names nobody. */
export const starsInTargets: Check = ({ topology }) =>
  targets(topology)
    .filter(({ text }) => text.includes('*'))
    .map(({ path }) => ({
      path,
      message: 'a star names nobody; name the parties, or write {p} here and in from',
    }))

/** `{p}` in a target that nothing in `from` says. */
export const openPlaces: Check = ({ topology }) =>
  targets(topology).flatMap(({ path, text, way }): readonly Across[] => {
    const from = way.when.from ?? ['*']
    const open = placesIn(text).filter((it) => !from.every((one) => placesIn(one).includes(it)))
    const [first] = open
    if (first === undefined) return []
    const mend =
      first === PROVIDER
        ? 'name an alias here, and write {provider} in partyAliases'
        : `write {${first}} in every pattern of from`
    return [{ path, message: `nothing says what {${first}} is; ${mend}` }]
  })

/** `{p}` of a sender for whom there is no such target. */
export const placesToNobody: Check = ({ topology }) => {
  const { parties, aliases } = topology
  return targets(topology).flatMap(({ path, text, way }) => {
    const from = way.when.from ?? []
    return parties.flatMap(({ id }): readonly Across[] => {
      const fit = from.map((it) => matched(it, id)).find((it) => it !== undefined)
      if (fit === undefined || placesIn(text).length === 0) return []
      const name = resolved(filled(text, fit), aliases)
      const party = parties.find((it) => it.id === name)
      if (placesIn(name).length > 0 || party?.binding !== undefined) return []
      const why = party === undefined ? 'is no party' : 'has no binding'
      const message = `what ${id} sends leads to ${name}, which ${why}; add it, or narrow from`
      return [
        {
          path,
          because: [
            ['parties', id],
            ['parties', name],
          ],
          message,
        },
      ]
    })
  })
}

/** A party that nobody is, in routes, in what is awaited, and in what is compared. */
export const unknownSenders: Check = (facts) => {
  const { written } = facts
  const places: readonly (readonly [Path, readonly string[] | undefined])[] = [
    ...written.routes.map((it, at) => [['routes', at, 'when', 'from'], it.when.from] as const),
    ...written.awaiting.flatMap((it, at) => [
      [['awaiting', at, 'after', 'from'], it.after.from] as const,
      [['awaiting', at, 'expect', 'from'], it.expect.from] as const,
    ]),
    ...written.reconciliations.flatMap(({ source, target }, at) => [
      [['reconciliations', at, 'target'], [target]] as const,
      ...(source === undefined ? [] : [[['reconciliations', at, 'source'], [source]] as const]),
    ]),
  ]
  return places.flatMap(([path, from]) =>
    each(path, from).flatMap((it) => unknownParty(it.path, it.text, facts)),
  )
}

/** Replies are told apart by what they answer, and take no route. */
export const replyRoutes: Check = ({ written }) =>
  written.routes.flatMap(({ when }, at) =>
    each(['routes', at, 'when', 'verb'], when.verb)
      .filter(({ text }) => VERBS[text as keyof typeof VERBS].kind === 'reply')
      .map(({ path }) => ({
        path,
        message: 'a reply goes where its request came from, and takes no route; leave it out',
      })),
  )

const ROUTED = Object.entries(VERBS).flatMap(([verb, { kind }]) => (kind === 'reply' ? [] : [verb]))

/** A route that no message reaches. */
export const hiddenRoutes: Check = ({ topology: { ways } }) =>
  ways.flatMap(({ when }, at) => {
    const earlier = ways.slice(0, at)
    const takers = takenBefore(
      earlier.map((it) => it.when),
      when,
      ROUTED,
    )
    if (takers === undefined || takers.length === 0) return []
    const names = [...takers].sort((a, b) => a - b).map((it) => ways[it]?.id ?? '')
    const take = names.length === 1 ? 'takes' : 'take'
    const because = takers.map((it) => ['routes', it])
    const message = `${names.join(' and ')} before it ${take} all of its messages; put it first, or leave it out`
    return [{ path: ['routes', at], because, message }]
  })

/** A MessageID that is to be known again longer than its message is kept. */
export const shortMemory: Check = ({ written: { routes, retention } }) =>
  routes.flatMap(({ idempotency }, at) => {
    const isLonger = (durationMs(idempotency) ?? 0) > (durationMs(retention.messages) ?? 0)
    const message = `messages are kept for ${retention.messages} only, so a MessageID is forgotten then; raise retention.messages, or write less`
    return isLonger ? [{ path: ['routes', at, 'idempotency'], severity: 'warning', message }] : []
  })

/** An address for replies that is neither at the binding nor allowed. */
export const foreignReplyAddresses: Check = ({ topology: { parties, allowedAddresses } }) =>
  parties.flatMap(({ id, binding, replyAddresses }) => {
    const own = binding !== undefined && 'url' in binding ? [new URL(binding.url).origin] : []
    const known = [...own, ...allowedAddresses]
    return each(['parties', id, 'replyAddresses'], replyAddresses)
      .filter(({ text }) => own.length > 0 && !isAllowed(text, known))
      .map(({ path }) => ({
        path,
        message: 'it is neither where the binding is nor below one of addresses; add it there',
      }))
  })
