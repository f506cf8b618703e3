// What a file offers to others: each function and constant is used by some, and each function says what it is for.

import { posix } from 'node:path'
import { withoutTemplates } from './sources.fixture.ts'
import type { Source, Violation } from './sources.fixture.ts'

interface Offered {
  readonly path: string
  readonly name: string
  readonly isFunction: boolean
  /** from 1 */
  readonly line: number
  /** the line above has a comment, or the same function with other parameters */
  readonly isTold: boolean
}

const EXPORT = /^export (?:async )?(function\*?|const|class) (\w+)/

function offeredBy(source: Source): readonly Offered[] {
  const { path, text } = source
  const lines = text.split('\n')
  const names = new Set<string>()
  return withoutTemplates(source)
    .split('\n')
    .flatMap((it, at) => {
      const [, kind = '', name = ''] = EXPORT.exec(it) ?? []
      if (name === '' || names.has(name)) return []
      names.add(name)
      const above = (lines[at - 1] ?? '').trim()
      const isTold = above.endsWith('*/') || above.startsWith('//')
      return [{ path, name, isFunction: kind.startsWith('function'), line: at + 1, isTold }]
    })
}

/** An exported function without a word on what it is for. */
export function untoldFunctions(sources: readonly Source[]): readonly Violation[] {
  return sources
    .flatMap(offeredBy)
    .filter((it) => it.isFunction && !it.isTold)
    .map(({ path, name, line }) => ({
      ...{ path, line },
      message: `exports ${name} without a comment`,
      remedy: 'say above it what it is for, and what its parameters mean',
    }))
}

/** What is exported, and no other file takes. @param sources those that offer @param all those that may take, tests too */
export function idleExports(
  sources: readonly Source[],
  all: readonly Source[],
): readonly Violation[] {
  const taken = takenBy(all)
  return sources
    .flatMap(offeredBy)
    .filter(({ path, name }) => {
      const names = taken.get(path)
      return names?.has(name) !== true && names?.has(WHOLE) !== true
    })
    .map(({ path, name, line }) => ({
      ...{ path, line },
      message: `exports ${name}, and no other file uses it`,
      remedy: 'take export away, or all of it where its own file does not use it either',
    }))
}

/** stands for all that a file exports */
const WHOLE = '*'

const FROM =
  /\b(?:import|export)\s+(?:type\s+)?(?:\{([^}]*)\}|[*\w]+[^'";{]*)\s*from\s*'(\.[^']+)'/g
const ASKED = /\bimport\(\s*'(\.[^']+)'/g

/** Names that some file takes, by the file that it takes them from. */
function takenBy(all: readonly Source[]): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>()
  const take = (from: string, specifier: string, names: readonly string[]) => {
    const path = posix.join(posix.dirname(from), specifier)
    const known = taken.get(path) ?? new Set()
    for (const it of names) known.add(it)
    taken.set(path, known)
  }
  for (const { path, code } of all) {
    for (const [, names, specifier = ''] of code.matchAll(FROM))
      take(path, specifier, names === undefined ? [WHOLE] : namesIn(names))
    for (const [, specifier = ''] of code.matchAll(ASKED)) take(path, specifier, [WHOLE])
  }
  return taken
}

function namesIn(list: string): readonly string[] {
  return list.split(',').flatMap((it) => /^\s*(?:type\s+)?(\w+)/.exec(it)?.[1] ?? [])
}
