// cimgate sample: valid messages, or wrong ones with what they must be found guilty of.

import { writeJson } from '../../schema/json-text.ts'
import type { Json } from '../../schema/json-text.ts'
import { messageFromJson } from '../../schema/message-xml.ts'
import { sampleMessage } from '../../schema/sample.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** One case: a message and, for a wrong one, rule and path of each finding. */
export interface SampleCase {
  readonly name: string
  readonly xml?: string
  readonly json?: Json
  readonly expect: readonly { readonly rule: string; readonly path: string }[]
}

export interface SampleOptions {
  readonly verb?: string
  readonly typed: boolean
  readonly count?: number
  readonly seed: number
  readonly json: boolean
  readonly invalid: boolean
}

export interface SampleParts {
  readonly schemas: SchemaSet
  readonly mutants: (
    noun: string,
    options: { readonly verb?: string; readonly seed: number; readonly count?: number },
  ) => readonly SampleCase[]
  /** writes a file into `--out`; undefined without it */
  readonly write?: (name: string, text: string) => Promise<void>
}

/** @returns 0 · 2 when the catalogue has no such noun, or no such message about it */
export async function printSamples(
  noun: string,
  options: SampleOptions,
  parts: SampleParts,
  terminal: Terminal,
): Promise<ExitCode> {
  const cases = options.invalid
    ? parts.mutants(noun, options)
    : validCases(noun, options, parts.schemas)
  if (cases.length === 0) {
    const near = parts.schemas.catalogue.suggestNoun(noun)
    terminal.err(
      `There is no ${options.typed ? 'typed ' : ''}${options.verb ?? ''} message about ${noun}.${near === undefined || near === noun ? '' : ` Did you mean ${near}?`}\n`,
    )
    return 2
  }
  const single = options.count === undefined && !options.invalid
  for (const it of cases) await emit(it, single, options.json, parts, terminal)
  return 0
}

function validCases(
  noun: string,
  options: SampleOptions,
  schemas: SchemaSet,
): readonly SampleCase[] {
  const seeds = Array.from({ length: options.count ?? 1 }, (_, at) => options.seed + at)
  return seeds.flatMap((seed) => {
    const json = sampleMessage(schemas, noun, {
      seed,
      typed: options.typed,
      ...(options.verb === undefined ? {} : { verb: options.verb }),
    })
    return json === undefined
      ? []
      : [
          {
            name: `${noun}-${options.verb ?? 'sample'}-${seed}`,
            json,
            ...(options.json ? {} : { xml: messageFromJson(json, schemas).xml }),
            expect: [],
          },
        ]
  })
}

async function emit(
  it: SampleCase,
  single: boolean,
  asJson: boolean,
  parts: SampleParts,
  terminal: Terminal,
): Promise<void> {
  const body =
    it.xml === undefined || asJson
      ? writeJson(it.json ?? null, 2)
      : `<?xml version="1.0" encoding="UTF-8"?>\n${it.xml}`
  const ending = it.xml === undefined || asJson ? 'json' : 'xml'
  if (parts.write !== undefined) {
    await parts.write(`${it.name}.${ending}`, `${body}\n`)
    if (it.expect.length > 0)
      await parts.write(`${it.name}.issues.json`, `${writeJson(it.expect as unknown as Json, 2)}\n`)
  } else if (single) terminal.out(`${body}\n`)
  else
    terminal.out(
      `${writeJson({ name: it.name, ...(ending === 'json' ? { json: it.json ?? null } : { xml: it.xml ?? '' }), expect: it.expect as unknown as Json })}\n`,
    )
}
