// A schema file tried out: does the engine take it, does it make a model, in each of its variants?

import { NO_NAMESPACE } from '../../schema/bare.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import type { Declared } from '../../schema/message-json.ts'
import { sampleRoot } from '../../schema/sample/sample.ts'
import type { SchemaSet } from '../../schema/schemas.ts'
import { warningFinding } from './failure.ts'
import { NOTHING_KNOWN, undecidedBySchema } from './judgement.ts'
import type { Judgement } from './judgement.ts'
import type { Validators } from './validators.ts'

/** @returns a judgement without findings, or one that says why the schema cannot be used */
export function checkSchema(
  location: string,
  schemas: SchemaSet,
  validators: Validators,
): Judgement {
  try {
    for (const file of variantsOf(location, schemas)) {
      // The model knows in no time what the engine would need its whole deadline for.
      const { elements, types } = schemas.modelOf(file)
      // Each is made when it is asked for.
      void [...elements, ...types]
      const compiled = validators.of(file)
      if ('failure' in compiled) return undecidedBySchema(compiled.failure)
    }
    return { ...NOTHING_KNOWN, verdict: 'valid', findings: [] }
  } catch (error) {
    return undecidedBySchema(error instanceof Error ? error.message : String(error))
  }
}

/** nouns of one file of which a sample is tried */
const MOST_NOUNS = 1_000

/** @returns a judgement with a warning for each noun of which no sample can be made, though its messages may be judged */
export function checkSamples(location: string, { catalogue, payload }: SchemaSet): Judgement {
  const entry = catalogue.entries.find((it) => it.file.location === location)
  const nouns = (entry?.nouns ?? []).slice(0, MOST_NOUNS)
  const faults = nouns.flatMap((noun) => {
    const fault = sampleFault(() => payload(entry?.targetNamespace, noun, 'create'))
    return fault === undefined ? [] : [`no sample of ${noun} can be made: ${fault}`]
  })
  const findings = faults.map((it) => warningFinding(it))
  return { ...NOTHING_KNOWN, verdict: 'valid', findings }
}

function sampleFault(declared: () => Declared | undefined): string | undefined {
  try {
    const root = declared()
    if (root !== undefined) sampleRoot(root, 0)
    return root?.decl.ns === '' ? NO_NAMESPACE : undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The file and what is derived from it, for each of its nouns. */
function variantsOf(location: string, { catalogue }: SchemaSet): readonly SchemaFile[] {
  const entry = catalogue.entries.find((it) => it.file.location === location)
  if (entry === undefined) {
    const file = catalogue.files.find((it) => it.location === location)
    return file === undefined ? [] : [file]
  }
  const derived = entry.nouns.map((it) => catalogue.select(entry.targetNamespace, it, 'change'))
  const own = derived.filter((it) => it?.derived === true && it.files === entry.files)
  return [entry.file, ...own.flatMap((it) => (it === undefined ? [] : [it.file]))]
}
