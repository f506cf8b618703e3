// Checks of parties: each can be told from others, reached, and is used.

import { relative, resolve } from 'node:path'
import { DIALECTS, dialectNamed, resourceFor } from '../../../dialects/index.ts'
import { isLoopback } from '../../../gateway/access/loopback.ts'
import type { Binding, Party, Topology, Way } from '../../../gateway/parties/party.ts'
import { matched, placesIn } from '../../../gateway/parties/patterns.ts'
import { resolved } from '../../../gateway/parties/routing.ts'
import { CIM_JSON } from '../../../gateway/relay/carriage.ts'
import { hasWords, pathsOf } from '../../../gateway/relay/vendor-carriage.ts'
import { meant } from '../meant.ts'
import { each } from './check.ts'
import type { Across, Check } from './check.ts'
import { unknownParty } from './who.ts'

/** A dialect that there is not. */
export const unknownDialects: Check = ({ topology: { parties } }) =>
  parties.flatMap(({ id, binding }) => {
    if (binding?.type !== 'json' || isDialect(binding.dialect)) return []
    const message = `there is no dialect ${binding.dialect}${meant(binding.dialect, [CIM_JSON, ...Object.keys(DIALECTS)])}`
    return [{ path: ['parties', id, 'binding', 'dialect'], message }]
  })

/** A path that is said to be elsewhere, and that nothing is sent to. */
export const unknownPaths: Check = ({ topology: { parties } }) =>
  parties.flatMap(({ id, binding }) => {
    if (binding?.type !== 'json' || dialectNamed(binding.dialect) === undefined) return []
    const known = pathsOf(binding.dialect)
    return Object.keys(binding.paths ?? {})
      .filter((it) => !known.includes(it))
      .map((it) => {
        const message = `the dialect ${binding.dialect} sends nothing to ${it}${meant(it, known)}`
        return { path: ['parties', id, 'binding', 'paths', it], message }
      })
  })

function isDialect(name: string): boolean {
  return name === CIM_JSON || dialectNamed(name) !== undefined
}

/** A noun on its way to a vendor whose dialect has no word for it. */
export const wordlessDialects: Check = ({ topology }) =>
  sent(topology).flatMap(({ party, way, at }) => {
    const { binding } = party
    if (binding?.type !== 'json' || binding.dialect === CIM_JSON || !isDialect(binding.dialect))
      return []
    const { dialect } = binding
    const speaks = `${party.id} speaks the dialect ${dialect}, which`
    const because = [['parties', party.id]]
    const isKnown = (noun: string) => resourceFor(dialect, noun) !== undefined
    const nouns = each(['routes', at, 'when', 'noun'], way.when.noun)
      .filter(({ text }) => !isKnown(text))
      .map(({ path, text }): Across => {
        const message = `${speaks} has no counterpart of ${text}; send it to another party`
        return { path, because, message }
      })
    const known = (way.when.noun ?? []).filter(isKnown)
    const verbs = each(['routes', at, 'when', 'verb'], known.length === 0 ? [] : way.when.verb)
      .filter(({ text }) => !known.some((noun) => hasWords(dialect, noun, text)))
      .map(({ path, text }): Across => {
        const message = `${speaks} has no way to ${text} ${known.join(' or ')}, so such messages are parked; send them to another party`
        return { path, because, message, severity: 'warning' }
      })
    return [...nouns, ...verbs]
  })

/** A noun or verb on its way to a party that does not take it: every such message would be parked. */
export const unfitTargets: Check = ({ topology }) =>
  sent(topology).flatMap(({ party, way, at }) => {
    const { nouns, verbs } = party.profile
    const unfit = (key: 'noun' | 'verb', can: readonly string[] | undefined): readonly Across[] =>
      each(['routes', at, 'when', key], way.when[key])
        .filter(({ text }) => can !== undefined && !can.includes(text))
        .map(({ path, text }) => ({
          path,
          because: [['parties', party.id]],
          severity: 'warning',
          message: `${party.id} takes no ${text} by its profile, so such messages are parked; add it there, or leave it out here`,
        }))
    return [...unfit('noun', nouns), ...unfit('verb', verbs)]
  })

interface Sent {
  readonly party: Party
  readonly way: Way
  readonly at: number
}

/** Parties by the routes that lead to them by name. */
function sent({ ways, parties, aliases }: Topology): readonly Sent[] {
  return ways.flatMap((way, at) =>
    way.to.flatMap((to) =>
      parties.filter((it) => it.id === resolved(to, aliases)).map((party) => ({ party, way, at })),
    ),
  )
}

