// The texts of a message with the names around each, in XML or JSON, and a message with others in their places. It reads what is
// not well-formed too, as far as it looks like it: octets that nobody can parse may name people all the same.

/** What stands for a text in this place; the text itself, to leave it. */
export type Replace = (names: readonly string[], text: string) => string

/** The message with its texts replaced; every other character is as it was. */
export function withTexts(message: string, replace: Replace): string {
  return /^\s*[[{]/.test(message) ? inJson(message, replace) : inXml(message, replace)
}

const XML =
  /<!--([^]*?)-->|<!\[CDATA\[([^]*?)\]\]>|<[?!][^>]*>|<\/[^>]*>|<([^\s/>]+)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>|([^<]+)/g

function inXml(message: string, replace: Replace): string {
  const names: string[] = []
  return message.replace(XML, (all, comment, cdata, name, attributes, empty, text) => {
    if (typeof comment === 'string') return `<!--${replace([...names, '#comment'], comment)}-->`
    if (typeof cdata === 'string') return `<![CDATA[${replace(names, cdata)}]]>`
    if (typeof text === 'string') return replacedText(text, names, replace)
    if (typeof name !== 'string') {
      if (all.startsWith('</')) names.pop()
      return all
    }
    const own = local(name)
    const inside = String(attributes).replace(
      /([\w:.-]+)(\s*=\s*)(?:"([^"]*)"|'([^']*)')/g,
      (_all, key: string, equals: string, double?: string, single?: string) => {
        const quote = double === undefined ? "'" : '"'
        if (key.startsWith('xmlns'))
          return `${key}${equals}${quote}${double ?? single ?? ''}${quote}`
        const put = replacedText(double ?? single ?? '', [...names, own, `@${local(key)}`], replace)
        return `${key}${equals}${quote}${put}${quote}`
      },
    )
    if (empty === '') names.push(own)
    return `<${name}${inside}${String(empty)}>`
  })
}

function local(name: string): string {
  return name.replace(/^.*:/, '')
}

/** White space around it is layout. */
function replacedText(raw: string, names: readonly string[], replace: Replace): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([^]*?)(\s*)$/.exec(raw) ?? []
  if (inner === '') return raw
  const text = unescaped(inner)
  const put = replace(names, text)
  return put === text
    ? raw
    : `${before}${put.replace(/[&<>"']/g, (it) => `&#${it.charCodeAt(0)};`)}${after}`
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescaped(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (all, hex, decimal, name) => {
    if (typeof name === 'string') return NAMED[name] ?? all
    const code = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}

/** Strings that stand behind a key, or in a list behind one. */
function inJson(message: string, replace: Replace): string {
  const names: string[] = []
  let key = ''
  return message.replace(/"(?:[^"\\]|\\[^])*"(\s*:)?|[{}[\]]|,/g, (all, colon) => {
    if (all === '{' || all === '[') names.push(key)
    else if (all === '}' || all === ']') key = names.pop() ?? ''
    if (!all.startsWith('"')) return all
    if (typeof colon === 'string') {
      key = parsed(all.slice(0, all.lastIndexOf('"') + 1)) ?? ''
      return all
    }
    const text = parsed(all)
    if (text === undefined) return all
    const around = [...names, key].filter((it, at, list) => it !== '' && it !== list[at - 1])
    const put = replace(around, text)
    return put === text ? all : JSON.stringify(put)
  })
}

function parsed(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string
  } catch {
    return undefined
  }
}
