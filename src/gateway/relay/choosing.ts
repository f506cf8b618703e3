// Which parties a message goes to: the way of its noun, verb and sender in the topology that is in force, as far as the
// objects that it is about are theirs.

import type { JsonObject } from '../../schema/json-text.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { verbRow } from '../../envelope/verbs.ts'
import { providerOf, wayOf } from '../parties/index.ts'
import type { Choice, Routed } from '../parties/index.ts'
import type { Party, Topology } from '../parties/party.ts'
import type { Standing } from '../standing.ts'
import type { ContentOf } from '../content.ts'
import { setIn, targetOf } from './routes-apart.ts'

/** What choosing needs from outside. */
export interface ChoosingParts {
  readonly topology: () => Topology
  readonly schemas: SchemaSet
  readonly contentOf: ContentOf
}

/** Where a message goes now. @param message whose operations lead the way where none takes an OperationSet */
export type Choose = (
  it: Routed,
  standing: Pick<Standing, 'providers' | 'sharing'>,
  message?: JsonObject,
) => Choice

/** Over the ways of one topology. */
export function choosingOn({ topology, schemas, contentOf }: ChoosingParts): Choose {
  /** A provider's way to itself, and nobody's to what is another's. */
  function chosen(it: Routed, { providers }: Pick<Standing, 'providers'>): Choice {
    const [provider, ...others] = providers
    const choice = wayOf(topology(), it, others.length === 0 ? provider : undefined)
    if (others.length > 0 && choice.kind === 'none' && /\{provider\}/.test(choice.reason))
      return { kind: 'none', reason: severalProviders(providers) }
    if (choice.kind !== 'parties') return choice
    const isOwn = ({ id }: Party) => {
      const own = providerOf(id, topology())
      return own === undefined || providers.every((one) => one === own)
    }
    const parties = choice.parties.filter(isOwn)
    if (parties.length > 0) return { ...choice, parties }
    return { kind: 'none', reason: notTheirs(choice) }
  }

  /** Of what has happened to something that several share, all of them hear. */
  function told(it: Routed, { providers, sharing = [] }: Parameters<Choose>[1]): Choice {
    const isShared = sharing.length > 1 && verbRow(it.verb)?.kind === 'event'
    const each = (isShared ? sharing.map((one) => [one]) : [providers]).map((some) =>
      chosen(it, { providers: some }),
    )
    const found = each.filter((one) => one.kind === 'parties')
    const [first] = found
    if (first === undefined) return each[0] ?? chosen(it, { providers })
    return { ...first, parties: [...new Set(found.flatMap(({ parties }) => parties))] }
  }

  /** True where a way says something of this noun; one that takes every noun says nothing of a set. */
  function isNamed({ noun }: Routed): boolean {
    return topology().ways.some(({ when }) => when.noun?.includes(noun) ?? false)
  }

  /** Where nothing is said of a query or a set by its own noun, it goes the way of what it asks for. */
  return (it, standing, message) => {
    const choice = told(it, standing)
    const isSet = setIn(message, contentOf) !== undefined && !isNamed(it)
    if (choice.kind !== 'none' && !isSet) return choice
    const asked = schemas.catalogue.queried(it.noun)
    if (asked !== undefined) return chosen({ ...it, noun: asked }, standing)
    const each = (setIn(message, contentOf)?.tasks ?? []).map(({ noun, verb }) =>
      chosen({ ...it, noun, verb }, standing),
    )
    const [first = choice, ...others] = each
    // Operations that lead apart have been refused by name.
    const isTogether = others.every((one) => targetOf(one) === targetOf(first))
    return isTogether && (first.kind !== 'none' || choice.kind === 'none') ? first : choice
  }
}

function severalProviders(providers: readonly string[]): string {
  return `It is about objects of several providers, ${providers.join(' and ')}; send them one by one.`
}

function notTheirs({ way, parties }: Extract<Choice, { readonly kind: 'parties' }>): string {
  const names = parties.map(({ id }) => id).join(' and ')
  return `The route ${way.id} leads to ${names}, and the objects belong to another provider.`
}
