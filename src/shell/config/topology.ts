// What a configuration says of parties and routes -> the topology of the gateway, or what is wrong between them.

import { isAllowed } from '../../gateway/parties/index.ts'
import type {
  Binding,
  Credential,
  OrderKey,
  Party,
  Proof,
  Topology,
  Way,
  When,
} from '../../gateway/parties/party.ts'
import { HERE, resolved } from '../../gateway/parties/routing.ts'
import type { ConfigFault } from './index.ts'
import { digestOf, secretAt } from './secrets.ts'
import type { SecretPlace } from './secrets.ts'
import type { Written } from './schema.ts'

type Environment = Readonly<Record<string, string | undefined>>
type WrittenParty = Written['parties'][string]
type WrittenBinding = NonNullable<WrittenParty['binding']>

/** @param text of the configuration, which its version is made of */
export function topologyIn(
  written: Written,
  text: string,
  environment: Environment,
): Topology | ConfigFault {
  const problems: string[] = []
  const secret = (path: string, place: SecretPlace) => {
    const found = secretAt(place, environment)
    if ('secret' in found) return found.secret
    problems.push(`${path}: ${found.problem}.`)
    return ''
  }
  const parties = Object.entries(written.parties).map(([id, it]) => partyOf(id, it, secret))
  const topology: Topology = {
    version: digestOf(text),
    deployment: written.deployment,
    parties,
    aliases: written.partyAliases,
    ways: written.routes.map(wayOf),
    visibility: written.visibility.map(({ owner, ...it }) => ({
      ...it,
      ...(owner === undefined ? {} : { owner }),
    })),
    awaiting: written.awaiting.map((it) => ({
      id: it.name,
      after: whenOf(it.after),
      expect: whenOf(it.expect),
      key: it.key,
      withinMs: it.within,
    })),
    allowedAddresses: written.addresses,
    access: written.access,
  }
  problems.push(...between(topology))
  return problems.length > 0 ? { problems } : topology
}

type SecretIn = (path: string, place: SecretPlace) => string

function partyOf(id: string, it: WrittenParty, secret: SecretIn): Party {
  const { org, binding, auth, sources, tolerate, aliases, mixedBatch, replyAddresses } = it
  const { nouns, verbs, ...can } = it.profile
  const path = `parties.${id}`
  return {
    id,
    org,
    sources,
    tolerate,
    aliases,
    mixedBatch,
    replyAddresses,
    ...(it.operator ? { operator: true } : {}),
    ...(it.topics === undefined ? {} : { topics: it.topics }),
    profile: {
      ...can,
      ...(nouns === undefined ? {} : { nouns }),
      ...(verbs === undefined ? {} : { verbs }),
    },
    ...(binding === undefined
      ? {}
      : { binding: bindingOf(binding, (place) => secret(`${path}.binding`, place)) }),
    proofs: auth.map((one, at) => proofOf(one, (place) => secret(`${path}.auth.${at}`, place))),
  }
}

function bindingOf(it: WrittenBinding, secret: (place: SecretPlace) => string): Binding {
  if (it.type === 'file' || it.type === 'notify') return it
  const { timeout: timeoutMs, credential, healthUrl, ...own } = it
  const http = {
    timeoutMs,
    ...(credential === undefined ? {} : { credential: credentialOf(credential, secret) }),
    ...(healthUrl === undefined ? {} : { healthUrl }),
  }
  if (own.type !== 'soap') return { ...own, ...http }
  const { usernameToken: token, ...soap } = own
  if (token === undefined) return { ...soap, ...http }
  return { ...soap, ...http, usernameToken: { ...token, password: secret(token.password) } }
}

function credentialOf(
  it: NonNullable<Extract<WrittenBinding, { readonly url: string }>['credential']>,
  secret: (place: SecretPlace) => string,
): Credential {
  if ('bearer' in it) return { kind: 'bearer', token: secret(it.bearer) }
  if ('apiKey' in it) return { kind: 'api-key', header: it.header, key: secret(it.apiKey) }
  return { kind: 'basic', username: it.username, password: secret(it.password) }
}

