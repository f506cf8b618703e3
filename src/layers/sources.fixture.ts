// Sources as the architecture test sees them: text, code without comments, imports with their lines.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Tests run compiled, from dist/src/layers. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** One import or re-export, type-only ones included. */
export interface Import {
  readonly line: number
  readonly specifier: string
  /** path from the root for a relative import, else empty */
  readonly path: string
}

/** One TypeScript file. */
export interface Source {
  /** from the root, with `/`: `src/envelope/verbs.ts` */
  readonly path: string
  readonly text: string
  /** the text with comments blanked out; every line stays where it is */
  readonly code: string
  readonly imports: readonly Import[]
}

/** A broken rule: where, what, and how to mend it. */
export interface Violation {
  readonly path: string
  /** from 1; 0 for the file as a whole */
  readonly line: number
  readonly message: string
  readonly remedy: string
}

/** Every `.ts` file below these folders; a folder that is not there has none. */
export function readSources(folders: readonly string[]): readonly Source[] {
  return folders.flatMap((it) =>
    listFiles(it)
      .filter((path) => path.endsWith('.ts'))
      .map((path) => sourceOf(path, readFileSync(`${ROOT}${path}`, 'utf8'))),
  )
}

/** All files below a folder, by their paths from the root, in order. */
export function listFiles(folder: string): readonly string[] {
  if (!existsSync(`${ROOT}${folder}`)) return []
  return readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => posix.relative(ROOT, posix.join(it.parentPath.replaceAll('\\', '/'), it.name)))
    .sort()
}

export function sourceOf(path: string, text: string): Source {
  const code = blank(text, (it) => it.startsWith('//') || it.startsWith('/*'))
  return { path, text, code, imports: importsOf(path, code) }
}

/** Files that are tests, or there for tests alone. */
export function isTest(path: string): boolean {
  return (
    /\.(test|fixture|contract|samples)\.ts$/.test(path) ||
    path.startsWith('src/shell/store/contract/')
  )
}

/** The package of a specifier: `@koa/router` of `@koa/router/lib/x`; empty for relative and `node:` ones. */
export function packageOf(specifier: string): string {
  if (/^(\.|node:)/.test(specifier)) return ''
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

/** The code without what stands in quotes, so that a word in a message is no use of that name. */
export function withoutText(source: Source): string {
  return blank(source.code, (it) => /^['"/]/.test(it))
}

/** The code without templates, some of which are code themselves. */
export function withoutTemplates(source: Source): string {
  return blank(source.code, (it) => it.startsWith('`'))
}

/** Every place where a pattern (global) matches, as violations. */
export function matches(
  source: Source,
  code: string,
  pattern: RegExp,
  tell: (found: string) => readonly [message: string, remedy: string],
): readonly Violation[] {
  return [...code.matchAll(pattern)].map((it) => {
    const [message, remedy] = tell(it[0].trim())
    return { path: source.path, line: lineOf(code, it.index), message, remedy }
  })
}

/** Violations as one text, file and line first. */
export function report(violations: readonly Violation[]): string {
  const place = (it: Violation) => (it.line === 0 ? it.path : `${it.path}:${it.line}`)
  const lines = violations.map((it) => `  ${place(it)} ${it.message}; ${it.remedy}`)
  return ['', ...lines].join('\n')
}

// Comments, strings, templates and regular expressions; a slash begins an expression where no operand stands before it.
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|(?<=(?:^|[=(,:[!&|?{};>\n]|return)[ ]*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g

function blank(text: string, which: (token: string) => boolean): string {
  return text.replace(TOKEN, (it) => (which(it) ? it.replace(/[^\n]/g, ' ') : it))
}

const IMPORT =
  /(?:^|[;\n])\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|(?:^|[;\n])\s*import\s*'([^']+)'|\b(?:import|require)\(\s*'([^']+)'/g

function importsOf(path: string, code: string): readonly Import[] {
  return [...code.matchAll(IMPORT)].map((it) => {
    const specifier = it[1] ?? it[2] ?? it[3] ?? ''
    const line = lineOf(code, it.index + it[0].indexOf(specifier))
    const relative = specifier.startsWith('.')
    return { line, specifier, path: relative ? posix.join(posix.dirname(path), specifier) : '' }
  })
}

function lineOf(code: string, index: number): number {
  return code.slice(0, index).split('\n').length
}
