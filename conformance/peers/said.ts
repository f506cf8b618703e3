// What peers say by themselves, and what they make of the reply: events, requests, and whether it was carried out.

import { textAt } from '../find.ts'
import type { Role } from '../shapes.ts'
import type { Node } from '../xml.ts'
import type { Tools } from './peer.ts'
import { MESSAGE, element } from './write.ts'

/** `create DERGroups` of a message. */
export function askedBy(message: Node): string {
  return `${textAt(message, 'Header/Verb') ?? ''} ${textAt(message, 'Header/Noun') ?? ''}`
}

/** True where a reply says that everything was done. */
export function isOk(reply: Node | undefined): boolean {
  return textAt(reply, 'Reply/Result') === 'OK'
}

/** An event: what has been done with this content. */
export function eventOf(
  role: Role,
  verb: string,
  content: Node,
  tools: Tools,
  ...words: readonly string[]
): Node {
  const ids = { MessageID: tools.uuid('event', role, verb, content.name, ...words) }
  return messageOf('EventMessage', { role, verb, noun: content.name }, ids, tools, [
    element(MESSAGE, 'Payload', [content]),
  ])
}

/** A request: what is to be done with this content. @param words make its ids another message's than all others */
export function requestOf(
  role: Role,
  verb: string,
  content: Node,
  tools: Tools,
  ...words: readonly string[]
): Node {
  const id = tools.uuid('request', role, verb, content.name, ...words)
  const ids = { MessageID: id, CorrelationID: id }
  return messageOf('RequestMessage', { role, verb, noun: content.name }, ids, tools, [
    element(MESSAGE, verb === 'get' ? 'Request' : 'Payload', [content]),
  ])
}

function messageOf(
  root: string,
  { role, verb, noun }: { readonly role: Role; readonly verb: string; readonly noun: string },
  ids: Readonly<Record<string, string>>,
  { now }: Tools,
  rest: readonly Node[],
): Node {
  return element(MESSAGE, root, [
    element(MESSAGE, 'Header', [
      element(MESSAGE, 'Verb', verb),
      element(MESSAGE, 'Noun', noun),
      element(MESSAGE, 'Timestamp', now),
      element(MESSAGE, 'Source', role),
      ...Object.entries(ids).map(([name, id]) => element(MESSAGE, name, id)),
    ]),
    ...rest,
  ])
}
