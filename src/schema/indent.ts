// XML that we wrote ourselves, on one line, laid out for people: every element that holds only elements gets a line
// for each of them. Text, CDATA and everything inside an element that holds some stays as it is, byte by byte.

/** One tag, comment, instruction or CDATA section; what stands between two of them is text. */
const MARKUP = /<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>|<(?:[^<>"']|"[^"]*"|'[^']*')*>/g

interface Node {
  /** source text of the whole element, comment, instruction or text */
  readonly source: string
  readonly kind: 'element' | 'text' | 'other'
  readonly start: string
  readonly end: string
  readonly children: readonly Node[]
}

/** @param xml a well-formed document without indentation and DOCTYPE */
export function indented(xml: string): string {
  const tokens = tokensOf(xml)
  return nodes(tokens, { at: 0 })
    .filter((it) => it.source.trim() !== '')
    .map((it) => lines(it, '').join('\n'))
    .join('\n')
}

function tokensOf(xml: string): readonly string[] {
  const tokens: string[] = []
  let end = 0
  for (const { 0: token, index } of xml.matchAll(MARKUP)) {
    if (index > end) tokens.push(xml.slice(end, index))
    tokens.push(token)
    end = index + token.length
  }
  return end < xml.length ? [...tokens, xml.slice(end)] : tokens
}

/** Siblings up to the next end tag. */
function nodes(tokens: readonly string[], cursor: { at: number }): readonly Node[] {
  const found: Node[] = []
  for (
    let token = tokens[cursor.at];
    token !== undefined && !token.startsWith('</');
    token = tokens[cursor.at]
  ) {
    cursor.at += 1
    found.push(isStart(token) ? elementOf(token, tokens, cursor) : leaf(token))
  }
  return found
}

function isStart(token: string): boolean {
  return /^<[^!?/]/.test(token) && !token.endsWith('/>')
}

function leaf(source: string): Node {
  const kind = !source.startsWith('<') || source.startsWith('<![CDATA[') ? 'text' : 'other'
  return { source, kind, start: source, end: '', children: [] }
}

function elementOf(start: string, tokens: readonly string[], cursor: { at: number }): Node {
  const children = nodes(tokens, cursor)
  const end = tokens[cursor.at] ?? ''
  cursor.at += 1
  const source = `${start}${children.map((it) => it.source).join('')}${end}`
  return { source, kind: 'element', start, end, children }
}

function lines({ source, start, end, children }: Node, margin: string): readonly string[] {
  const holdsText = children.some((it) => it.kind === 'text')
  if (children.length === 0 || holdsText) return [`${margin}${source}`]
  const inner = children.flatMap((it) => lines(it, `${margin}  `))
  return [`${margin}${start}`, ...inner, `${margin}${end}`]
}
