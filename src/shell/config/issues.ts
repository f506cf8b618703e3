// What the schema finds wrong -> complaints in sentences: what stands there, and what is expected.

import { nearest } from '../../schema/nearest.ts'
import { meant } from './meant.ts'
import type { Complaint } from './problem.ts'
import type { Issue } from './schema.ts'
import { formsOf, isUnlike, meantForm, meantIndex, shapeAt } from './shapes.ts'
import type { Shape } from './shapes.ts'
import { keysIn, nodeAt } from './tree.ts'
import type { Path, Tree } from './tree.ts'

/** What an issue is judged by. */
export interface Judged {
  readonly tree: Tree
  readonly root: Shape
}

/** A complaint, and whether it is only that something is missing. */
export interface Found extends Complaint {
  readonly isMissing?: true
}

/** Of a value with several forms the complaints about the form that it is nearest to. */
export function complaints(issues: readonly Issue[], judged: Judged): readonly Found[] {
  const all = issues.flatMap((it) => complaintsOf(it, it.path as Path, judged))
  return all.filter((it) => it.isMissing === undefined || !isMisspelt(it.path, judged))
}

/** A key that is missing because it stands there with another spelling. */
function isMisspelt(path: Path, { tree, root }: Judged): boolean {
  const around = path.slice(0, -1)
  const shape = shapeAt(root, around, tree)
  const names = Object.keys((shape && meantForm(shape, nodeAt(tree, around)).properties) ?? {})
  const unknown = keysIn(nodeAt(tree, around)).filter((it) => !names.includes(it))
  return unknown.some((it) => nearest(it, names) === path.at(-1))
}

function complaintsOf(issue: Issue, path: Path, judged: Judged): readonly Found[] {
  const { tree, root } = judged
  const node = nodeAt(tree, path)
  const shape = shapeAt(root, path, tree) ?? {}
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(meantForm(shape, node).properties ?? {})
    return issue.keys.map((key) => ({
      path: [...path, key],
      ofKey: true,
      message: `there is no such key${meant(key, known)}`,
    }))
  }
  if (issue.code === 'invalid_key') {
    const message = `this cannot be a name here; write ${issue.issues.length > 0 ? KEY : 'another'}`
    return [{ path, ofKey: true, message }]
  }
  if (node === undefined) {
    const options = issue.code === 'invalid_union' ? optionsOf(issue) : []
    const wanted = options.length > 0 ? { enum: options } : shape
    return [{ path, isMissing: true, message: `it is missing; write ${expected(wanted)}` }]
  }
  const forms = shape.anyOf ?? shape.oneOf
  if (issue.code === 'invalid_union' && forms !== undefined && !isUnlike(forms, node)) {
    const branch = issue.errors[meantIndex(forms, node)] ?? []
    const inner = branch.flatMap((it) => complaintsOf(it, [...path, ...(it.path as Path)], judged))
    if (inner.length > 0) return inner
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return [{ path, message: said(node, { enum: optionsOf(issue) }) }]
  const form = issue.code === 'invalid_union' ? shape : meantForm(shape, node)
  return [{ path, message: said(node, form) }]
}

const KEY = 'letters, digits, - _ . and : between parts, such as tp:acme:cs'

/** What the discriminator of a union can be. */
function optionsOf(issue: Issue): readonly unknown[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options : []
}

/** What stands there, never a value that may hold a secret, and what is expected. */
function said(node: Tree, shape: Shape): string {
  const write = `write ${expected(shape)}`
  if (node.kind === 'map')
    return `${keysIn(node).length === 0 ? 'nothing stands here' : 'keys stand here'}; ${write}`
  if (node.kind === 'list')
    return `${node.items.length === 0 ? 'the list is empty' : 'a list stands here'}; ${write}`
  const { value } = node
  if (value === null || value === '') return `nothing stands here; ${write}`
  const isOpen = formsOf(shape).every((it) => it.enum !== undefined || it.type !== 'string')
  if (typeof value === 'string' && !(isOpen && value.length <= MOST_SHOWN))
    return `this is not possible; ${write}`
  const names = formsOf(shape).flatMap((it) => it.enum ?? [])
  const near = nearest(String(value), names.map(String))
  return `${String(value)} is not possible; ${near === undefined ? write : `did you mean ${near}`}`
}

/** characters of a value that is repeated */
const MOST_SHOWN = 40

/** What there has to be, after "write". */
function expected(shape: Shape): string {
  const { title, type, minimum, maximum, anyOf, oneOf, items } = shape
  const names = shape.enum ?? (shape.const === undefined ? undefined : [shape.const])
  if (names !== undefined && names.length <= MOST_NAMES)
    return oneOfThem(names.map((it) => (it === '' ? 'nothing' : String(it))))
  if (title !== undefined) return title
  const forms = anyOf ?? oneOf
  if (forms !== undefined) return oneOfThem([...new Set(forms.map(expected))])
  if (type === 'integer') return `a whole number${bounds(minimum, maximum)}`
  if (type === 'boolean') return 'true or false'
  if (type === 'array')
    return `a list${items?.title === undefined ? '' : `, each item ${items.title}`}`
  if (type === 'object') return keysExpected(shape)
  return 'a text, in quotes where YAML would take it for something else'
}

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
