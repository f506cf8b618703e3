// The published JSON Schemas of all files that the suite reads and writes, made from their shapes.

import { RESULTS } from './results-shape.ts'
import { schemaOf } from './shape.ts'
import { SHAPES } from './shapes.ts'

const ABOUT: Readonly<Record<keyof typeof PUBLISHED, string>> = {
  results: 'results.json: what a run of the conformance suite has come to',
  scenarios: 'Cases of the conformance suite: messages between roles in a partial order',
  clients: 'Cases of products that send: what they are answered, and what they have to do then',
  scripts:
    'A scenario: what passes between roles, what has to hold in it, and the ways that it can go',
  profiles: 'Which nouns the scenarios are played with',
  interop: 'The index of interoperability cases: which cases of the suite each stands for',
  vectors: 'What has to be found in the message beside it, and in the same with one thing changed',
  sockets: 'Cases of a status feed: what is changed, and what has to be heard of it',
  requirements: 'The register of requirements of the conformance suite',
  capability: 'Capability statement: what a product says that it can',
  waivers: 'Findings that somebody has agreed to',
}
const PUBLISHED = { ...SHAPES, results: RESULTS }

/** Texts of the schemas, by their files in `conformance/schemas/`. */
export function publishedSchemas(): Readonly<Record<string, string>> {
  const names = Object.keys(ABOUT) as readonly (keyof typeof PUBLISHED)[]
  return Object.fromEntries(
    names.map((it) => {
      const schema = { title: ABOUT[it], ...schemaOf(PUBLISHED[it]) }
      return [`${it}.json`, `${JSON.stringify(schema, undefined, 2)}\n`]
    }),
  )
}
