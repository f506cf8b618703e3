// cimgate as a library: judges and converts, without a server.

import type { ConvertOptions, Converted } from '../gateway/convert.ts'
import type { Validated, ValidateOptions } from '../gateway/ports.ts'
import type { Form } from '../gateway/translate.ts'
import type { NounEntry } from '../schema/catalogue.ts'
import type { JsonObject } from '../schema/json-text.ts'
import type { Mutant, MutantOptions } from '../schema/mutate/mutate.ts'
import type { SampleOptions } from '../schema/sample/sample.ts'
import type { CommonOptions } from '../shell/terminal/terminal.ts'
import { lastingFacts } from '../shell/xml-in/xsd-facts.ts'
import { openCore } from './core.ts'

/** What can be done with messages. */
export interface Cimgate {
  /** Judges one message in either form. */
  readonly validate: (bytes: Uint8Array, options?: ValidateOptions) => Promise<Validated>
  /** The other form of a message, or the findings that keep it from being faithful. */
  readonly convert: (bytes: Uint8Array, to?: Form | ConvertOptions) => Promise<Converted>
  /** One valid message about a noun, as CIM-JSON; undefined when there is none. */
  readonly sample: (noun: string, options?: SampleOptions) => JsonObject | undefined
  /** Messages about a noun with one mistake each, and every finding that is due; none where there is no such message. */
  readonly invalid: (noun: string, options?: MutantOptions) => readonly Mutant[]
  /** JSON Schema (2020-12) of a noun's content as CIM-JSON, in the variant of the verb; undefined when there is none. */
  readonly jsonSchema: (noun: string, verb?: string) => JsonObject | undefined
  readonly nouns: readonly NounEntry[]
  readonly close: () => Promise<void>
}

/** Opens the schemas; close it when done, or the process does not end. */
export async function openCimgate(options: CommonOptions = { xsd: [] }): Promise<Cimgate> {
  const [{ convert }, { formOf, judgeForm }, { sampleMessage }, { mutants }, { contentSchema }] =
    await Promise.all([
      import('../gateway/convert.ts'),
      import('../gateway/translate.ts'),
      import('../schema/sample/sample.ts'),
      import('../schema/mutate/mutate.ts'),
      import('../schema/json-schema/json-schema.ts'),
    ])
  const { schemas, validate, close } = await openCore(options, lastingFacts())
  return {
    validate: async (bytes, how) =>
      (await judgeForm(bytes, formOf(bytes), { schemas, validate }, how)).validated,
    convert: (bytes, to) =>
      convert(bytes, { schemas, validate }, typeof to === 'string' ? { to } : to),
    sample: (noun, how) => sampleMessage(schemas, noun, how),
    invalid: (noun, how) => mutants(schemas, noun, how),
    jsonSchema: (noun, verb) => {
      const declared = schemas.payload(undefined, noun, verb)
      return declared === undefined ? undefined : contentSchema(declared)
    },
    nouns: schemas.catalogue.nouns,
    close,
  }
}
