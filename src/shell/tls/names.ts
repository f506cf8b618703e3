// Names in the subjectAltName of a certificate, as Node writes it: `DNS:a.example, URI:"urn:a, b"`.

/** Names by their kind. */
export interface AltNames {
  readonly dns: readonly string[]
  readonly uri: readonly string[]
  readonly email: readonly string[]
}

/** One name, in quotes where something in it could be taken for another one. */
const ONE = /(?:^|, )([A-Za-z ]+):("(?:[^"\\]|\\.)*"|[^",]*)/y

/** @param text undefined = the certificate has none. What cannot be read to its end has no names at all. */
export function altNamesIn(text: string | undefined): AltNames {
  const all: Record<'dns' | 'uri' | 'email', string[]> = { dns: [], uri: [], email: [] }
  ONE.lastIndex = 0
  let at = 0
  for (let found = ONE.exec(text ?? ''); found !== null; found = ONE.exec(text ?? '')) {
    at = ONE.lastIndex
    const [, kind = '', said = ''] = found
    const value = said.startsWith('"') ? quoted(said) : said
    if (value === undefined) return NONE
    if (kind === 'DNS') all.dns.push(value.toLowerCase())
    if (kind === 'URI') all.uri.push(value)
    if (kind === 'email') all.email.push(value)
  }
  return at === (text ?? '').length ? all : NONE
}

const NONE: AltNames = { dns: [], uri: [], email: [] }

function quoted(text: string): string | undefined {
  try {
    return JSON.parse(text) as string
  } catch {
    return undefined
  }
}
