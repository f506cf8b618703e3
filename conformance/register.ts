// The register of requirements and the scripts, read from their files and linted. A file that is not what it has to be is a
// fault of the suite: nothing is judged with it.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { socketScenario } from './engine/sockets.ts'
import { indexed, lintInterop } from './interop.ts'
import { lintCoverage } from './lint-coverage.ts'
import { lintProbes } from './lint-probes.ts'
import { lintScript } from './lint-scripts.ts'
import { hasManner } from './peers/cast.ts'
import { bound, caseOf, playedOf } from './script.ts'
import { readAs } from './shapes.ts'
import type {
  ClientCase,
  Interop,
  Requirement,
  Scenario,
  Script,
  SocketCase,
  Step,
} from './shapes.ts'

/** Everything that is judged by. */
export interface Register {
  readonly requirements: ReadonlyMap<string, Requirement>
  readonly scenarios: readonly Scenario[]
  /** of products that send */
  readonly clients: readonly ClientCase[]
  /** of status feeds */
  readonly sockets: readonly SocketCase[]
  /** what passes between roles, in the nouns of the profile */
  readonly scripts: readonly Script[]
  /** which cases each interoperability case stands for */
  readonly interop: readonly Interop[]
  /** the text of a file of payloads/ */
  readonly payload: (name: string) => string
  /** what it is read from */
  readonly files: Files
}

type Nouns = Readonly<Record<string, string>>

const HERE = new URL('../../conformance/', import.meta.url)

/** Files of data with their texts, by their paths in conformance/. */
export type Files = ReadonlyMap<string, string>

/** @throws every problem of every file, a line each */
export function readRegister(): Register {
  const folders = [
    'requirements',
    'scenarios',
    'clients',
    'sockets',
    'scripts',
    'profiles',
    'payloads',
  ]
  const names = folders.flatMap(filesIn)
  return registerOf(new Map([...names, 'interop.json'].map((it) => [it, textOf(it)])))
}

type FileKind =
  'requirements' | 'scenarios' | 'clients' | 'sockets' | 'scripts' | 'profiles' | 'interop'

/** The register that these files are. @throws every problem of every file, a line each */
export function registerOf(files: Files): Register {
  const problems: string[] = []
  const taken = <K extends FileKind>(kind: K) =>
    [...files].flatMap(([name, text]) => {
      if (!name.startsWith(`${kind}/`) && name !== `${kind}.json`) return []
      const read = readAs(kind, text, name)
      if ('value' in read) return [read.value]
      problems.push(...read.problems)
      return []
    })
  const requirements = taken('requirements').flat()
  const scenarios = taken('scenarios').flat()
  const clients = taken('clients').flat()
  const sockets = taken('sockets').flat()
  const nouns = Object.assign({}, ...taken('profiles').map((it) => it.nouns)) as Nouns
  const scripts = taken('scripts').map((it) => bound(it, { nouns }))
  const interop = taken('interop').flat()
  const cases = [...scenarios, ...clients.map(scenarioOf), ...sockets.map(socketScenario)]
  const branches = scripts.flatMap(playedOf).map(caseOf)
  const hasPayload = (name: string) => files.has(`payloads/${name}`)
  const named = new Map(requirements.map((it) => [it.id, it]))
  problems.push(
    ...lint(requirements, cases, hasPayload),
    ...scenarios.flatMap(lintProbes),
    ...scripts.flatMap((it) => lintScript(it, { requirements: named, hasPayload, hasManner })),
    ...lintCoverage(requirements, [...cases, ...branches]),
    ...lintInterop(interop, new Set([...cases, ...branches].map((it) => it.id))),
  )
  if (problems.length > 0) throw new Error(`The suite is not whole:\n${problems.join('\n')}`)
  return {
    requirements: new Map(requirements.map((it) => [it.id, it])),
    scenarios: scenarios.map((it) => indexed(it, interop)),
    clients: clients.map((it) => indexed(it, interop)),
    sockets,
    interop,
    scripts,
    payload: (name) => files.get(`payloads/${name}`) ?? '',
    files,
  }
}

/** The case of a client as what is weighed: its message, and what is asked of what comes after it. */
export function scenarioOf({ id, aliases, title, target, peer, ...it }: ClientCase): Scenario {
  const { verb, noun } = it.message
  const expect = it.requirements.map((requirement) => ({ requirement }))
  return {
    ...{
      id,
      title,
      target,
      ...(aliases === undefined ? {} : { aliases }),
      pack: 'clients',
      profiles: it.profiles ?? [],
      source: 'a rule of ours',
    },
    ...{
      needs: [`${verb} ${noun}`],
      ...(it.condition === undefined ? {} : { condition: it.condition }),
    },
    steps: [
      { id: 'request', from: target[0] ?? 'AGG', to: peer, kind: 'request', verb, noun, expect },
    ],
  }
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(new URL(`${folder}/`, HERE))) return []
  const entries = readdirSync(new URL(`${folder}/`, HERE), { recursive: true, encoding: 'utf8' })
  return entries
    .filter((it) => /\.(json|xml)$/.test(it))
    .sort()
    .map((it) => `${folder}/${it}`)
}

function textOf(path: string): string {
  return readFileSync(new URL(path, HERE), 'utf8')
}

/** What the shapes cannot say: ids once, and everything that is named is there. */
export function lint(
  requirements: readonly Requirement[],
  scenarios: readonly Scenario[],
  hasPayload: (name: string) => boolean = () => true,
): readonly string[] {
  const known = new Set(requirements.map((it) => it.id))
  return [
    ...twice(requirements.map((it) => it.id)).map((it) => `requirement ${it} is there twice`),
    ...twice(
      scenarios.flatMap((it) => [it.id, ...(it.aliases ?? []).filter((id) => id !== it.id)]),
    ).map((it) => `case ${it} is there twice`),
    ...scenarios.flatMap((it) => it.steps.flatMap((step) => lintStep(step, it, known, hasPayload))),
  ]
}

function lintStep(
  step: Step,
  { id, steps }: Scenario,
  known: ReadonlySet<string>,
  hasPayload: (name: string) => boolean,
): readonly string[] {
  const at = `${id} step ${step.id}`
  const unknown = (step.expect ?? []).filter((it) => !known.has(it.requirement))
  const before = (step.after ?? []).filter(
    (it) => !steps.slice(0, steps.indexOf(step)).some((one) => one.id === it),
  )
  const missing = step.payload !== undefined && !hasPayload(step.payload)
  return [
    ...unknown.map((it) => `${at}: requirement ${it.requirement} is not in the register`),
    ...before.map((it) => `${at}: step ${it} does not come before it`),
    ...(missing ? [`${at}: payloads/${step.payload} is missing`] : []),
    ...(twice(steps.map((it) => it.id)).includes(step.id) ? [`${at}: its id is there twice`] : []),
  ]
}

function twice(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((it, at) => ids.indexOf(it) !== at))]
}
