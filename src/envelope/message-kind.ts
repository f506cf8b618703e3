// The kinds of message, by the roots of the message schema, and what a message is for.

/**
 * The global elements of the message schema.
 * @see IEC 61968-100:2013 6.3
 */
export const MESSAGE_KINDS = [
  'RequestMessage',
  'ResponseMessage',
  'EventMessage',
  'FaultMessage',
  'Message',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** What a message is for, whatever its root is called. */
export type Role = 'request' | 'reply' | 'event' | 'fault'

/** The role of every kind but `Message`, which may be anything. */
export const ROLES: Readonly<Record<Exclude<MessageKind, 'Message'>, Role>> = {
  RequestMessage: 'request',
  ResponseMessage: 'reply',
  EventMessage: 'event',
  FaultMessage: 'fault',
}

/** True for the local names of the five roots. */
export function isMessageKind(name: string): name is MessageKind {
  return (MESSAGE_KINDS as readonly string[]).includes(name)
}
