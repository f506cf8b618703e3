// Which file may import which: rings, siblings, top files. Data first, then the one question asked of it.

import { isTest } from './sources.fixture.ts'
import type { Import, Source, Violation } from './sources.fixture.ts'

/** What a ring may import besides itself. */
const RINGS: Readonly<Record<string, readonly string[]>> = {
  envelope: [],
  schema: ['envelope'],
  lifecycles: ['envelope', 'schema'],
  flows: ['envelope', 'schema', 'lifecycles'],
  dialects: ['envelope', 'schema'],
  gateway: ['envelope', 'schema', 'lifecycles', 'flows', 'dialects'],
  shell: ['envelope', 'schema', 'lifecycles', 'flows', 'dialects', 'gateway'],
}

const WIRES = /^src\/(?!cli\.ts|index\.ts)/

/** The top files: main.ts and main/ wire everything, index.ts shows it, cli.ts reads arguments. Units of the shell meet in main.ts and main/ only. */
const TOP: Readonly<Record<string, RegExp>> = {
  'src/main.ts': WIRES,
  'src/index.ts': /^src\/(?!cli\.ts|shell\/)/,
  'src/cli.ts': /^(src\/(?!shell\/)|conformance\/index\.ts$)/,
}

/** Every import that breaks a rule of direction; type-only ones count too. */
export function wrongImports(
  sources: readonly Source[],
  isFlow: (path: string) => boolean,
): readonly Violation[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter((it) => it.path !== '' && !mayImport(path, it.path, isFlow))
      .map((it) => wrongImport(path, it)),
  )
}

function mayImport(from: string, to: string, isFlow: (path: string) => boolean): boolean {
  if (isTest(to)) return false
  // What is to be measured by itself is not exported for that.
  if (from.startsWith('bench/')) return true
  if (!from.startsWith('src/')) return to === 'src/index.ts' || folder(from, 0) === folder(to, 0)
  const top = from.startsWith('src/main/') ? WIRES : TOP[from]
  if (top !== undefined) return top.test(to)
  const [ring, other] = [ringOf(from), ringOf(to)]
  if (other === '') return false
  return ring === other ? mayMeet(ring, from, to, isFlow) : (RINGS[ring] ?? []).includes(other)
}

/** Siblings stay apart: flows, lifecycle tables, vendors, units of the shell. The list of a ring meets them all. */
function mayMeet(
  ring: string,
  from: string,
  to: string,
  isFlow: (path: string) => boolean,
): boolean {
  const [unit, other] = [folder(from, 2), folder(to, 2)]
  switch (ring) {
    case 'flows':
      return unit === 'index' || !isFlow(to)
    case 'lifecycles':
      return unit === 'index' || other === 'lifecycle'
    case 'dialects':
      return unit === 'index' || unit === other || to.split('/').length === 3
    case 'shell':
      return unit === other
    default:
      return true
  }
}

/** `schema` of `src/schema/model.ts`; empty for a top file and outside src. */
export function ringOf(path: string): string {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? ''
}

function folder(path: string, depth: number): string {
  return (path.split('/')[depth] ?? '').replace(/\.ts$/, '')
}

function wrongImport(path: string, { line, path: to }: Import): Violation {
  return { path, line, message: `imports ${to}`, remedy: remedyFor(path, to) }
}

function remedyFor(from: string, to: string): string {
  if (isTest(to)) return 'only tests import what is there for tests'
  if (to.startsWith('src/shell/'))
    return 'hand it in from main.ts, where the units of the shell meet'
  if (!from.startsWith('src/')) return 'import src/index.ts only; what it lacks is exported there'
  const allowed = RINGS[ringOf(from)]?.join(', ') || 'nothing'
  return ringOf(from) === ringOf(to)
    ? 'siblings stay apart: move what both need into a file of its own'
    : `hand it in from outside, or move it down; ${ringOf(from)} may import ${allowed}`
}
