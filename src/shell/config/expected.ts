// Sentences about a value that is wrong: what stands there, and what is expected instead.

import { nearest } from '../../schema/nearest.ts'
import { REFERENCE, strayReference } from './references.ts'
import { addressFault } from './secrets.ts'
import { formsOf } from './shapes.ts'
import type { Shape } from './shapes.ts'
import type { Path, Tree } from './tree.ts'

/** A value that may hold a secret is not repeated. */
export function said(path: Path, node: Tree, shape: Shape): string {
  const write = `write ${expected(shape)}`
  if (node.kind === 'map')
    return `${node.entries.size === 0 ? 'nothing stands' : 'keys stand'} here; ${write}`
  if (node.kind === 'list')
    return `${node.items.length === 0 ? 'the list is empty' : 'a list stands here'}; ${write}`
  const { value } = node
  if (value === null || value === '') return `nothing stands here; ${write}`
  const forms = formsOf(shape)
  if (typeof value === 'string' && forms.some((it) => it.type === 'string'))
    return textSaid(value, { path, shape, write })
  const isShown = forms.every((it) => it.enum !== undefined || OPEN.includes(it.type ?? ''))
  const near = nearest(String(value), namesOf(forms))
  if (near === String(value)) return `a ${typeof value} stands here; put it in quotes: "${near}"`
  if (isShown) return `${String(value)} is not possible; ${write}`
  const isText = forms.some(
    (it) => it.type === 'string' && it.pattern === undefined && it.const === undefined,
  )
  return `a ${KINDS[typeof value] ?? 'value'} stands here; ${isText ? 'put it in quotes' : write}`
}

/** Nobody writes a secret where one of these is expected. */
const OPEN = ['integer', 'number', 'boolean']

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  boolean: 'boolean',
}

interface Said {
  readonly path: Path
  readonly shape: Shape
  readonly write: string
}

function textSaid(value: string, { path, shape, write }: Said): string {
  const forms = formsOf(shape)
  const isSecret = forms.some((it) => it.writeOnly === true)
  if (isSecret) return `a secret stands here in the open; ${write}`
  const isAddress = forms.some((it) => it.format === 'uri')
  const fault = isAddress ? addressFault(value) : undefined
  if (fault !== undefined) return fault
  if (REFERENCE.test(value)) return strayReference(path)
  if (isAddress) return `this is no address; ${write}`
  const near = nearest(value, namesOf(forms))
  if (near !== undefined) return `${shown(value)} is not possible; did you mean ${near}`
  return `${shown(value)} is not possible; ${write}`
}

/** A short name; anything else may be more than was meant to be written there. */
function shown(value: string): string {
  return /^[\w.*/-]{1,40}$/.test(value) ? value : 'this'
}

function namesOf(forms: readonly Shape[]): readonly string[] {
  return forms.flatMap((it) => it.enum ?? []).map(String)
}

/** What there has to be, after "write". */
export function expected(shape: Shape): string {
  const { title, type, minimum, maximum, anyOf, oneOf, items } = shape
  const names = shape.enum ?? (shape.const === undefined ? undefined : [shape.const])
  if (names !== undefined && names.length <= MOST_NAMES)
    return oneOfThem(names.map((it) => (it === '' ? 'nothing' : String(it))))
  if (title !== undefined) return title
  const forms = anyOf ?? oneOf
  if (forms !== undefined) return oneOfThem([...new Set(forms.map(expected))])
  if (type === 'integer') return `a whole number${bounds(minimum, maximum)}`
  if (type === 'number') return `a number${bounds(minimum, maximum)}`
  if (type === 'boolean') return 'true or false'
  if (type === 'array')
    return `a list${items === undefined ? '' : `, each item ${expected(items)}`}`
  return type === 'object' ? keysExpected(shape) : 'a text'
}

/** names that are listed, where more would not be read */
const MOST_NAMES = 20

function keysExpected({ properties = {}, required = [] }: Shape): string {
  if (required.length > 0) return `{${required.map((it) => `${it}: …`).join(', ')}}`
  const names = Object.keys(properties)
  return names.length === 0 ? 'keys, each with its value' : `keys: ${names.join(', ')}`
}

function bounds(minimum = -Infinity, maximum = Infinity): string {
  const least = minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined
  const most = maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`
  if (least !== undefined) return ` of at least ${least}`
  return most === undefined ? '' : ` of at most ${most}`
}

function oneOfThem(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`
}
