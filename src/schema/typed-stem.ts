// After what a message would be named in strongly typed form, and in which namespace: the noun that it says it is about.

import { verbRow } from '../envelope/verbs.ts'
import { messageNamespace } from './catalogue.ts'
import { isObject, member } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import type { SchemaSet } from './schemas.ts'

/** Why a message has no counterpart: one sentence each. */
export interface NoCounterpart {
  /** of the part that has none */
  readonly path: string
  readonly reason: string
  readonly mend: string
}

export interface Refused {
  readonly refused: NoCounterpart
}

/** Name and namespace of a family of typed roots. */
export interface Stem {
  /** `<X>`, `<X>OperationSet`, `<X>Queries` or `Get<X>` */
  readonly stem: string
  readonly ns: string
}

type Found = Stem | Refused

/** What the typed root is named after, and its namespace. */
export function stemOf(
  message: JsonObject,
  name: string,
  schemas: SchemaSet,
  noun: string | undefined,
): Found {
  const said = textOf(member(member(message, 'header'), 'Noun'))?.trim()
  const isSet = said?.endsWith(SET) === true || hasSet(message)
  if (isSet) return setStem(message, name, schemas, noun ?? said)
  if (verbOf(message)?.startsWith('execute') === true)
    return refusal(
      `/${name}/Payload`,
      'A typed execute carries an OperationSet, and this message has none',
      'Put the object into an Operation of an OperationSet.',
    )
  if (verbOf(message) === 'get') return queryStem(message, name, schemas)
  const stem = noun ?? said
  if (stem === undefined) return nounless(name)
  // --noun may name the OperationSet that a fault is about.
  return stem.endsWith(SET) && !schemas.catalogue.isNoun(stem)
    ? setStem(message, name, schemas, stem)
    : named(stem, message, name, schemas)
}

const SET = 'OperationSet'

function hasSet(message: JsonObject): boolean {
  return entriesIn(member(message, 'payload')).some(([it]) => it === SET)
}

function nounless(name: string): Found {
  return refusal(
    `/${name}`,
    name === 'FaultMessage'
      ? 'A typed fault is named after a noun, and a fault does not name one'
      : 'A typed message about an OperationSet is named after the noun in it, and this one names none',
    'Say it with --noun (in HTTP: noun=).',
  )
}

/** The query profile in Request; a get by ID alone has no typed counterpart. */
function queryStem(message: JsonObject, name: string, schemas: SchemaSet): Found {
  const request = member(message, 'request')
  const asked = isObject(request) ? Object.keys(request) : []
  const query = asked.find((it) => schemas.catalogue.queried(it) !== undefined)
  return query === undefined
    ? refusal(
        `/${name}/Request`,
        'A typed get carries a query profile in Request, and this one has none',
        'Ask by the query noun of the object (for example Get<Noun>).',
      )
    : named(query, message, name, schemas)
}

function setStem(
  message: JsonObject,
  name: string,
  schemas: SchemaSet,
  said: string | undefined,
): Found {
  const inside = nounsInSet(message)
  if (inside.length > 1)
    return refusal(
      `/${name}/Payload/OperationSet`,
      `A typed OperationSet is about one noun, and this one is about ${inside.join(' and ')}`,
      'Send one OperationSet for each noun.',
    )
  const noun = said?.replace(/OperationSet$/, '') || inside[0]
  if (noun === undefined) return nounless(name)
  const own = named(noun, message, name, schemas)
  if ('refused' in own) return own
  return { stem: `${noun}${SET}`, ns: own.ns.replace(/Message$/, `${SET}Message`) }
}

/** Nouns that the Operations name, by their payload root or else by their noun. */
function nounsInSet(message: JsonObject): readonly string[] {
  const set = entriesIn(member(message, 'payload')).find(([it]) => it === SET)?.[1]
  const list = member(set, 'Operation')
  const operations: readonly Json[] = Array.isArray(list) ? list : []
  const nouns = operations.map(
    (it) =>
      rootsOf(it)[0] ??
      textOf(member(it, 'noun'))
        ?.trim()
        .replace(/OperationSet$/, ''),
  )
  return [...new Set(nouns.filter((it): it is string => it !== undefined && it !== ''))]
}

/** Keys that hold a payload root: only these carry `@xmlns`. */
function rootsOf(holder: Json): readonly string[] {
  const keys = isObject(holder) ? Object.keys(holder) : []
  return keys.filter((it) => member(member(holder, it), '@xmlns') !== undefined)
}

/** The message namespace of a noun: that of the object in the message, else the one that the catalogue selects. */
function named(noun: string, message: JsonObject, name: string, schemas: SchemaSet): Found {
  const holders = [
    member(message, 'request') ?? null,
    ...entriesIn(member(message, 'payload')).map(([key, it]): Json => ({ [key]: it })),
  ]
  const given = holders.map((it) => member(member(it, noun), '@xmlns')).find((it) => it)
  const ns =
    textOf(given) ?? schemas.catalogue.select(undefined, noun, verbOf(message))?.targetNamespace
  return ns === undefined
    ? refusal(`/${name}/Header/Noun`, `No schema has the noun ${noun}`, 'Import its schema first.')
    : { stem: noun, ns: messageNamespace(ns) }
}

/** The verb of the Header; undefined for none of the standard. */
export function verbOf(message: JsonObject): string | undefined {
  const verb = textOf(member(member(message, 'header'), 'Verb'))?.trim()
  return verbRow(verb) === undefined ? undefined : verb
}

/** Entries of Payload, which is an object, or an array of one-key objects. */
export function entriesIn(payload: Json | undefined): readonly (readonly [string, Json])[] {
  const parts: readonly Json[] = Array.isArray(payload) ? payload : [payload ?? null]
  return parts.flatMap((it) => (isObject(it) ? Object.entries(it) : []))
}

/** A JSON string; undefined for anything else. */
export function textOf(it: Json | undefined): string | undefined {
  return typeof it === 'string' ? it : undefined
}

/** @param reason one sentence without its full stop */
export function refusal(path: string, reason: string, mend: string): Refused {
  return { refused: { path, reason: `${reason}.`, mend } }
}
