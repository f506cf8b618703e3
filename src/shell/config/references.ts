// Names of variables in a configuration: `${NAME}` where a secret is, and the names that override keys.

import type { Complaint } from './problem.ts'
import { below } from './shapes.ts'
import type { Shape } from './shapes.ts'
import type { Path, Tree } from './tree.ts'

/** How the names of variables begin that override keys. */
export const PREFIX = 'CIMGATE_'

/** A variable is named somewhere in a text. */
export const REFERENCE = /\$\{\w+\}/

/** The variable that overrides a key. */
export function variableFor(path: Path): string {
  return `${PREFIX}${path.map(inCapitals).join('_')}`
}

/** One part of such a name. */
export function inCapitals(step: string | number): string {
  return String(step)
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
}

/** Names in `${…}` anywhere. */
export function references(tree: Tree): readonly string[] {
  return textsIn(tree).flatMap(({ text }) =>
    [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => name),
  )
}

/** `${…}` where no secret is: it would be taken as it stands. */
export function strayReferences(tree: Tree, root: Shape): readonly Complaint[] {
  return textsIn(tree)
    .filter(({ text, path }) => REFERENCE.test(text) && !isSecret(path, root))
    .map(({ path }) => ({ path, message: strayReference(path) }))
}

/** What is wrong with one, and what to do instead. */
export function strayReference(path: Path): string {
  return `\${…} stands for secrets only; write the value, and override it by the variable ${variableFor(path)}`
}

function isSecret(path: Path, root: Shape): boolean {
  return path.reduce(below, [root]).some((it) => it.writeOnly === true)
}

function textsIn(
  tree: Tree,
  path: Path = [],
): readonly { readonly path: Path; readonly text: string }[] {
  if (tree.kind === 'scalar')
    return typeof tree.value === 'string' ? [{ path, text: tree.value }] : []
  const inner: readonly (readonly [string | number, Tree])[] =
    tree.kind === 'list'
      ? tree.items.map(({ node }, at) => [at, node] as const)
      : [...tree.entries].map(([key, { node }]) => [key, node] as const)
  return inner.flatMap(([step, node]) => textsIn(node, [...path, step]))
}
