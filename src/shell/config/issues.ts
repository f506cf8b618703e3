// What the schema finds wrong -> complaints in sentences: what stands there, and what is expected.

import { nearest } from '../../schema/nearest.ts'
import { expected, said } from './expected.ts'
import { meant } from './meant.ts'
import type { Complaint } from './problem.ts'
import { variableFor } from './references.ts'
import type { Issue } from './schema.ts'
import { formsOf, isUnlike, meantForm, meantIndex, ownShape, shapeAt } from './shapes.ts'
import type { Shape } from './shapes.ts'
import { keysIn, nodeAt, pathText } from './tree.ts'
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
  const all = issues
    .flatMap((it) => complaintsOf(it, it.path as Path, judged))
    .filter((it) => it.isMissing === undefined || !isMisspelt(it.path, judged))
  // What is of the wrong kind may be too short besides: the first says enough.
  return [...new Map([...all].reverse().map((it) => [pathText(it.path), it])).values()].reverse()
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
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      ofKey: true,
      message: unknownKey(key, shape, node),
    }))
  if (issue.code === 'invalid_key') {
    const message = `this cannot be a name here; write ${issue.issues.length > 0 ? KEY : 'another'}`
    return [{ path, ofKey: true, message }]
  }
  if (node === undefined) {
    const options = issue.code === 'invalid_union' ? optionsOf(issue) : []
    const wanted = options.length > 0 ? { enum: options } : shape
    // Addresses are what differs from one site to the next.
    const beside = shape.format === 'uri' ? `, or set the variable ${variableFor(path)}` : ''
    const message = `it is missing; write ${expected(wanted)}${beside}`
    return [{ path, isMissing: true, message }]
  }
  const forms = shape.anyOf ?? shape.oneOf
  if (issue.code === 'invalid_union' && forms !== undefined && !isUnlike(forms, node)) {
    const branch = issue.errors[meantIndex(forms, node)] ?? []
    const inner = branch.flatMap((it) => complaintsOf(it, [...path, ...(it.path as Path)], judged))
    if (inner.length > 0) return inner
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined)
    return [{ path, message: said(path, node, { type: 'string', enum: optionsOf(issue) }) }]
  const form = issue.code === 'invalid_union' ? shape : meantForm(shape, node)
  return [{ path, message: said(path, node, form) }]
}

const KEY = 'letters, digits, - _ . and : between parts, such as tp:acme:cs'

/** What the discriminator of a union can be. */
function optionsOf(issue: Issue): readonly unknown[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options : []
}

/** A key that there is not, or not in the form that the others speak for. */
function unknownKey(key: string, shape: Shape, node: Tree | undefined): string {
  const form = meantForm(shape, node)
  const others = formsOf(shape).filter((it) => it !== form)
  if (others.every((it) => ownShape(it, key) === undefined))
    return `there is no such key${meant(key, Object.keys(form.properties ?? {}))}`
  const own = keysIn(node).find((it) => ownShape(form, it)?.const !== undefined)
  if (own === undefined) {
    const rest = keysIn(node).filter((it) => ownShape(form, it) !== undefined)
    return `it does not go together with ${rest.join(' and ')}; leave one of them out`
  }
  return `it does not belong to ${own} ${String(ownShape(form, own)?.const)}; leave it out, or write another ${own}`
}
