// A document type declaration as far as a schema file may have one: where it ends, and what of it the document could
// depend on. Its parts are those of XML 1.0 §2.8; nothing that it refers to is read.

/** What a document type declaration says. */
export interface Doctype {
  /** where it begins and where the document goes on */
  readonly start: number
  readonly end: number
  /** general entities by name; undefined for one whose text is elsewhere */
  readonly entities: ReadonlyMap<string, string | undefined>
  /** attributes that an element has though it does not write them, by the name of the element */
  readonly defaults: ReadonlyMap<string, readonly string[]>
}

/** Why a schema file with a DOCTYPE is not read: a sentence without subject and full stop. */
export class Unreadable extends Error {}

/** characters of a declaration; those that are published have less than a tenth */
const MOST_CHARACTERS = 64 * 1024

const LITERAL = `(?:"[^"]*"|'[^']*')`
const S = '[ \\t\\r\\n]'
const HEAD = new RegExp(
  `<!DOCTYPE${S}+[^ \\t\\r\\n<>\\[\\]"'&%;]+(?:${S}+(?:SYSTEM|PUBLIC${S}+${LITERAL})${S}+${LITERAL})?${S}*`,
  'y',
)
const SPACE = /[ \t\r\n]+/y
const COMMENT = /<!--[^]*?-->/y
const INSTRUCTION = /<\?[^]*?\?>/y
const DECLARATION = new RegExp(
  `<!(ELEMENT|ATTLIST|ENTITY|NOTATION)(${S}[^"'<>]*(?:${LITERAL}[^"'<>]*)*)>`,
  'y',
)
const FINISH = /\][ \t\r\n]*>/y

const ENTITY = new RegExp(
  `^${S}+(%${S}+)?([^ \\t\\r\\n"'%&;]+)${S}+(?:(${LITERAL})|(?:SYSTEM|PUBLIC)${S}[^]*)${S}*$`,
)
const ATTLIST = new RegExp(`^${S}+([^ \\t\\r\\n"'%]+)`)
const ATTRIBUTE = new RegExp(
  `${S}+([^ \\t\\r\\n"'()%#]+)${S}+(?:(?:NOTATION${S}+)?\\([^()"'%]*\\)|[A-Z]+)${S}+(?:#REQUIRED|#IMPLIED|(?:#FIXED${S}+)?(${LITERAL}))`,
  'y',
)

/**
 * Reads the declaration that begins at `start`.
 * @throws {Unreadable}
 */
export function readDoctype(text: string, start: number): Doctype {
  const entities = new Map<string, string | undefined>()
  const defaults = new Map<string, string[]>()
  const most = text.slice(start, start + MOST_CHARACTERS)
  const cut = most.length === MOST_CHARACTERS
  let at = ended(HEAD, most, 0) ?? malformed(cut)
  if (most[at] === '>') return { start, end: start + at + 1, entities, defaults }
  if (most[at] !== '[') malformed(cut)
  at += 1
  for (;;) {
    const end = ended(FINISH, most, at)
    if (end !== undefined) return { start, end: start + end, entities, defaults }
    at = afterPart(most, at) ?? malformed(cut)
  }

  function afterPart(all: string, from: number): number | undefined {
    if (all[from] === '%') throw new Unreadable(PARAMETER)
    const skipped = [SPACE, COMMENT, INSTRUCTION].map((it) => ended(it, all, from))
    const end = skipped.find((it) => it !== undefined)
    if (end !== undefined) return end
    DECLARATION.lastIndex = from
    const [whole, kind, body = ''] = DECLARATION.exec(all) ?? []
    if (kind === 'ENTITY') declareEntity(body, entities)
    if (kind === 'ATTLIST') declareDefaults(body, defaults)
    return whole === undefined ? undefined : from + whole.length
  }
}

const PARAMETER =
  'its DOCTYPE refers to a parameter entity, and none is replaced; take the reference out'

function malformed(cut: boolean): never {
  throw new Unreadable(
    cut
      ? `its DOCTYPE is malformed, or does not end within ${MOST_CHARACTERS} characters; take the DOCTYPE out`
      : 'its DOCTYPE is malformed; take the DOCTYPE out, or write it as XML 1.0 (2.8) has it',
  )
}

function ended(part: RegExp, text: string, from: number): number | undefined {
  part.lastIndex = from
  return part.test(text) ? part.lastIndex : undefined
}

/** The first declaration of a name counts (XML 1.0 §4.2). A parameter entity says nothing to whom does not refer to it. */
function declareEntity(body: string, entities: Map<string, string | undefined>): void {
  const [whole, parameter, name = '', literal] = ENTITY.exec(body) ?? []
  if (whole === undefined) malformed(false)
  if (parameter === undefined && !entities.has(name)) entities.set(name, literal?.slice(1, -1))
}

function declareDefaults(body: string, defaults: Map<string, string[]>): void {
  const [head, element = ''] = ATTLIST.exec(body) ?? []
  let at = head?.length ?? malformed(false)
  while (body.slice(at).trim() !== '') {
    ATTRIBUTE.lastIndex = at
    const [whole, name = '', literal] = ATTRIBUTE.exec(body) ?? []
    at += whole?.length ?? malformed(false)
    if (literal !== undefined) defaults.set(element, [...(defaults.get(element) ?? []), name])
  }
}
