// One thing that is wrong with a configuration: where, what, and how to mend it.

import { pathText, placeOf, writtenPath } from './tree.ts'
import type { Path, Place, Tree } from './tree.ts'

/** A problem keeps a configuration from being used; a warning does not. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  readonly at: Place
  /** of the key, `routes[2].when.verb`; empty = the whole file */
  readonly path: string
  /** what is wrong, what is expected or how to mend it, in one sentence without its full stop */
  readonly message: string
}

/** The same, of a key, before its place is looked up. */
export interface Complaint {
  readonly path: Path
  readonly message: string
  readonly severity?: Problem['severity']
  /** the place is that of the key, not of its value */
  readonly ofKey?: true
}

/** @param tree which the path belongs to */
export function problemIn(
  tree: Tree,
  { path, message, severity = 'error', ofKey }: Complaint,
): Problem {
  const at = placeOf(tree, path, ofKey === true ? 'key' : 'value')
  return { severity, at, path: pathText(writtenPath(tree, path)), message }
}

/** As one line: `deploy/cimgate.yaml:3:5: limits.depth: …` */
export function problemText({ at, path, message }: Problem): string {
  const place = 'variable' in at ? at.variable : `${at.file}:${at.line}:${at.column}`
  return `${place}: ${path === '' ? '' : `${path}: `}${message}.`
}

/** In the order of the files and of the lines in them; variables at the end. */
export function inOrder(
  problems: readonly Problem[],
  files: readonly string[],
): readonly Problem[] {
  const rank = ({ at }: Problem): readonly number[] =>
    'variable' in at ? [files.length, 0, 0] : [files.indexOf(at.file), at.line, at.column]
  return [...problems].sort((a, b) => {
    const [x, y] = [rank(a), rank(b)]
    const at = x.findIndex((one, index) => one !== y[index])
    return at < 0 ? 0 : (x[at] ?? 0) - (y[at] ?? 0)
  })
}