/** Folders of which one is, or is in, another: the other side could not tell whose files they are. */
export const sameFolders: Check = ({ topology: { parties } }) => {
  const folders = parties.flatMap(({ id, binding }) =>
    binding?.type === 'file' ? [{ id, folder: resolve(binding.folder) }] : [],
  )
  return folders.flatMap(({ id, folder }, at) => {
    const other = folders
      .slice(0, at)
      .find((it) => isIn(folder, it.folder) || isIn(it.folder, folder))
    if (other === undefined) return []
    const what = other.folder === folder ? 'it is the folder' : 'one is inside the folder'
    const message = `${what} of ${other.id}, too, and nobody could tell whose the files are; write another one`
    const because = [['parties', other.id]]
    return [{ path: ['parties', id, 'binding', 'folder'], because, message }]
  })
}

function isIn(inner: string, outer: string): boolean {
  return !/^\.\.(?:[/\\]|$)/.test(relative(outer, inner))
}

/** A secret that is sent in the open. */
export const openCredentials: Check = ({ topology: { parties } }) =>
  parties.flatMap(({ id, binding }) => {
    if (binding === undefined || !('url' in binding) || !hasSecret(binding)) return []
    const { protocol, hostname } = new URL(binding.url)
    const message = 'the credential goes over http in the open; write https'
    return protocol === 'https:' || isLoopback(hostname)
      ? []
      : [{ path: ['parties', id, 'binding', 'url'], severity: 'warning', message }]
  })

/** A secret that is sent in the open to an authorization server. */
export const openClientSecrets: Check = ({ topology: { parties } }) =>
  parties.flatMap(({ id, binding }) => {
    const credential = binding !== undefined && 'url' in binding ? binding.credential : undefined
    if (credential?.kind !== 'oauth2') return []
    const { protocol, hostname } = new URL(credential.tokenUrl)
    const path = ['parties', id, 'binding', 'credential', 'oauth2', 'tokenUrl']
    const message = 'the secret of the client goes over http in the open; write https'
    return protocol === 'https:' || isLoopback(hostname)
      ? []
      : [{ path, severity: 'warning', message }]
  })

function hasSecret(it: Binding): boolean {
  return (
    'url' in it &&
    (it.credential !== undefined || (it.type === 'soap' && it.usernameToken !== undefined))
  )
}

/** A sender of a route that cannot prove who it is. */
export const silentSenders: Check = ({ topology: { parties, ways } }) =>
  parties.flatMap(({ id, proofs }) => {
    const at = ways.findIndex((it) => it.when.from?.includes(id) === true)
    const message = `routes[${at}] waits for its messages, and without auth it cannot prove who it is; write auth, or leave out the route`
    return proofs.length > 0 || at < 0
      ? []
      : [
          {
            path: ['parties', id],
            ofKey: true,
            because: [['parties', id, 'auth']],
            severity: 'warning',
            message,
          },
        ]
  })

/** A party that shall be kept from seeing something, or whose objects they are, and is not there. */
export const unknownOnlookers: Check = (facts) =>
  facts.written.visibility.flatMap(({ party, owner }, at) => [
    ...unknownParty(['visibility', at, 'party'], party, facts),
    ...(owner === undefined || owner === PROVIDERS
      ? []
      : unknownParty(['visibility', at, 'owner'], owner, facts)),
  ])

/** stands for the parties of all providers */
const PROVIDERS = 'third-party'

/** A party that no route leads to or comes from, though there are routes. */
export const unusedParties: Check = ({ topology }) => {
  const { ways, parties } = topology
  if (ways.length === 0) return []
  return parties
    .filter((it) => !isUsed(it, topology))
    .map(({ id }) => ({
      path: ['parties', id],
      ofKey: true,
      because: [['routes']],
      severity: 'warning',
      message: 'no route leads to it or takes what it sends; add one, or leave it out',
    }))
}

/** Whoever looks on needs no route. */
function isUsed(
  { id, operator, rights, topics, proofs }: Party,
  { ways, aliases }: Topology,
): boolean {
  if (operator === true || topics !== undefined || !isSending(rights)) return true
  return ways.some(({ when, to }) => {
    const isSender =
      proofs.length > 0 && (when.from ?? ['*']).some((it) => matched(it, id) !== undefined)
    return isSender || to.some((one) => isMeant(resolved(one, aliases), id))
  })
}

function isSending(rights: Party['rights']): boolean {
  return rights?.includes('exchange') ?? true
}

function isMeant(target: string, id: string): boolean {
  return target === id || (placesIn(target).length > 0 && matched(target, id) !== undefined)
}
