// An HTTP archive (HAR 1.2), as browsers and proxies write it: request and response of each entry belong together.

import type { Capture, Captured, LeftOut } from './captured.ts'
import { octetsOf, tableOf, textOf } from './captured.ts'

/** The exchanges of an archive; entries without a body on either side are left out. */
export function fromHar(archive: unknown, name: string): Capture {
  const entries = tableOf(tableOf(archive)['log'])['entries']
  if (!Array.isArray(entries))
    return {
      messages: [],
      leftOut: [{ ...unread(name), why: 'it is no HTTP archive: log/entries is missing' }],
    }
  const read = entries.map((it, at) => ({
    name: `${name}#${at + 1}`,
    halves: halvesOf(tableOf(it), `${name}#${at + 1}`),
  }))
  const empty = read.filter(({ halves }) => halves.length === 0)
  const leftOut: readonly LeftOut[] = empty.map((it) => ({
    name: it.name,
    why: 'neither its request nor its response has XML in it',
  }))
  return { messages: read.flatMap(({ halves }) => halves), leftOut }
}

function halvesOf(entry: Readonly<Record<string, unknown>>, name: string): readonly Captured[] {
  const [request, response] = [tableOf(entry['request']), tableOf(entry['response'])]
  const [sent, got] = [tableOf(request['postData']), tableOf(response['content'])]
  const [asked, answered] = [bodyOf(sent), bodyOf(got)]
  if (!isXml(asked) && !isXml(answered)) return []
  const parties = { client: `client of ${name}`, server: serverOf(request['url']) }
  const status = typeof response['status'] === 'number' ? response['status'] : null
  const of = (
    half: 'request' | 'reply',
    bytes: Uint8Array,
    about: Readonly<Record<string, unknown>>,
  ) => ({
    ...{ name: `${name}-${half}`, bytes, exchange: name, half },
    ...{ status: half === 'reply' ? status : null, contentType: typeOf(about) },
  })
  return [
    ...(asked === undefined
      ? []
      : [{ ...of('request', asked, sent), from: parties.client, to: parties.server }]),
    ...(answered === undefined
      ? []
      : [{ ...of('reply', answered, got), from: parties.server, to: parties.client }]),
  ]
}

/** A text is characters: what they were coded in nobody knows any more. */
function typeOf(about: Readonly<Record<string, unknown>>): string {
  const type = textOf(about['mimeType']) ?? ''
  return about['encoding'] === 'base64'
    ? type
    : type.replace(/;\s*charset\s*=\s*("[^"]*"|[^;]*)/i, '')
}

function bodyOf(about: Readonly<Record<string, unknown>>): Uint8Array | undefined {
  const text = textOf(about['text'])
  if (text === undefined) return undefined
  return about['encoding'] === 'base64' ? Buffer.from(text, 'base64') : octetsOf(text)
}

/** Pages, scripts and pictures are in an archive, too. */
function isXml(bytes: Uint8Array | undefined): boolean {
  return (
    bytes !== undefined &&
    /^[\s\uFEFF]*<(?!!doctype html|html)/i.test(new TextDecoder().decode(bytes.subarray(0, 256)))
  )
}

function serverOf(url: unknown): string {
  const text = textOf(url) ?? ''
  return URL.canParse(text) ? new URL(text).host : 'server'
}

/** An archive is what its name says; any other JSON may be anybody's. */
export function unread(name: string): Pick<LeftOut, 'name' | 'isUnread'> {
  return /\.har$/i.test(name) ? { name, isUnread: true } : { name }
}
