// What README.md repeats from the code, beside the tables of layers/readme-tables.fixture.ts: rules, diagrams,
// and the first columns of tables whose words are written by hand.

import { readFileSync } from 'node:fs'
import { RULES } from '../envelope/rules.ts'
import { packageOf, readSources, isTest, ROOT } from '../layers/sources.fixture.ts'
import { LIFECYCLES } from '../lifecycles/index.ts'
import { LIMITS } from '../schema/json-schema/limits.ts'
import { diagramOf } from '../lifecycles/lifecycle.ts'
import { editorSchema } from '../shell/config/schema.ts'
import { below } from '../shell/config/shapes.ts'

/** README.md as it is. */
export const README = readFileSync(`${ROOT}README.md`, 'utf8')

/** Where the lifecycles are drawn. */
export const DRAWN = 'src/lifecycles/README.md'

/** The rules of the envelope, in their order. */
export function ruleTable(): string {
  const rows = RULES.map((it) => [it.id, it.level, it.replyCode, it.clause || 'ours', it.text])
  return [['rule', 'level', 'code', 'clause', 'what it asks'], Array(5).fill('---'), ...rows]
    .map((it) => `| ${it.join(' | ')} |`)
    .join('\n')
}

/** What JSON Schema cannot say of CIM-JSON. */
export function limitTable(): string {
  const rows = LIMITS.map((it) => [`\`${it.id}\``, it.says])
  return [['limit', 'what the JSON Schema does'], ['---', '---'], ...rows]
    .map((it) => `| ${it.join(' | ')} |`)
    .join('\n')
}

/** Every lifecycle as a Mermaid diagram under its name. */
export function diagrams(): string {
  return LIFECYCLES.map(
    (it) => `**${it.id}** · ${it.about}\n\n\`\`\`mermaid\n${diagramOf(it)}\n\`\`\``,
  ).join('\n\n')
}

/** What stands between two marks as rows of cells, without head and rule; words in code lose their ticks. */
export function cells(table: string): readonly (readonly string[])[] {
  const rows = table.split('\n').slice(2)
  return rows.map((it) =>
    it
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  )
}

/** The dependencies, each with the one file that imports it. */
export function dependencies(): readonly string[] {
  const files = readSources(['src']).filter((it) => !isTest(it.path))
  const importer = (name: string) =>
    files.find((it) => it.imports.some(({ specifier }) => packageOf(specifier) === name))
  return Object.keys(manifest().dependencies).map(
    (it) => `${it}: ${importer(it)?.path ?? 'nowhere'}`,
  )
}

/** Every type of binding with its other keys, in the order of the schema. */
export function bindings(): readonly (readonly [type: string, keys: readonly string[]])[] {
  const party = below(below([editorSchema()], 'parties'), 'any one')
  return below(party, 'binding').map(({ properties: { type, ...others } = {} }) => [
    String(type?.const),
    Object.keys(others),
  ])
}

/** The scripts as they are typed; those that npm runs by itself are left out. */
export function scripts(): readonly string[] {
  const own = Object.keys(manifest().scripts).filter((it) => it !== 'prepack')
  return own.map((it) => (it === 'start' || it === 'test' ? `npm ${it}` : `npm run ${it}`))
}

function manifest(): {
  readonly dependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
} {
  return JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
}
