// Whether every list is complete: flows with samples and schema, lifecycles, resources of dialects, names, folders.

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import type { Dialect } from '../dialects/dialect.ts'
import type { Flow } from '../flows/flow.ts'
import { ROOT, listFiles } from './sources.fixture.ts'
import type { Violation } from './sources.fixture.ts'

/** A violation of a file as a whole. */
export function missing(path: string, message: string, remedy: string): Violation {
  return { path, line: 0, message, remedy }
}

/** A flow file that the list lacks, or whose id is not its name. */
export function unlistedFlows(
  files: readonly string[],
  flows: readonly Flow[],
): readonly Violation[] {
  const listed = flows.map((it) => `src/flows/${it.id}.ts`)
  const odd = files.filter((it) => !listed.includes(it))
  return odd.map((it) =>
    missing(
      it,
      'is no entry of FLOWS by its name',
      'add the line to src/flows/index.ts; id = file',
    ),
  )
}

/** What a flow needs besides its file: samples of both messages or of the event, wrong ones, the noun's schema. */
export function incompleteFlow({ id, noun, pattern }: Flow): readonly Violation[] {
  const folder = `samples/${id}`
  const names = existsSync(`${ROOT}${folder}`) ? readdirSync(`${ROOT}${folder}`) : []
  const due = pattern === 'RR' ? ['request.xml', 'reply.xml', 'invalid'] : ['invalid']
  const lacking = due
    .filter((it) => !names.includes(it))
    .map((it) => missing(`${folder}/${it}`, 'is missing', 'see samples/README.md'))
  const event = names.some((it) => it.endsWith('.xml'))
    ? []
    : [missing(folder, 'has no message', 'put one there; see samples/README.md')]
  const schema = nounFiles().includes(noun)
    ? []
    : [
        missing(
          `xsd/<part>/${noun}.xsd`,
          'is missing',
          `the flow ${id} needs it; see xsd/README.md`,
        ),
      ]
  return [...lacking, ...event, ...schema]
}

/** The nouns that have a schema of their own, with a root of that name. */
export function nounFiles(): readonly string[] {
  return listFiles('xsd')
    .filter((it) => /\/[A-Za-z]+\.xsd$/.test(it) && !it.includes('/part100/'))
    .map((it) => ({ path: it, noun: /([A-Za-z]+)\.xsd$/.exec(it)?.[1] ?? '' }))
    .filter(({ path, noun }) =>
      readFileSync(`${ROOT}${path}`, 'utf8').includes(`<xs:element name="${noun}"`),
    )
    .map((it) => it.noun)
}

/** A resource that its dialect does not list, or that exports other things than a resource does. */
export async function incompleteResources(
  files: readonly string[],
  dialects: Readonly<Record<string, Dialect>>,
): Promise<readonly Violation[]> {
  const all = await Promise.all(files.map((it) => incompleteResource(it, dialects)))
  return all.flat()
}

async function incompleteResource(
  path: string,
  dialects: Readonly<Record<string, Dialect>>,
): Promise<readonly Violation[]> {
  const [, vendor, name] = /^src\/dialects\/([^/]+)\/([^/]+)\.ts$/.exec(path) ?? []
  const exported = await load(path)
  const names = Object.keys(exported).sort().join(', ')
  const odd =
    names === 'routes, toCim, toVendor' || names === 'mapped, routes, toCim, toVendor'
      ? []
      : [
          missing(
            path,
            `exports ${names}`,
            'export toCim, toVendor and routes, mapped where there are rows, nothing else',
          ),
        ]
  const listed = dialects[vendor ?? '']?.[name ?? '']?.toCim === exported['toCim']
  return listed
    ? odd
    : [...odd, missing(path, 'is in no dialect', 'add the line to src/dialects/index.ts')]
}

/** The values that a compiled source exports; by the same address as the tests import it, so that it is the same module. */
export async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  const url = new URL(path.replace(/^src\//, '../').replace(/\.ts$/, '.js'), import.meta.url)
  return (await import(url.href)) as Readonly<Record<string, unknown>>
}

/** Packages that `dependencies` bring along and that run something when they are installed. */
export function installScripts(): readonly Violation[] {
  const { dependencies } = manifest('package.json')
  return [...withDependencies(Object.keys(dependencies ?? {}))]
    .filter(runsAtInstall)
    .map((it) =>
      missing(`node_modules/${it}/package.json`, 'runs at installation', `do without ${it}`),
    )
}

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(`${ROOT}${path}`, 'utf8')) as Manifest
}

function withDependencies(names: readonly string[]): ReadonlySet<string> {
  const all = new Set(names)
  for (const name of all) {
    const path = `node_modules/${name}/package.json`
    if (!existsSync(`${ROOT}${path}`)) continue
    for (const next of Object.keys(manifest(path).dependencies ?? {})) all.add(next)
  }
  return all
}

function runsAtInstall(name: string): boolean {
  const path = `node_modules/${name}`
  if (!existsSync(`${ROOT}${path}`)) return false
  const { scripts } = manifest(`${path}/package.json`)
  const hooks = ['preinstall', 'install', 'postinstall'].filter((it) => scripts?.[it] !== undefined)
  return hooks.length > 0 || existsSync(`${ROOT}${path}/binding.gyp`)
}
