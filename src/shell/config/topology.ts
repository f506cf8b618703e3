// What a configuration says of parties and routes -> the topology of the gateway, or what is wrong between them.

import { dirname, isAbsolute, join } from 'node:path'
import { POLICIES, POLICY_NAMES } from '../../flows/policy.ts'
import { CHOICES, CHOICE_NAMES } from '../../flows/choices.ts'
import type { Choices } from '../../flows/choices.ts'
import { QUANTITIES, QUANTITY_NAMES } from '../../flows/quantities.ts'
import type { Quantities } from '../../flows/quantities.ts'
import { rightsIn } from '../../gateway/access/rights.ts'
import type { TlsMaterial } from '../../gateway/access/tls.ts'
import type { MailServer } from '../../gateway/mail-rules.ts'
import { durationMs } from '../../gateway/parties/duration.ts'
import type {
  Binding,
  Credential,
  OrderKey,
  Party,
  Topology,
  Way,
  When,
} from '../../gateway/parties/party.ts'
import { accessOf, clientTlsOf, proofOf, tlsOf } from './access.ts'
import type { SecretIn } from './access.ts'
import { acrossProblems } from './checks/index.ts'
import { mailOf } from './files.ts'
import type { Environment } from './environment.ts'
import { problemIn } from './problem.ts'
import type { Complaint, Problem } from './problem.ts'
import { secretAt } from './secrets.ts'
import type { Written } from './schema.ts'
import { placeOf, writtenPath } from './tree.ts'
import type { Path, Place, Tree } from './tree.ts'

type WrittenParty = Written['parties'][string]
type WrittenBinding = NonNullable<WrittenParty['binding']>

/** What the topology is made of besides what is written. */
export interface Around {
  /** where secrets are looked for */
  readonly environment: Environment
  /** paths of what has been taken out because it is wrong: no more is said of it */
  readonly broken: readonly Path[]
}

/** The topology, without a version yet, and what is wrong across it. */
export interface Made {
  readonly topology: Topology
  readonly tls: TlsMaterial | undefined
  readonly mail: MailServer | undefined
  readonly problems: readonly Problem[]
  /** files with secrets */
  readonly files: readonly string[]
}

/** @param tree that it is written in */
export function topologyIn(written: Written, tree: Tree, around: Around): Made {
  const complaints: Complaint[] = []
  const files: string[] = []
  const secret: SecretIn = (path, place, what) => {
    const at = placeOf(tree, [...path, 'file'])
    const kept = typeof place === 'string' ? place : { file: besideIt(place.file, at) }
    if (typeof kept !== 'string') files.push(kept.file)
    const found = secretAt(kept, around.environment, what)
    if ('secret' in found) return found.secret
    complaints.push({ path, message: found.problem })
    // No two that are missing are the same.
    return `missing ${complaints.length}`
  }
  const topology = topologyOf(written, secret)
  const tls = tlsOf(written.tls, secret)
  const mail = mailOf(written.mail, secret)
  const across = acrossProblems({ written, topology, tls })
  const isBroken = (path: Path) => {
    const own = writtenPath(tree, path)
    return around.broken.some((it) => it.every((step, at) => at >= own.length || step === own[at]))
  }
  const left = across.filter((it) => ![it.path, ...(it.because ?? [])].some(isBroken))
  return {
    topology,
    tls,
    mail,
    problems: [...complaints, ...left].map((it) => problemIn(tree, it)),
    files,
  }
}

/** A path is one beside the file that names it; in a variable of the environment, one of the working directory. */
function besideIt(path: string, at: Place): string {
  return isAbsolute(path) || !('file' in at) ? path : join(dirname(at.file), path)
}

function topologyOf(written: Written, secret: SecretIn): Topology {
  return {
    version: '',
    deployment: written.deployment,
    parties: Object.entries(written.parties).map(([id, it]) => partyOf(id, it, secret)),
    aliases: written.partyAliases,
    ways: written.routes.map(wayOf),
    visibility: written.visibility.map(({ owner, only, ...it }) => ({
      ...it,
      ...(only === undefined ? {} : { only }),
      ...(owner === undefined ? {} : { owner }),
    })),
    awaiting: written.awaiting.map((it) => ({
      id: it.name,
      after: whenOf(it.after),
      expect: whenOf(it.expect),
      key: it.key,
      withinMs: msOf(it.within),
    })),
    reconciliations: written.reconciliations.map(({ name: id, source = '', at, ...it }) => ({
      ...{ id, source, ...it },
      atMinute: minuteOf(at),
    })),
    orchestrated: Object.keys(written.flows).filter((it) => written.flows[it]?.orchestrate),
    given: Object.fromEntries(
      Object.entries(written.flows)
        .map(([id, it]) => [id, givenOf(it)] as const)
        .filter(([, it]) => Object.keys(it).length > 0),
    ),
    unguarded: Object.keys(written.flows).filter((it) => written.flows[it]?.guard === false),
    policies: POLICY_NAMES.filter((it) => written.flows[POLICIES[it].flow]?.[it]),
    quantities: quantitiesOf(written.flows),
    choices: choicesOf(written.flows),
    allowedAddresses: written.addresses,
    access: accessOf(written.access, secret),
  }
}

