// cimgate sample: valid messages, or wrong ones with what they must be found guilty of.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isVerb, verbAdvice } from '../../envelope/verbs.ts'
import { BARE_USE, isCarried, NO_NAMESPACE } from '../../schema/bare.ts'
import { writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { sampleMessage, sampleVerbs, usualVerb } from '../../schema/sample/sample.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { indented } from '../../schema/indent.ts'
import { UsageError, withCore } from './terminal.ts'
import type { CommonOptions, Core, ExitCode, Terminal, Tools } from './terminal.ts'

/** Which messages, how many, in which form and where to. */
export interface SampleCommand {
  readonly verb?: string
  readonly typed: boolean
  readonly count?: number
  readonly seed: number
  readonly json: boolean
  readonly invalid: boolean
  /** folder for files instead of standard output */
  readonly out?: string
}

/** One case: a message in one of the two forms and, for a wrong one, rule and path of each finding. */
interface SampleCase {
  readonly name: string
  readonly xml?: string
  readonly json?: Json
  readonly expect: readonly Readonly<Record<'rule' | 'path', string>>[]
}

/** @returns 0 · 2 when the catalogue has no such noun, or no such message about it */
export function runSample(
  tools: Tools,
  noun: string,
  command: SampleCommand,
  options: CommonOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withCore(tools, options, terminal, async (core) => {
    const { schemas } = core
    checkSubject(noun, command, schemas)
    await checkSchema(noun, command, core)
    const put = await writerOf(command, terminal)
    let none = true
    for (const it of await casesOf(noun, command, schemas)) {
      none = false
      await put(it)
    }
    if (none && command.count !== 0) throw new UsageError(noSuchMessage(noun, command, schemas))
    return 0
  })
}

function checkSubject(noun: string, { verb }: SampleCommand, { catalogue }: SchemaSet): void {
  if (verb !== undefined && !isVerb(verb))
    throw new UsageError(`${verb} is no verb. ${verbAdvice(verb)}`)
  if (catalogue.isNoun(noun)) return
  const near = catalogue.suggestNoun(noun)
  const advice = near === undefined ? '"cimgate schemas list" shows all.' : `Did you mean ${near}?`
  throw new UsageError(`There is no noun ${noun}. ${advice}`)
}

/** What a schema that does not compile asks for is not known, so there is no valid message about its noun. */
async function checkSchema(
  noun: string,
  { verb = 'create' }: SampleCommand,
  { schemas: { catalogue }, check }: Core,
): Promise<void> {
  const file = catalogue.select(undefined, noun, verb)?.file
  const failure = file?.shipped === false ? await check(file.location) : undefined
  if (failure !== undefined)
    throw new UsageError(
      `${failure.replace(/\.$/, '')}. The schema is at fault: mend it, or take it out of the folder.`,
    )
}

function noSuchMessage(noun: string, { verb, typed }: SampleCommand, schemas: SchemaSet): string {
  const kind = [typed ? 'typed' : '', verb ?? ''].filter((it) => it !== '').join(' ')
  const verbs = sampleVerbs(schemas, noun, typed)
  const others = verbs.length === 0 ? '' : ` There are ${verbs.join(', ')}.`
  const none = `There is no ${kind === '' ? '' : `${kind} `}message about ${noun}`
  if (!isCarried(schemas.catalogue, noun)) return `${none}: ${NO_NAMESPACE}. ${BARE_USE}`
  return `${none}.${others}`
}

async function casesOf(
  noun: string,
  command: SampleCommand,
  schemas: SchemaSet,
): Promise<Iterable<SampleCase>> {
  if (!command.invalid) return validCases(noun, command, schemas)
  const { mutants } = await import('../../schema/mutate/mutate.ts')
  return mutants(schemas, noun, command)
}

/** One after the other, so that a million of them need no memory. */
function* validCases(
  noun: string,
  { verb = '', typed, count = 1, seed: first, json }: SampleCommand,
  schemas: SchemaSet,
): Generator<SampleCase> {
  const name = `${noun}-${verb || usualVerb(schemas, noun)}`
  for (let seed = first; seed < first + count; seed += 1) {
    const message = sampleMessage(schemas, noun, { seed, typed, ...(verb ? { verb } : {}) })
    if (message === undefined) return
    const form = json ? { json: message } : { xml: documentOf(message, schemas) }
    yield { name: `${name}-${seed}`, ...form, expect: [] }
  }
}

function documentOf(message: JsonObject, schemas: SchemaSet): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${messageFromJson(message, schemas).xml}`
}

type Put = (it: SampleCase) => Promise<void>

async function writerOf({ out, count, invalid }: SampleCommand, terminal: Terminal): Promise<Put> {
  if (out !== undefined) return fileWriter(out)
  if (count === undefined && !invalid) return async (it) => terminal.out(readable(it))
  return async (it) => terminal.out(`${writeJson(plain(it))}\n`)
}

/** One file for each message, and for a wrong one a second with its findings. */
async function fileWriter(folder: string): Promise<Put> {
  const write = (name: string, text: string) =>
    writeFile(join(folder, name), text).catch(cannotWrite(folder))
  await mkdir(folder, { recursive: true }).catch(cannotWrite(folder))
  return async (it) => {
    const { name, xml, expect } = it
    // A wrong message is written as it is: another blank might mend it, or break it once more.
    const text = expect.length > 0 ? (xml ?? writeJson(it.json ?? null)) : readable(it)
    await write(`${name}.${xml === undefined ? 'json' : 'xml'}`, text)
    if (expect.length > 0) await write(`${name}.issues.json`, `${writeJson(plain(expect), 2)}\n`)
  }
}

function cannotWrite(folder: string): (error: Error) => never {
  return (error) => {
    throw new UsageError(`${folder} cannot be written to: ${error.message}`)
  }
}

function readable({ xml, json }: SampleCase): string {
  return `${xml === undefined ? writeJson(json ?? null, 2) : indented(xml)}\n`
}

/** The same as JSON: keys that are absent stay absent. */
function plain(it: SampleCase | SampleCase['expect']): Json {
  return it as unknown as Json
}
