// cimgate send: one message to a peer; its reply is printed and judged.

import { formOf, judgeForm } from '../../gateway/translate.ts'
import type { Validated } from '../../gateway/ports.ts'
import { describe, readInput, UsageError, withCore } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './terminal.ts'

/** What came back over the wire; or why nothing did. */
export type Posted =
  { readonly status: number; readonly bytes: Uint8Array } | { readonly unreachable: string }

/** Posts one message, and takes at most so many octets back. */
export type Post = (url: string, xml: Uint8Array, limitBytes: number) => Promise<Posted>

/** @returns 0 the reply is valid and says OK · 1 it is not, or says something else · 2 nothing came back */
export async function runSend(
  tools: Tools & { readonly post: Post },
  file: string,
  to: string,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!/^https?:$/.test(urlOf(to)?.protocol ?? ''))
    throw new UsageError(`${to} is no address of the form http://… or https://…`)
  return withCore(tools, options, terminal, async (core) => {
    const bytes = await readInput(file, tools, core)
    const { validated, xml } = await judgeForm(bytes, formOf(bytes), core)
    if (validated.verdict !== 'valid') {
      terminal.err(`The message itself is ${validated.verdict}; it is sent all the same.\n`)
      await describe(file, validated, tools, terminal)
    }
    const body = xml === undefined ? bytes : new TextEncoder().encode(xml)
    const posted = await tools.post(to, body, core.bodyBytes)
    if ('unreachable' in posted) throw new UsageError(posted.unreachable)
    return judgeReply(posted, validated, core, tools, terminal)
  })
}

function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

async function judgeReply(
  { status, bytes }: Extract<Posted, { readonly status: number }>,
  request: Validated,
  { validate }: Core,
  tools: Tools,
  terminal: Terminal,
): Promise<ExitCode> {
  if (bytes.length > 0) terminal.out(`${new TextDecoder().decode(bytes)}\n`)
  const reply = await validate.judge(bytes, { json: true })
  terminal.err(`HTTP ${status}; the reply is ${reply.verdict}.\n`)
  if (reply.findings.length > 0) await describe('reply', reply, tools, terminal)
  const strange = correlation(request, reply)
  if (strange !== undefined) terminal.err(`${strange}\n`)
  return reply.verdict === 'valid' && strange === undefined && isOk(reply) ? 0 : 1
}

/** COR-01: the reply repeats the CorrelationID of the request, or its MessageID where it had none. */
function correlation(request: Validated, reply: Validated): string | undefined {
  const expected = request.correlationID ?? request.messageID
  const isFault = reply.root?.name.endsWith('FaultMessage') === true
  if (expected === null || isFault || reply.correlationID === expected) return undefined
  return `COR-01: the reply carries CorrelationID ${reply.correlationID ?? '(none)'}; expected ${expected}.`
}

function isOk(reply: Validated): boolean {
  const part = reply.json?.['reply']
  return typeof part === 'object' && part !== null && 'Result' in part && part.Result === 'OK'
}
