// Header/Source against the party that has proved who it is: absent, the party counts; written, it has
// to be one of the names of that party.

import { errorRow } from '../../envelope/errors.ts'
import type { ReplyError } from '../../envelope/reply.ts'
import { member } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import type { Party, Topology } from '../parties/party.ts'
import type { Sender } from '../received.ts'

/** Every name under which a party may speak: its id, what its configuration grants, aliases that lead to it. */
export function sourcesOf({ id, sources }: Party, { aliases }: Topology): readonly string[] {
  const leading = Object.entries(aliases).filter(([, target]) => fits(target, id))
  return [...new Set([id, ...sources, ...leading.map(([alias]) => alias)])]
}

/** `tp:{provider}:cs` fits `tp:acme:cs`. */
function fits(target: string, id: string): boolean {
  const pattern = target
    .split(/\{\w+\}/)
    .map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^:]+')
  return new RegExp(`^${pattern}$`).test(id)
}

/** The error of a message whose Source is not its sender's; undefined when nothing contradicts. @param message as CIM-JSON */
export function sourceError(
  { party, sources }: Sender,
  message: JsonObject,
): ReplyError | undefined {
  const source = member(member(message, 'header'), 'Source')
  if (sources === undefined || typeof source !== 'string' || source.trim() === '') return undefined
  if (sources.includes(source.trim())) return undefined
  const { replyCode: code, level, remedy: details } = errorRow('wrong-source')
  const reason = `Source is ${source.trim()}, and the message was sent by ${party}.`
  return { code, level, rule: 'SRC-PARTY', reason, details }
}
