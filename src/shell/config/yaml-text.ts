// The text of a YAML file (of which JSON is a part) <-> what it says, with its places. The only file that knows yaml.

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml'
import type { Document, ErrorCode, YAMLError } from 'yaml'
import type { Problem } from './problem.ts'
import { mapOf, pathText } from './tree.ts'
import type { Path, Place, Tree } from './tree.ts'

/** What a text says; without `tree`, it cannot be told what that is. */
export interface YamlRead {
  readonly tree?: Tree
  readonly problems: readonly Problem[]
}

/** A text without anything in it says nothing, as a map without keys. Nothing of a value is ever repeated in a problem. */
export function readYaml(text: string, placeAt: (line: number, column: number) => Place): YamlRead {
  const lines = new LineCounter()
  const document = parseDocument(text, { logLevel: 'error', lineCounter: lines })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return placeAt(Math.max(line, 1), Math.max(col, 1))
  }
  const faults = [...document.errors, ...document.warnings]
  const problems = unlike(faults).map((it): Problem => ({
    severity: 'error',
    at: place(it.pos[0]),
    path: '',
    message: SENTENCES[it.code],
  }))
  if (document.errors.some((it) => it.code !== 'DUPLICATE_KEY')) return { problems }
  if (document.contents === null) return { tree: mapOf(placeAt(1, 1)), problems }
  const tree = treeOf(document.contents, [], { place, problems })
  return { tree, problems }
}

/** Any plain data as YAML. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 })
}

interface Reader {
  readonly place: (offset: number) => Place
  readonly problems: Problem[]
}

function treeOf(node: Document['contents'], path: Path, reader: Reader): Tree {
  const at = reader.place(node?.range?.[0] ?? 0)
  const refuse = (message: string): Tree => {
    reader.problems.push({ severity: 'error', at, path: pathText(path), message })
    return { kind: 'scalar', at, value: null }
  }
  if (isMap(node)) return mapIn(node.items, path, { at, reader })
  if (isSeq(node)) {
    const inner = node.items as readonly Document['contents'][]
    const items = inner.map((it, index) => ({ index, node: treeOf(it, [...path, index], reader) }))
    return { kind: 'list', at, items }
  }
  // A few aliases that hold each other make a gigabyte.
  if (isAlias(node))
    return refuse('an alias of YAML is not read; write the value again, or use extends')
  const value = isScalar(node) ? node.value : null
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
    ? { kind: 'scalar', at, value: value as string | number | boolean | null }
    : refuse('this kind of value is not read; write a text, a number, true or false')
}

function mapIn(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  path: Path,
  { at, reader }: { readonly at: Place; readonly reader: Reader },
): Tree {
  const entries = new Map<string, { at: Place; node: Tree }>()
  for (const { key, value } of pairs) {
    const keyAt = isScalar(key) ? reader.place(key.range?.[0] ?? 0) : at
    const name = isScalar(key) && key.value !== null ? String(key.value) : undefined
    if (name === undefined || name === '__proto__') {
      const message = 'a key has to be a name; write a text in its place'
      reader.problems.push({ severity: 'error', at: keyAt, path: pathText(path), message })
    } else if (!entries.has(name)) {
      const empty: Tree = { kind: 'scalar', at: keyAt, value: null }
      const inner = value as Document['contents']
      const node = inner === null ? empty : treeOf(inner, [...path, name], reader)
      entries.set(name, { at: keyAt, node })
    }
  }
  return { kind: 'map', at, entries }
}

const INDENT = 'indent with spaces, in step with the lines around it'
const QUOTES = 'put the text in quotes'

/** In words of ours: those of the parser repeat what stands in the file, and that may be a secret. */
const SENTENCES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: `an alias of YAML is not read; ${QUOTES}`,
  BAD_ALIAS: `* begins an alias of YAML; ${QUOTES}`,
  BAD_COLLECTION_TYPE: `a tag of YAML does not fit its value; ${QUOTES}`,
  BAD_DIRECTIVE: `% begins a directive of YAML; ${QUOTES}, or leave it out`,
  BAD_DQ_ESCAPE:
    'a backslash in double quotes begins an escape, and this is none; use single quotes',
  BAD_INDENT: `the indentation is wrong; ${INDENT}`,
  BAD_PROP_ORDER: `a tag or anchor of YAML stands in a wrong place; ${QUOTES}`,
  BAD_SCALAR_START: `no text can begin with this character; ${QUOTES}`,
  BLOCK_AS_IMPLICIT_KEY: 'a key and its value are mixed up with others; write one key a line',
  BLOCK_IN_FLOW:
    'lines with keys cannot stand in braces or brackets; write all of it in one of the two forms',
  DUPLICATE_KEY: 'the key stands here a second time; write it once',
  IMPOSSIBLE: `the text cannot be read; ${QUOTES}`,
  KEY_OVER_1024_CHARS:
    'a key has more than 1,024 characters; is a colon or a quotation mark missing',
  MISSING_CHAR:
    'a closing quotation mark, brace, bracket, or a comma, colon or space is missing; add it',
  MULTILINE_IMPLICIT_KEY:
    'a key goes over several lines; is a colon, or a closing quotation mark, missing above',
  MULTIPLE_ANCHORS: `a value has two anchors of YAML; ${QUOTES}`,
  MULTIPLE_DOCS: 'a second document begins here; leave out the line ---',
  MULTIPLE_TAGS: `a value has two tags of YAML; ${QUOTES}`,
  NON_STRING_KEY: 'a key has to be a name; write a text in its place',
  RESOURCE_EXHAUSTION: 'the file is nested too deeply; write it flatter',
  TAB_AS_INDENT: `a tab cannot indent; ${INDENT}`,
  TAG_RESOLVE_FAILED: `! begins a tag of YAML, and this one is not known; ${QUOTES}`,
  UNEXPECTED_TOKEN: `something stands here that cannot; ${QUOTES}, or look at the lines above`,
}

/** A fault may be found many times at one place. */
function unlike(faults: readonly YAMLError[]): readonly YAMLError[] {
  return [...new Map(faults.map((it) => [`${it.pos[0]} ${it.code}`, it])).values()]
}