/** Minutes after midnight. */
function minuteOf(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number)
  return hours * 60 + minutes
}

/** As written, else as usual. */
function quantitiesOf(flows: Written['flows']): Quantities {
  const each = QUANTITY_NAMES.map((it) => {
    const { flow, usually } = QUANTITIES[it]
    const own = flows[flow]?.[it] ?? usually
    return [it, typeof own === 'string' ? msOf(own) : own] as const
  })
  return Object.fromEntries(each) as Quantities
}

function choicesOf(flows: Written['flows']): Choices {
  const each = CHOICE_NAMES.map((it) => {
    const { flow, usually } = CHOICES[it]
    return [it, flows[flow]?.[it] ?? usually] as const
  })
  return Object.fromEntries(each) as Choices
}

/** What orchestrated messages say where nobody else does. */
function givenOf({ crewETA, contactType }: Written['flows'][string]) {
  return {
    ...(crewETA === undefined ? {} : { crewAfterMs: msOf(crewETA) }),
    ...(contactType === undefined ? {} : { contactType }),
  }
}

function partyOf(id: string, it: WrittenParty, secret: SecretIn): Party {
  const { org, binding, auth, sources, tolerate, aliases, mixedBatch, replyAddresses } = it
  const { nouns, verbs, itemwise, ...can } = it.profile
  const path = ['parties', id]
  return {
    id,
    org,
    sources,
    ...(it.roles.length === 0 ? {} : { roles: it.roles }),
    tolerate,
    aliases,
    mixedBatch,
    replyAddresses,
    ...(it.rights === undefined ? {} : { rights: rightsIn(it.rights) }),
    ...(it.operator ? { operator: true } : {}),
    ...(it.serves === undefined ? {} : { serves: it.serves }),
    ...(it.topics === undefined ? {} : { topics: it.topics }),
    ...(it.rate === undefined ? {} : { rate: it.rate }),
    ...(it.urgent ? { urgent: true } : {}),
    ...(it.timeZone === undefined ? {} : { timeZone: it.timeZone }),
    profile: {
      ...can,
      ...(nouns === undefined ? {} : { nouns }),
      ...(verbs === undefined ? {} : { verbs }),
      ...(itemwise === undefined ? {} : { itemwise }),
    },
    ...(binding === undefined
      ? {}
      : {
          binding: bindingOf(binding, (rest, place) =>
            secret([...path, 'binding', ...rest], place),
          ),
        }),
    proofs: auth.map((one, at) =>
      proofOf(one, (rest, place) => secret([...path, 'auth', at, ...rest], place)),
    ),
  }
}

function bindingOf(it: WrittenBinding, secret: SecretIn): Binding {
  if (it.type === 'file' || it.type === 'notify') return it
  const { timeout, credential, tls, healthUrl, ...own } = it
  const http = {
    timeoutMs: msOf(timeout),
    ...(credential === undefined
      ? {}
      : {
          credential: credentialOf(credential, (rest, place) =>
            secret(['credential', ...rest], place),
          ),
        }),
    ...(tls === undefined ? {} : { tls: clientTlsOf(tls, secret) }),
    ...(healthUrl === undefined ? {} : { healthUrl }),
  }
  if (own.type !== 'soap') return { ...own, ...http }
  const { usernameToken: token, ...soap } = own
  if (token === undefined) return { ...soap, ...http }
  return {
    ...soap,
    ...http,
    usernameToken: { ...token, password: secret(['usernameToken', 'password'], token.password) },
  }
}

function credentialOf(
  it: NonNullable<Extract<WrittenBinding, { readonly url: string }>['credential']>,
  secret: SecretIn,
): Credential {
  if ('bearer' in it) return { kind: 'bearer', token: secret(['bearer'], it.bearer) }
  if ('oauth2' in it) {
    const { scope, audience, clientSecret: place, ...own } = it.oauth2
    return {
      kind: 'oauth2',
      ...own,
      clientSecret: secret(['oauth2', 'clientSecret'], place),
      ...(scope === undefined ? {} : { scope }),
      ...(audience === undefined ? {} : { audience }),
    }
  }
  if ('apiKey' in it)
    return { kind: 'api-key', header: it.header, key: secret(['apiKey'], it.apiKey) }
  return { kind: 'basic', username: it.username, password: secret(['password'], it.password) }
}

function wayOf(it: Written['routes'][number], at: number): Way {
  return {
    id: it.name ?? `routes[${at}]`,
    when: whenOf(it.when),
    to: it.to,
    reply: it.reply,
    order: orderOf(it.order),
    timeoutMs: msOf(it.timeout),
    retry: { delaysMs: it.retry.map(msOf) },
    idempotencyMs: msOf(it.idempotency),
    whenTargetDown: it.whenTargetDown,
    priority: it.priority,
    collection: it.collection,
    ...(it.expires === undefined ? {} : { expiresMs: msOf(it.expires) }),
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

/** Milliseconds of a duration that the schema has let through. */
export function msOf(text: string): number {
  return durationMs(text) ?? 0
}
