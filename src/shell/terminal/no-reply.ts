// What came back to a message where no CIM message did: what it is, whose fault that is, and how to mend it.

import { isMessageRoot } from '../../envelope/envelope.ts'
import { element } from '../../envelope/element.ts'
import { verbRow } from '../../envelope/verbs.ts'
import type { Validated } from '../../gateway/ports.ts'

/** What has come over the wire. */
export interface Came {
  readonly status: number
  readonly bytes: Uint8Array
  readonly headers: { readonly get: (name: string) => string | null }
}

/** What was asked, and how. */
export interface Asked {
  readonly verb: string | null
  readonly url: string
  /** option by which the sender has proved itself; undefined = it has not */
  readonly proof: string | undefined
}

interface Blame {
  /** undefined where all is right so far */
  readonly whose?: 'the sender' | 'the peer'
  readonly mend: string
}

/** octets that are looked at for the first words: pages begin with much that nobody reads */
const MOST_BYTES = 64 * 1024
const MOST_WORDS = 160

/** True for an answer that is one, right or wrong: a reply, a fault, or XML that may be one and cannot be read. */
export function isReply(came: Came, { root, verb }: Validated): boolean {
  if (root === null) return !isPage(came) && /^\s*</.test(textOf(came.bytes))
  if (FAULT.test(root.name)) return true
  return isMessage(root) && (verb === 'reply' || /ResponseMessage$/.test(root.name))
}

/** of which SOAP faults are told, too */
const FAULT = /FaultMessage$/

/** True where nothing more is due: what is no request is taken when the peer says so (2xx). */
export function isTaken({ status, bytes }: Came, { verb }: Pick<Asked, 'verb'>): boolean {
  return status >= 200 && status < 300 && bytes.length === 0 && !owesReply(verb)
}

function owesReply(verb: string | null): boolean {
  const kind = verbRow(verb ?? undefined)?.kind
  return kind !== 'event' && kind !== 'reply'
}

/** For people, in lines. @param judged what a judge has made of it */
export function noReply(came: Came, judged: Validated, asked: Asked): string {
  const { status, bytes, headers } = came
  const type = headers.get('Content-Type')
  const size =
    bytes.length === 0 ? 'no body' : `${type ?? 'no Content-Type'}, ${bytes.length} octets`
  const { whose, mend } = blameFor(came, asked)
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['begins', bytes.length === 0 ? undefined : (messageIn(judged) ?? firstWords(came))],
    ['whose', whose],
    ['mend', mend],
  ]
  const lines = facts.flatMap(([name, it]) =>
    it === undefined ? [] : [`  ${name.padEnd(8)}  ${it}`],
  )
  return [`HTTP ${status}, ${size}: there is no reply.`, ...lines, ''].join('\n')
}

/** A message that is none: what an echo sends back, say. */
function messageIn({ root, verb, noun }: Validated): string | undefined {
  if (root === null || !isMessage(root)) return undefined
  return `${root.name}, ${verb ?? 'no Verb'} ${noun ?? 'no Noun'}`
}

function isMessage({ name, ns }: NonNullable<Validated['root']>): boolean {
  return isMessageRoot(element(ns, name))
}

/** For people, whatever it says of itself. */
function isPage({ bytes, headers }: Came): boolean {
  const type = headers.get('Content-Type') ?? ''
  return /\bhtml\b/i.test(type) || /^\s*<(!doctype html|html)\b/i.test(textOf(bytes))
}

function firstWords(came: Came): string {
  const text = textOf(came.bytes)
  const plain = isPage(came) ? withoutTags(text) : text
  // What a stranger sends is not to steer the terminal.
  const words = plain.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words
}

function withoutTags(html: string): string {
  return html
    .replace(/<!--[^]*?-->|<(script|style)\b[^]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>?/g, ' ')
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, MOST_BYTES))
}

