// The forms that one message may have, beside the notation (XML or JSON): the words of options and queries.

/** How a message carries its noun and verb: in the Header alone, or in the name of its root too. */
export const MESSAGE_FORMS = ['generic', 'typed'] as const
export type MessageForm = (typeof MESSAGE_FORMS)[number]

/** How a payload travels: in the open, or as gzip in base64 in Payload/Compressed. */
export const PAYLOAD_FORMS = ['plain', 'compressed'] as const
export type PayloadForm = (typeof PAYLOAD_FORMS)[number]
