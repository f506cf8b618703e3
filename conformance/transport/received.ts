// A message as it came, past its carrier, and the answer in the same one: SOAP of the same version, a root of the same kind.

import { textAt } from '../find.ts'
import { messageIn } from '../engine/judge.ts'
import { MESSAGE, element, writeXml } from '../peers/write.ts'
import { MEDIA_TYPES, SOAP } from './soap.ts'
import { readXml } from '../xml.ts'
import type { Node } from '../xml.ts'

/** What came, in the words of generic messages. */
export interface Received {
  /** under the root of its kind, in the namespace of messages; undefined where it cannot be read */
  readonly root: Node | undefined
  /** The answer in the carrier of what came. */
  readonly answered: (message: Node, status: number) => Reply
}

/** An answer that is ready for the wire. */
export interface Reply {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

/** @param isReadable false: it was refused before it was read */
export function received(bytes: Uint8Array, isReadable: boolean): Received {
  const document = isReadable ? readXml(bytes) : undefined
  const inside = messageIn(document)
  const typed =
    inside !== undefined && inside.ns !== MESSAGE && inside.ns.endsWith('Message')
      ? inside
      : undefined
  const wrapper = document?.children.find((it) => it.name === 'Body')?.children[0]
  const isWrapped = wrapper !== undefined && /^(Request|PublishEvent|Response)$/.test(wrapper.name)
  return {
    root: typed !== undefined ? generic(typed) : isWrapped ? named(inside) : inside,
    answered: (message, status) => {
      const own = typed === undefined ? message : underRootOf(typed, message)
      if (document?.name !== 'Envelope')
        return { status, contentType: 'application/xml; charset=utf-8', text: writeXml(own) }
      const body = isWrapped ? wrapped(wrapper, own) : own
      const envelope = element(document.ns, 'Envelope', [element(document.ns, 'Body', [body])])
      const contentType = MEDIA_TYPES[document.ns === SOAP['1.2'] ? '1.2' : '1.1']
      return { status, contentType: `${contentType}; charset=utf-8`, text: writeXml(envelope) }
    },
  }
}

/** In a wrapper the message itself is called `message`, in whatever namespace. */
function named(message: Node | undefined): Node | undefined {
  return message === undefined ? undefined : { ...message, ns: MESSAGE }
}

function generic(typed: Node): Node {
  const children = typed.children.map((it) => ({ ...it, ns: MESSAGE }))
  const verb = textAt(typed, 'Header/Verb') ?? ''
  const name = verb.endsWith('ed') ? 'EventMessage' : 'RequestMessage'
  return { ...typed, name, ns: MESSAGE, children }
}

/** `CreateDERGroups` is answered by `DERGroupsResponseMessage`: Header, Reply and Payload are in its namespace. */
function underRootOf({ name, ns }: Node, message: Node): Node {
  const x = name
    .replace(/^(Create|Change|Cancel|Close|Delete|Execute)d?(?=[A-Z])/, '')
    .replace(/RequestMessage$/, '')
  const children = message.children.map((it) => ({ ...it, ns }))
  return { ...message, name: x + message.name, ns, children }
}

/** The answer to `Request` is `RequestResponse`; in it the message is called so. */
function wrapped({ name, ns }: Node, message: Node): Node {
  return element(ns, `${name}Response`, [{ ...message, name: 'message' }])
}
