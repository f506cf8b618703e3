// The record of a message and its reply: how a repeat is recognized, and what it gets.

import type { MessageRecord, Validated } from './ports.ts'
import type { Answer, Received } from './received.ts'

/** What identifies the message for its sender; one without MessageID (tolerated) is recognized by its content. */
export function repeatKeyOf({ repeatKey, bodyHash }: Received, { messageID }: Validated): string {
  const own = messageID === null || messageID.trim() === '' ? undefined : messageID
  return repeatKey ?? own ?? `sha256:${bodyHash}`
}

/** @param receivedAt ISO 8601 with Z */
export function recordOf(
  received: Received,
  validated: Validated,
  answer: Answer,
  receivedAt: string,
): MessageRecord {
  return {
    party: received.sender.party,
    messageID: repeatKeyOf(received, validated),
    correlationID: answer.correlationID,
    verb: validated.verb ?? '',
    noun: validated.noun ?? '',
    bodyHash: received.bodyHash,
    receivedAt,
    request: textOf(received.bytes),
    reply: answer.rendered.text,
    replyMessageID: answer.messageID,
    replyStatus: answer.rendered.status,
    replyContentType: answer.rendered.contentType,
  }
}

/** The stored reply, byte by byte; undefined when the record is of another message under the same id. */
export function replayOf(record: MessageRecord, bodyHash: string): Answer | undefined {
  if (record.bodyHash !== bodyHash) return undefined
  const { reply: text, replyStatus: status, replyContentType: contentType } = record
  return {
    rendered: { text, status, contentType },
    messageID: record.replyMessageID,
    correlationID: record.correlationID,
    repeated: true,
  }
}

/** As text where it is UTF-8; other octets as a data URL, so that nothing of what was received is lost. */
function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  if (!text.includes('\uFFFD') && !text.includes('\0')) return text
  const octets = Array.from(bytes, (it) => String.fromCharCode(it)).join('')
  return `data:application/octet-stream;base64,${btoa(octets)}`
}
