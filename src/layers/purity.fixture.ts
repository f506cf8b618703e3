// What a source may use: no outside in what is pure, one file for each dependency, no noun where all nouns are equal.

import { matches, packageOf, withoutText } from './sources.fixture.ts'
import type { Source, Violation } from './sources.fixture.ts'

// A clock, chance, the process and the outside world. `new Date(text)` is a calculation and may stand.
const OUTSIDE =
  /\b(Date\.now|new Date(\(\s*\)|\b(?!\())|Date\(\s*\)|Math\.random|randomUUID|performance\.|process\.|console\.|fetch\(|setTimeout|setInterval|setImmediate|globalThis|Worker\(|WebSocket\()/g

/** Uses of the outside in what is pure. */
export function impure(source: Source): readonly Violation[] {
  const imported = source.imports.filter((it) => it.path === '')
  return [
    ...matches(source, withoutText(source), OUTSIDE, (it) => [
      `uses ${it}`,
      'take it as an argument; the shell hands it in',
    ]),
    ...imported.map(({ line, specifier }) => ({
      path: source.path,
      line,
      message: `imports ${specifier}`,
      remedy: 'name a port in src/gateway/ports.ts and fulfil it in the shell',
    })),
  ]
}

interface Use {
  readonly name: string
  readonly area: string
  readonly path: string
  readonly line: number
}

/** Every file but the first that imports a package; src, conformance and bench count apart. */
export function secondImporters(sources: readonly Source[]): readonly Violation[] {
  const uses = sources.flatMap(usesOf)
  const firstOf = (use: Use) => uses.find((it) => it.name === use.name && it.area === use.area)
  return uses
    .filter((it) => firstOf(it)?.path !== it.path)
    .map((it) => ({
      path: it.path,
      line: it.line,
      message: `imports ${it.name}, as ${firstOf(it)?.path ?? ''} does`,
      remedy: 'let one file export what is needed of the package',
    }))
}

function usesOf({ path, imports }: Source): readonly Use[] {
  return imports
    .map((it) => ({
      name: packageOf(it.specifier),
      area: path.split('/')[0] ?? '',
      path,
      line: it.line,
    }))
    .filter((it) => it.name !== '')
}

/** Places that name a noun, also inside another name (`Create<Noun>`); comments may. */
export function namedNouns(source: Source, nouns: readonly string[]): readonly Violation[] {
  if (nouns.length === 0) return []
  const pattern = new RegExp(`(${nouns.join('|')})(?![a-z])`, 'g')
  return matches(source, source.code, pattern, (it) => [
    `names the noun ${it}`,
    'derive it from the schema, or from the flow that is handed in',
  ])
}
