// A second opinion on every message that passed: another engine judges the same document by the same schema. Where the two do
// not agree the suite cannot be sure of its verdict, and says so; the product has nothing to answer for.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cimgate } from '../../src/index.ts'
import { rolledUp } from '../layer.ts'
import type { Disagreement, Results, SecondOpinion } from '../results-shape.ts'
import { partsOf } from '../xml.ts'
import type { Judged } from './evidence.ts'
import { askXmllint, versionOfXmllint } from './xmllint.ts'
import type { Opinion } from './xmllint.ts'

/** Engines that can be asked. */
export const ENGINES = ['xmllint'] as const

/** One document with the schema that it is judged by, and what cimgate says of it. */
interface Question {
  readonly wire: string
  readonly part: 'envelope' | 'payload'
  /** as cimgate calls it */
  readonly schema: string
  readonly document: string
  /** empty = valid */
  readonly ours: string
}

/** The results with what the other engine says. @param program name or path of xmllint */
export async function withSecondOpinion<T extends Judged>(
  run: T,
  cimgate: Cimgate,
  program: string,
): Promise<T> {
  const secondOpinion = await opinionOn(run, cimgate, program)
  const isDoubted = 'disagreements' in secondOpinion && secondOpinion.disagreements.length > 0
  const verdict = rolledUp([run.results.verdict, ...(isDoubted ? ['harness-error' as const] : [])])
  const results: Results = { ...run.results, verdict, secondOpinion }
  return { ...run, results }
}

async function opinionOn(
  { passed }: Judged,
  cimgate: Cimgate,
  program: string,
): Promise<SecondOpinion> {
  const version = await versionOfXmllint(program)
  if ('missing' in version) return { engine: 'xmllint', missing: version.missing }
  const questions: Question[] = []
  for (const { file, bytes } of passed) questions.push(...(await questionsOn(file, bytes, cimgate)))
  const answers = new Map<string, Promise<Opinion>>()
  const undecided: string[] = []
  const disagreements: Disagreement[] = []
  for (const { document, ours, ...about } of questions) {
    // Many messages of a run are the same: each is asked about once.
    const key = `${about.schema}\0${document}`
    const asked = answers.get(key) ?? askXmllint(program, document, pathOf(about.schema))
    answers.set(key, asked)
    const answer = await asked
    if ('undecided' in answer) undecided.push(`${about.part} of ${about.wire}: ${answer.undecided}`)
    else if (answer.isValid !== (ours === ''))
      disagreements.push({ ...about, ours: ours || 'valid', theirs: answer.said })
  }
  return {
    ...{ engine: 'xmllint', version: version.version, asked: questions.length },
    ...{ undecided, disagreements },
  }
}

async function questionsOn(
  wire: string,
  bytes: Uint8Array,
  cimgate: Cimgate,
): Promise<readonly Question[]> {
  const { verdict: read, verb } = await cimgate.validate(bytes)
  // What no parser takes as XML with namespaces has no parts that somebody could be asked about.
  const parts = read === 'refused' || read === 'not-well-formed' ? undefined : partsOf(bytes)
  if (parts === undefined) return []
  const envelope = await question('envelope', parts.message, parts.empty, undefined)
  const payloads = await Promise.all(
    parts.payloads.map((it) => question('payload', it, it, verb ?? undefined)),
  )
  return [envelope, ...payloads].flatMap((it) => (it === undefined ? [] : [it]))

  /** undefined where no file says what it has to be. @param like names the schema: a payload would name its own */
  async function question(
    part: Question['part'],
    document: string,
    like: string,
    meant: string | undefined,
  ): Promise<Question | undefined> {
    const only = [part === 'envelope' ? ('envelope-xsd' as const) : ('payload-xsd' as const)]
    const how = { only, ...(meant === undefined ? {} : { verb: meant }) }
    const [{ schema }, { verdict, findings }] = [
      await cimgate.validate(Buffer.from(like), how),
      await cimgate.validate(Buffer.from(document), how),
    ]
    if (schema === undefined || schema === null || !existsSync(pathOf(schema))) return undefined
    if (verdict !== 'valid' && verdict !== 'invalid') return undefined
    const ours = findings.filter((it) => it.severity === 'error').map((it) => it.message)
    return { wire, part, schema, document, ours: ours.slice(0, 3).join(' ') }
  }
}

/** Shipped schemas are named from the folder of the program. */
function pathOf(schema: string): string {
  const shipped = fileURLToPath(new URL(`../../../${schema}`, import.meta.url))
  return existsSync(schema) ? resolve(schema) : shipped
}
