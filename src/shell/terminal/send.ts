// cimgate send: one message to a peer; its reply is printed and judged, and what is no reply is told.

import { formOf, judgeForm } from '../../gateway/translate.ts'
import type { Validated } from '../../gateway/ports.ts'
import { saidIn } from '../../gateway/relay/relayed.ts'
import { judgeOfPeers } from '../../gateway/soap/peer-reply.ts'
import type { ReadXml } from '../../gateway/soap/top.ts'
import { isReply, isTaken, noReply, unproved } from './no-reply.ts'
import type { Came } from './no-reply.ts'
import { headersOf, provedBy } from './proof.ts'
import type { ProofOptions, SecretAt } from './proof.ts'
import { describe, readInput, UsageError, withCore } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './terminal.ts'

/** What came back over the wire; or why nothing did. */
export type Posted = Came | { readonly unreachable: string }

/** Posts one message, and takes at most so many octets back. */
export type Post = (
  url: string,
  xml: Uint8Array,
  headers: Readonly<Record<string, string>>,
  limitBytes: number,
) => Promise<Posted>

/** What sending needs besides what every command does. */
export interface SendTools extends Tools {
  readonly post: Post
  readonly readXml: ReadXml
  readonly secretAt: SecretAt
}

/** Where to, and as whom. */
export interface SendCommand extends ProofOptions {
  readonly to: string
}

/** @returns 0 the reply is valid and says OK, or none was due · 1 it is not, or says something else · 2 no reply came */
export async function runSend(
  tools: SendTools,
  file: string,
  how: SendCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const fault = addressFault(how.to)
  if (fault !== undefined) throw new UsageError(fault)
  const headers = headersOf(how, tools.secretAt)
  return withCore(tools, options, terminal, async (core) => {
    const bytes = await readInput(file, tools, core)
    const { validated, xml } = await judgeForm(bytes, formOf(bytes), core)
    if (validated.verdict !== 'valid') {
      terminal.err(`The message itself is ${validated.verdict}; it is sent all the same.\n`)
      await describe(file, validated, tools, terminal)
    }
    const body = xml === undefined ? bytes : new TextEncoder().encode(xml)
    const posted = await tools.post(how.to, body, headers, core.bodyBytes)
    if ('unreachable' in posted) throw new UsageError(posted.unreachable)
    return judgeReply(posted, validated, { how, core, tools, terminal })
  })
}

function addressFault(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!/^https?:$/.test(url?.protocol ?? ''))
    return `${text} is no address of the form http://… or https://…`
  if (url?.username === '' && url.password === '') return undefined
  return 'There is a user or a password in the address after --to: leave it out, and prove yourself with --api-key or --bearer.'
}

interface Around {
  readonly how: SendCommand
  readonly core: Core
  readonly tools: SendTools
  readonly terminal: Terminal
}

async function judgeReply(
  came: Came,
  request: Validated,
  { how, core: { validate }, tools, terminal }: Around,
): Promise<ExitCode> {
  const { status, bytes } = came
  if (isTaken(came, request)) {
    terminal.err(`HTTP ${status}: the peer has taken it, and no reply is due.\n`)
    return 0
  }
  const judge = judgeOfPeers((it) => validate.judge(it, { json: true }), tools.readXml)
  const reply = await judge(bytes)
  const proof = provedBy(how)
  if (!isReply(came, reply)) {
    terminal.err(noReply(came, reply, { verb: request.verb, url: how.to, proof }))
    return 2
  }
  terminal.out(`${new TextDecoder().decode(bytes)}\n`)
  terminal.err(`HTTP ${status}; the reply is ${reply.verdict}.\n`)
  if (reply.findings.length > 0) await describe('reply', reply, tools, terminal)
  const said = [correlation(request, reply), refusal(reply), unproved(came, { proof })]
  const strange = said.filter((it) => it !== undefined)
  for (const it of strange) terminal.err(`${it}\n`)
  return reply.verdict === 'valid' && strange.length === 0 ? 0 : 1
}

/** COR-01: the reply repeats the CorrelationID of the request, or its MessageID where it had none. */
function correlation(request: Validated, reply: Validated): string | undefined {
  const expected = request.correlationID ?? request.messageID
  // What could not be read says nothing, and a fault need not.
  const isOpen = reply.root === null || reply.root.name.endsWith('FaultMessage')
  if (expected === null || isOpen || reply.correlationID === expected) return undefined
  return `COR-01: the reply carries CorrelationID ${reply.correlationID ?? '(none)'}; expected ${expected}.`
}

/** What it says where that is not OK. */
function refusal({ json }: Validated): string | undefined {
  const { result, errors = [] } = json === undefined ? { result: 'OK' } : saidIn(json)
  if (result === 'OK') return undefined
  const why = errors.map(({ code, reason = '' }) => `${code} ${reason}`.trim()).join('; ')
  return `It says ${result}, not OK${why === '' ? '' : `: ${why}`}`
}
