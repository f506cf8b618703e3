// Vectors: messages as files, each with what exactly has to be found in it, and what in the same message changed in one
// place. They are data for whoever judges messages, not only for this suite; here they are read and linted.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Register } from './register.ts'
import { filesIn } from './report/identity.ts'
import { readAs } from './shapes.ts'
import type { Requirement, Vector } from './shapes.ts'

/** A vector with its message, octet by octet. */
export interface Sample extends Vector {
  /** its path without the ending: `replies/fault` */
  readonly id: string
  readonly bytes: Uint8Array
}

/** Files by their paths in the folder of vectors. */
export type VectorFiles = ReadonlyMap<string, Uint8Array>

/** Those that are shipped. */
export const VECTORS = fileURLToPath(new URL('../../conformance/vectors', import.meta.url))

const [MESSAGE, EXPECT] = ['.xml', '.expect.json'] as const

/** All files of a folder that are vectors. @throws there is no such folder */
export function readVectorFiles(folder: string = VECTORS): VectorFiles {
  const names = filesIn(folder).filter((it) => it.endsWith(MESSAGE) || it.endsWith(EXPECT))
  return new Map(names.map((it) => [it, readFileSync(`${folder}/${it}`)]))
}

/** The vectors that these files are. @throws every problem of every file, a line each */
export function samplesOf(
  files: VectorFiles,
  { requirements }: Pick<Register, 'requirements'>,
): readonly Sample[] {
  const problems = [...files.keys()].flatMap((it) => alone(it, files))
  const samples: Sample[] = []
  for (const [name, bytes] of files) {
    if (!name.endsWith(EXPECT)) continue
    const read = readAs('vectors', new TextDecoder().decode(bytes), name)
    const id = name.slice(0, -EXPECT.length)
    if ('problems' in read) problems.push(...read.problems)
    else
      samples.push({ ...read.value, id, bytes: files.get(`${id}${MESSAGE}`) ?? new Uint8Array() })
  }
  problems.push(...samples.flatMap((it) => lint(it, requirements)), ...twice(samples))
  if (samples.length + problems.length === 0)
    problems.push('there is no vector: x.xml with x.expect.json')
  if (problems.length > 0) throw new Error(`The vectors are not whole:\n${problems.join('\n')}`)
  return samples
}

/** Half a pair. */
function alone(name: string, files: VectorFiles): readonly string[] {
  const [own, other] = name.endsWith(EXPECT) ? [EXPECT, MESSAGE] : [MESSAGE, EXPECT]
  const pair = `${name.slice(0, -own.length)}${other}`
  return files.has(pair) ? [] : [`${name}: ${pair} is missing`]
}

function twice(samples: readonly Sample[]): readonly string[] {
  const titles = samples.map((it) => it.title)
  return samples
    .filter((it, at) => titles.indexOf(it.title) !== at)
    .map((it) => `${it.id}: another vector has its title`)
}

/** What the shape cannot say: ids are in the register, the verdict follows from them, and what is changed is there once. */
function lint(
  { id, verdict, findings, bytes, mutations = [] }: Sample,
  requirements: ReadonlyMap<string, Requirement>,
): readonly string[] {
  const due = verdictOf(findings, requirements)
  const text = new TextDecoder().decode(bytes)
  const titles = mutations.map((it) => it.title)
  return [
    ...[findings, ...mutations.map((it) => it.findings)]
      .flat()
      .filter((it) => !requirements.has(it))
      .map((it) => `${id}: requirement ${it} is not in the register`),
    ...(due === verdict ? [] : [`${id}: its findings make it ${due}, and it says ${verdict}`]),
    ...mutations.flatMap((it, at) => [
      ...(text.split(it.find).length === 2
        ? []
        : [`${id}: "${it.title}" changes what is not there once: ${it.find}`]),
      ...(titles.indexOf(it.title) === at ? [] : [`${id}: "${it.title}" is there twice`]),
    ]),
  ]
}

/** As a run weighs them. */
function verdictOf(
  findings: readonly string[],
  requirements: ReadonlyMap<string, Requirement>,
): Vector['verdict'] {
  if (findings.length === 0) return 'pass'
  return findings.some((it) => requirements.get(it)?.level === 'MUST') ? 'fail' : 'warning'
}
