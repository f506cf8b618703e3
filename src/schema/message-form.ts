// The two forms of one message: generic (`RequestMessage` with a Verb) and strongly typed (`Create<X>`).
// CIM-JSON in, CIM-JSON out. What has no counterpart is refused with its reason; nothing is left out or made up.

import type { MessageForm } from '../envelope/message-forms.ts'
import { isMessageKind } from '../envelope/message-kind.ts'
import { MESSAGE_NS } from '../envelope/namespaces.ts'
import { typedRootNamed, typedRootNames } from '../envelope/typed-roots.ts'
import { member } from './json-text.ts'
import type { Json, JsonObject } from './json-text.ts'
import { isMessage } from './message-xml.ts'
import type { SchemaSet } from './schemas.ts'
import { EXTENSION } from './shape.ts'
import { entriesIn, refusal, stemOf, textOf, verbOf } from './typed-stem.ts'
import type { Refused } from './typed-stem.ts'

export type Reformed = { readonly message: JsonObject } | Refused

/**
 * The same message in the other form; as it is where it has that form already.
 * @param message valid, as CIM-JSON with `message`
 * @param noun what the typed root is named after, where the message does not say: a fault, a reply about an OperationSet
 */
export function inForm(
  message: JsonObject,
  form: MessageForm,
  schemas: SchemaSet,
  noun?: string,
): Reformed {
  if (!isMessage(message))
    return refusal(
      `/${Object.keys(message)[0] ?? ''}`,
      'A payload alone is neither generic nor typed',
      'Wrap it in a message, or leave the form open.',
    )
  const name = textOf(message['message']) ?? ''
  const isTyped = message['@xmlns'] !== undefined && message['@xmlns'] !== MESSAGE_NS
  if (isTyped === (form === 'typed')) return { message }
  return isTyped ? generic(message, name) : typed(message, name, schemas, noun)
}

function generic(message: JsonObject, name: string): Reformed {
  const root = typedRootNamed(name)
  if (root === undefined)
    return refusal(`/${name}`, `${name} is not the name of a typed message`, 'Check its name.')
  const payload = member(message, 'payload')
  const roots = entriesIn(payload).filter(([key]) => key !== 'Format')
  if (roots.length > 1)
    return refusal(
      `/${name}/Payload`,
      `A generic Payload holds either objects or an OperationSet or Compressed, and this one holds ${roots.map(([it]) => it).join(' and ')}`,
      'Send them in messages of their own.',
    )
  return { message: retyped(message, root.kind, undefined) }
}

function typed(
  message: JsonObject,
  name: string,
  schemas: SchemaSet,
  noun: string | undefined,
): Reformed {
  if (name === 'Message' || !isMessageKind(name))
    return refusal(
      `/${name}`,
      'The root Message fits any kind of message, and a typed root says which kind it is',
      'Write RequestMessage, ResponseMessage or EventMessage.',
    )
  const fault = partWithout(message, name)
  if (fault !== undefined) return fault
  const found = stemOf(message, name, schemas, noun)
  if ('refused' in found) return found
  const verb = name === 'FaultMessage' ? null : (verbOf(message) ?? null)
  const root = typedRootNames(found.stem, name, verb).find(
    (it) => schemas.message(found.ns, it, verb ?? undefined) !== undefined,
  )
  if (root === undefined)
    return refusal(
      `/${name}`,
      `No typed message is named after ${[verb, found.stem].filter(Boolean).join(' ')}`,
      'Check the Verb, and that the namespace of the noun ends in its name: the typed one is derived from it.',
    )
  return { message: retyped(message, root, found.ns) }
}

/** Parts that no typed message has, whatever its noun. */
function partWithout(message: JsonObject, name: string): Reformed | undefined {
  const payload = `/${name}/Payload`
  const entries = entriesIn(member(message, 'payload'))
  const has = (key: string) => entries.some(([it]) => it === key)
  if (has('ID'))
    return refusal(
      `${payload}/ID`,
      'A typed Payload has no ID',
      'Name the object by its mRID or name.',
    )
  if (has('Compressed'))
    return refusal(
      `${payload}/Compressed`,
      'A typed message is named after the object that it carries in the open, and this one is compressed',
      'Unpack it first (payload=plain), or leave it generic.',
    )
  if (has(EXTENSION))
    return refusal(payload, 'A typed Payload holds its noun only', 'Take the other element out.')
  const roots = entries.filter(([key]) => key !== 'Format')
  if (roots.length > 1)
    return refusal(
      payload,
      `A typed Payload holds one ${roots[0]?.[0]}, and this one holds ${roots.length} payload roots`,
      'Put the objects under one root, or send several messages.',
    )
  if (verbOf(message) === 'get') return queryWithout(message, name)
  return undefined
}

/** A typed query is its profile: no Payload, and plain IDs beside it. */
function queryWithout(message: JsonObject, name: string): Reformed | undefined {
  if (member(message, 'payload') !== undefined)
    return refusal(
      `/${name}/Payload`,
      'A typed query has no Payload',
      'Put the parameters into Request.',
    )
  const ids = member(member(message, 'request'), 'ID')
  const list: readonly Json[] = Array.isArray(ids) ? ids : []
  return list.every((it) => typeof it === 'string')
    ? undefined
    : refusal(
        `/${name}/Request/ID`,
        'An ID of a typed query is plain text without attributes',
        'Leave the attributes of ID out, or name the object in the query.',
      )
}

/** @param ns undefined for the message namespace, which is not written */
function retyped(message: JsonObject, name: string, ns: Json | undefined): JsonObject {
  const { message: _name, '@xmlns': _ns, ...rest } = message
  return { message: name, ...(ns === undefined ? {} : { '@xmlns': ns }), ...rest }
}