function proofOf(it: WrittenParty['auth'][number], secret: (place: SecretPlace) => string): Proof {
  if ('apiKey' in it) return { kind: 'api-key', sha256: digestOf(secret(it.apiKey)) }
  if ('bearer' in it) return { kind: 'bearer', sha256: digestOf(secret(it.bearer)) }
  return { kind: 'username-token', username: it.username, password: secret(it.password) }
}

function wayOf(it: Written['routes'][number], at: number): Way {
  return {
    id: it.name ?? `routes[${at}]`,
    when: whenOf(it.when),
    to: it.to,
    reply: it.reply,
    order: orderOf(it.order),
    timeoutMs: it.timeout,
    retry: { delaysMs: it.retry },
    idempotencyMs: it.idempotency,
    whenTargetDown: it.whenTargetDown,
    priority: it.priority,
    ...(it.expires === undefined ? {} : { expiresMs: it.expires }),
  }
}

function whenOf({ noun, verb, from }: Written['routes'][number]['when']): When {
  return {
    ...(noun === undefined ? {} : { noun }),
    ...(verb === undefined ? {} : { verb }),
    ...(from === undefined ? {} : { from }),
  }
}

function orderOf(text: string): OrderKey {
  if (text === 'none' || text === 'noun') return { by: text }
  return { by: 'key', path: text.slice('key:'.length) }
}

/** What no part of the file can know by itself. */
function between(topology: Topology): readonly string[] {
  return [
    ...circles(topology),
    ...dead(topology),
    ...unreachable(topology),
    ...sameProofs(topology),
    ...elsewhere(topology),
  ]
}

function circles(topology: Topology): readonly string[] {
  return Object.keys(topology.aliases).flatMap((name) =>
    Object.hasOwn(topology.aliases, resolved(name, topology.aliases))
      ? [`partyAliases.${name}: it leads back to itself.`]
      : [],
  )
}

/** A way to a party that is not there, or that nothing can be sent to; what has `{p}` in it is known when a message comes. */
function dead(topology: Topology): readonly string[] {
  const ids = topology.parties.map((it) => it.id)
  return topology.ways.flatMap(({ id, to }) =>
    to.flatMap((one) => {
      const name = resolved(one, topology.aliases)
      if (one === HERE || /[{}]/.test(name)) return []
      const party = topology.parties.find((it) => it.id === name)
      if (party === undefined)
        return [`${id}.to: there is no party ${name}; there are ${ids.join(', ') || 'none'}.`]
      return party.binding === undefined
        ? [`${id}.to: ${name} has no binding, so nothing can be sent to it.`]
        : []
    }),
  )
}

/** A way behind one that takes everything. */
function unreachable({ ways }: Topology): readonly string[] {
  const all = ways.findIndex((it) => Object.keys(it.when).length === 0)
  return all < 0
    ? []
    : ways
        .slice(all + 1)
        .map((it) => `${it.id}: ${ways[all]?.id ?? ''} before it takes every message.`)
}

function sameProofs({ parties }: Topology): readonly string[] {
  const seen = new Map<string, string>()
  return parties.flatMap(({ id, proofs }) =>
    proofs.flatMap((it) => {
      const key = it.kind === 'username-token' ? `user ${it.username}` : it.sha256
      const other = seen.get(key)
      seen.set(key, other ?? id)
      return other === undefined || other === id
        ? []
        : [`parties.${id}.auth: ${other} proves itself by the same; nobody could tell them apart.`]
    }),
  )
}

function elsewhere({ parties, allowedAddresses }: Topology): readonly string[] {
  return parties.flatMap(({ id, binding, replyAddresses }) => {
    const own = binding !== undefined && 'url' in binding ? [new URL(binding.url).origin] : []
    const known = [...own, ...allowedAddresses]
    return replyAddresses.flatMap((it) =>
      own.length === 0 || isAllowed(it, known)
        ? []
        : [`parties.${id}.replyAddresses: ${it} is neither where its binding is nor in addresses.`],
    )
  })
}