function blameFor(came: Came, asked: Asked): Blame {
  const { status, bytes } = came
  const own = BLAMES[status]?.(came, asked)
  if (own !== undefined) return own
  if (status >= 500)
    return {
      whose: 'the peer',
      mend: `Send it again ${later(came)}, or tell the owner of the peer.`,
    }
  if (status >= 400) return { whose: 'the sender', mend: REFUSED }
  if (status >= 300) return { whose: 'the sender', mend: redirected(came) }
  if (isPage(came)) return { whose: 'the sender', mend: pageAt(asked) }
  return { whose: 'the peer', mend: bytes.length === 0 ? EMPTY : OTHER }
}

const OWED = 'A request is answered by a ResponseMessage (IEC 61968-100:2013 5.2)'
const EMPTY = `${OWED}: ask the owner of the peer whether anything has been done.`
const OTHER = `${OWED}: show its owner what came, and see that --to is the address for CIM messages.`
const REFUSED =
  'The peer says in no CIM message why it refuses: read what it says, or ask its owner.'

type BlameFor = (came: Came, asked: Asked) => Blame | undefined

/** Statuses that say more than their class (RFC 9110 15, RFC 6585). */
const BLAMES: Readonly<Record<number, BlameFor>> = {
  202: ({ bytes }, { verb }) => (bytes.length === 0 && owesReply(verb) ? TAKEN : undefined),
  401: (came, asked) => ({ whose: 'the sender', mend: unproved(came, asked) ?? REFUSED }),
  403: (_came, { proof }) => ({
    whose: 'the sender',
    mend: `Ask the owner of the peer for the right to send this${proof === undefined ? ', and prove yourself with --api-key or --bearer' : ''}.`,
  }),
  404: wrongPath,
  405: wrongPath,
  410: wrongPath,
  408: busy,
  413: () => ({
    whose: 'the sender',
    mend: 'Send less in one message, or have the peer allow more.',
  }),
  415: () => ({
    whose: 'the sender',
    mend: 'It was sent as application/xml: look up what the peer takes at --to.',
  }),
  425: busy,
  429: busy,
}

const TAKEN: Blame = {
  mend: 'The peer has taken it, and its reply comes later to the ReplyAddress of the message; without one, ask its owner what became of it.',
}

/** How to mend what the peer does not take of the proof, or the want of one; undefined when it says nothing of it. */
export function unproved(
  { status, headers }: Came,
  { proof }: Pick<Asked, 'proof'>,
): string | undefined {
  if (status !== 401) return undefined
  const scheme = /^\S+/.exec(headers.get('WWW-Authenticate') ?? '')?.[0]
  const wants = scheme === undefined ? '' : `; the peer asks for ${scheme}`
  return proof === undefined
    ? `Prove yourself with --api-key or --bearer${wants}.`
    : `The peer does not take what ${proof} names: ask its owner what it takes${wants}.`
}

function wrongPath(_came: Came, { url }: Asked): Blame {
  const { pathname } = new URL(url)
  const hint = pathname === '/cim' ? '' : '; at a cimgate it is /cim'
  return {
    whose: 'the sender',
    mend: `Nothing takes messages at ${pathname}: mend the path of --to${hint}.`,
  }
}

function busy(came: Came): Blame {
  return { whose: 'the peer', mend: `Send it again ${later(came)}.` }
}

function later({ headers }: Came): string {
  const wish = headers.get('Retry-After')
  return wish === null ? 'after a while' : `as Retry-After says (${wish})`
}

function redirected({ headers }: Came): string {
  const to = headers.get('Location')
  return to === null
    ? 'Ask the owner of the peer for its address: this one leads elsewhere.'
    : `Redirects are not followed: if ${to} is the peer, write that after --to.`
}

function pageAt({ url }: Asked): string {
  return `A page for people is what a login or a proxy answers: see that ${url} is the address for CIM messages, and whether it has to be proved who sends.`
}
