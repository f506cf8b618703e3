// Reads a document into a plain tree, for the checks to search. The tree is libxml2's own and owes nothing to the way in
// which cimgate maps messages: what the suite says about a reply must not depend on the code that wrote it.

import type { XmlDocument, XmlElement, XmlNode } from 'libxml2-wasm'

/** An element with everything that checks ask for; comments and instructions are left out. */
export interface Node {
  readonly name: string
  /** empty where there is none */
  readonly ns: string
  /** by local name */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Node[]
  /** what stands directly in it, white space around it cut off */
  readonly text: string
  /** the same with that white space, where there is any */
  readonly raw?: string
  /** from 1 */
  readonly line: number
}

type Library = typeof import('libxml2-wasm')
/** undefined until it is loaded */
let library: Library | undefined

/** Loads the parser, once: before that nothing can be read. */
export async function loadXml(): Promise<void> {
  // Not imported at the top: it waits for its own code there, which a bundle cannot.
  library ??= await import('libxml2-wasm')
}

/**
 * The root of a document; undefined where it is not well-formed. Size and depth have to be judged before: this is a search
 * tree, not a guard. Of the same octets it is the same tree.
 */
export function readXml(bytes: Uint8Array): Node | undefined {
  if (bytes.length > MOST_BYTES) return read(bytes)
  const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const known = trees.get(key)
  if (known !== undefined) return known
  const root = read(bytes)
  if (root !== undefined) keep(key, root)
  return root
}

function read(bytes: Uint8Array): Node | undefined {
  return withDocument(bytes, (document, library) => nodeOf(document.root, library))
}

/** Whoever judges a message reads it, and so does each who has to know what it is about: several times in a run, and a thousand times in a self-test. */
const trees = new Map<string, Node>()
/** of one message, and of all that are kept */
const [MOST_BYTES, MOST_KEPT] = [2 ** 19, 2 ** 23]
let kept = 0

function keep(key: string, root: Node): void {
  if (kept > MOST_KEPT) {
    trees.clear()
    kept = 0
  }
  trees.set(key, root)
  kept += key.length
}

/** The root of a document; and where it is an envelope what stands in it beside the message. */
export interface Outermost extends Pick<Node, 'name' | 'ns'> {
  /** of its Header */
  readonly blocks: readonly Node[]
  /** in its Body */
  readonly fault: Node | undefined
}

/** The same without the message, however long that is; undefined where the document is not well-formed. */
export function outermost(bytes: Uint8Array): Outermost | undefined {
  return withDocument(bytes, ({ root }, library) => {
    const find = (path: string) =>
      root.find(path).flatMap((it) => (it instanceof library.XmlElement ? nodeOf(it, library) : []))
    return {
      ...{ name: root.name, ns: root.namespaceUri, blocks: find("*[local-name()='Header']/*") },
      fault: find("*[local-name()='Body']/*[local-name()='Fault']")[0],
    }
  })
}

function withDocument<T>(
  bytes: Uint8Array,
  use: (document: XmlDocument, library: Library) => T,
): T | undefined {
  if (library === undefined) throw new Error('loadXml comes first')
  const { ParseOption } = library
  // Nothing outside the document is opened, and no entity is replaced.
  const option =
    ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES
  let document: XmlDocument
  try {
    document = library.XmlDocument.fromBuffer(bytes, { option })
  } catch {
    return undefined
  }
  try {
    return use(document, library)
  } finally {
    document.dispose()
  }
}

function nodeOf(element: XmlElement, library: Library): Node {
  const { XmlElement, XmlText, XmlCData } = library
  const children: Node[] = []
  let text = ''
  for (const it of childrenOf(element, library)) {
    if (it instanceof XmlElement) children.push(nodeOf(it, library))
    else if (it instanceof XmlText || it instanceof XmlCData) text += it.content
  }
  const attributes = Object.fromEntries(element.attrs.map((it) => [it.name, it.content]))
  const { name, line } = element
  const trimmed = text.trim()
  const own = { name, ns: element.namespaceUri, attributes, children, text: trimmed, line }
  return trimmed === text ? own : { ...own, raw: text }
}

/** In order. From an instruction the library knows no way on to what follows it: then they are searched for. */
function childrenOf(element: XmlElement, { XmlTreeNode }: Library): readonly XmlNode[] {
  const children: XmlNode[] = []
  for (let it: XmlNode | null = element.firstChild; it !== null; it = it.next) {
    if (!(it instanceof XmlTreeNode)) return element.find('node()')
    children.push(it)
  }
  return children
}

const MESSAGE = 'http://iec.ch/TC57/2011/schema/message'

/** The FaultMessage in the detail of a SOAP fault, as a document of its own; undefined where there is none. */
export function faultMessageIn(bytes: Uint8Array): string | undefined {
  const named = "[substring(local-name(), string-length(local-name()) - 11) = 'FaultMessage']"
  return withDocument(bytes, ({ root }) => root.find(`//*${named}`)[0]?.canonicalizeToString())
}

/** A message apart from what stands around and in it, each as a document of its own. */
export interface Parts {
  readonly message: string
  /** the message with an empty Header and nothing else: names the schema of the envelope and no other */
  readonly empty: string
  readonly payloads: readonly string[]
}

/**
 * The message, also inside a SOAP envelope, and each of its payloads, in canonical form with all names that are in scope;
 * undefined where it cannot be read or is no message of the generic kind.
 */
export function partsOf(bytes: Uint8Array): Parts | undefined {
  return withDocument(bytes, (document) => {
    const find = (path: string) => document.root.find(path, { m: MESSAGE })
    const kinds = ['Request', 'Response', 'Event', 'Fault'].map((it) => `self::m:${it}Message`)
    const [message] = find(`/descendant-or-self::*[${kinds.join(' or ')}][1]`)
    if (message === undefined) return undefined
    const payloads = message.find('m:Payload/*[not(self::m:*)]', { m: MESSAGE })
    return {
      message: message.canonicalizeToString(),
      empty: `<RequestMessage xmlns="${MESSAGE}"><Header/></RequestMessage>`,
      payloads: payloads.map((it) => it.canonicalizeToString()),
    }
  })
}
