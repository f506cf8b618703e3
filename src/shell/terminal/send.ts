// cimgate send: one message to a peer; its reply is printed and judged.

import { formOf, judgeForm } from '../../gateway/translate.ts'
import type { TranslateParts } from '../../gateway/translate.ts'
import type { Validated } from '../../gateway/ports.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** What came back over the wire; or why nothing did. */
export type Posted =
  { readonly status: number; readonly bytes: Uint8Array } | { readonly unreachable: string }

export interface SendParts extends TranslateParts {
  readonly post: (xml: Uint8Array) => Promise<Posted>
  readonly describe: (validated: Validated) => string
}

/** @returns 0 the reply is valid and says OK · 1 it is not, or says something else · 2 nothing came back */
export async function sendMessage(
  bytes: Uint8Array,
  parts: SendParts,
  terminal: Terminal,
): Promise<ExitCode> {
  const { validated, xml } = await judgeForm(bytes, formOf(bytes), parts)
  if (validated.verdict !== 'valid')
    terminal.err(
      `The message itself is ${validated.verdict}; it is sent all the same.\n${parts.describe(validated)}`,
    )
  const posted = await parts.post(xml === undefined ? bytes : new TextEncoder().encode(xml))
  if ('unreachable' in posted) {
    terminal.err(`${posted.unreachable}\n`)
    return 2
  }
  terminal.out(`${new TextDecoder().decode(posted.bytes)}\n`)
  const reply = await parts.validate.judge(posted.bytes, { json: true })
  terminal.err(
    `HTTP ${posted.status}; the reply is ${reply.verdict}.\n${reply.findings.length > 0 ? parts.describe(reply) : ''}`,
  )
  const same = correlation(validated, reply)
  if (same !== undefined) terminal.err(`${same}\n`)
  return reply.verdict === 'valid' && same === undefined && isOk(reply) ? 0 : 1
}

/** COR-01: the reply repeats the CorrelationID of the request, or its MessageID where it had none. */
function correlation(request: Validated, reply: Validated): string | undefined {
  const expected = request.correlationID ?? request.messageID
  if (
    expected === null ||
    reply.root?.name.endsWith('FaultMessage') === true ||
    reply.correlationID === expected
  )
    return undefined
  return `COR-01: the reply carries CorrelationID ${reply.correlationID ?? '(none)'}; expected ${expected}.`
}

function isOk(reply: Validated): boolean {
  const part = reply.json?.['reply']
  return typeof part === 'object' && part !== null && 'Result' in part && part.Result === 'OK'
}
