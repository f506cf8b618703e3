// What a run has come to, as data: the shape of results.json, of which the published JSON Schema is made, and its types.
// Every report is made from it, and it is what is compared, verified and kept.

import { LAYERS, VERDICTS } from './layer.ts'
import { FATES } from './mapping/ledger.ts'
import { z } from './shape.ts'
import { PROFILES, ROLES, SHAPES } from './shapes.ts'

const verdict = z.enum(VERDICTS)
const layer = z.enum(LAYERS)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const list = <T extends z.ZodType>(of: T) => z.array(of).readonly()
const table = <T extends z.ZodRawShape>(of: T) => z.strictObject(of).readonly()

const observation = {
  requirement: z.string().describe('Id in the register.'),
  check: z
    .string()
    .describe('What has found it, where it is more than the requirement: the rule of a schema.'),
  layer,
  expected: z.string(),
  got: z.string(),
  message: z.string().describe('What is wrong, as one sentence.'),
  mend: z.string().describe('How to mend it; empty = as the requirement says.'),
  path: z.string().describe('Of an element of the message; empty for the whole.'),
  counterpart: z
    .string()
    .exactOptional()
    .describe('Where it stands on the other side of a mapping.'),
  line: z.int().min(0).describe('From 1; 0 = unknown.'),
  column: z.int().min(0),
}

const finding = table({
  ...observation,
  severity: z.enum(['fail', 'warning']),
  scenario: z.string(),
  step: z.string(),
  blame: z.string().describe('Whose it is: target, tester, or the name of a party.'),
  wire: z.string().describe('File of the message in the folder of the run; empty: none came.'),
  waived: z.string().exactOptional().describe('Why, by whom and until when it does not count.'),
})

const step = table({ id: z.string(), verdict, why: z.string().exactOptional() })

const caseResult = table({
  id: z.string(),
  aliases: list(z.string()),
  pack: z.string(),
  title: z.string(),
  roles: list(z.string()),
  source: z.string(),
  verdict,
  layers: z.partialRecord(layer, verdict).readonly(),
  why: z.string().exactOptional().describe('Why it was not run, or could not be judged.'),
  findings: list(finding),
  requirements: list(z.string()).describe('What it asks for.'),
  attested: z
    .boolean()
    .exactOptional()
    .describe('true: a person had the product send what the case needs.'),
  steps: list(step),
})

const requirementResult = table({
  id: z.string(),
  level: z.enum(['MUST', 'SHOULD', 'MAY']),
  status: z
    .enum(['agreed', 'draft', 'disputed'])
    .describe('draft: our reading, which nobody has confirmed; disputed: it is read in two ways.'),
  layer,
  text: z.string(),
  clause: z.string().describe('Empty where it is a rule of ours.'),
  mend: z.string(),
  verdict,
  cases: list(z.string()).describe('Cases that could have shown it.'),
  failed: list(z.string()).describe('Of them those that did.'),
  notTested: z.string().exactOptional().describe('Why nothing tests it.'),
})

const interopResult = table({
  id: z.string().describe('Of the interoperability case: IT-16.'),
  title: z.string(),
  verdict: verdict.describe('That of its cases of this run.'),
  cases: list(z.string()),
  untested: z.string().exactOptional().describe('What no case shows, and why.'),
})

const profileResult = table({
  profile: z.enum(PROFILES),
  claim: z
    .enum(['yes', 'no', 'none'])
    .describe('May it be claimed? none: no case of it applies to what the product claims.'),
  missing: list(
    table({
      case: z.string(),
      verdict: z.enum([...VERDICTS, 'left-out']),
      why: z.string(),
    }),
  ).describe('Cases that stand against it.'),
  untested: list(table({ role: z.enum(ROLES), why: z.string() })).describe(
    'Roles of the product that it has no case for in this mode, and why.',
  ),
  interop: list(interopResult),
})

const passed = table({
  file: z.string(),
  scenario: z.string(),
  step: z.string(),
  direction: z.enum(['request', 'reply']),
  from: z.string(),
  to: z.string(),
  status: z.int().nullable().describe('Of HTTP; null where there is none.'),
  contentType: z.string(),
  asked: z.string().exactOptional().describe('Of a request in JSON: its method and path.'),
})

const disagreement = table({
  wire: z.string(),
  part: z.enum(['envelope', 'payload']),
  schema: z.string(),
  ours: z.string(),
  theirs: z.string(),
})

const secondOpinion = z.union([
  table({
    engine: z.string(),
    version: z.string(),
    asked: z.int().min(0).describe('How many documents it has judged.'),
    undecided: list(z.string()).describe('Of them those where it gave no answer, and why.'),
    disagreements: list(disagreement),
  }),
  table({ engine: z.string(), missing: z.string().describe('Why nobody could be asked.') }),
])

/** Of a translator: what has become of each value. */
const ledgerLine = table({
  scenario: z.string(),
  step: z.string(),
  direction: z.enum(['json-to-xml', 'xml-to-json', 'json-to-json', 'xml-to-xml']),
  fate: z
    .enum(FATES)
    .describe(
      'mapped: it is there, with the same value; altered: with another one; dropped: it is not there; defaulted: the product fills it in, as it has declared; invented: it has not.',
    ),
  requirement: z.string().exactOptional().describe('That it breaks.'),
  from: z
    .string()
    .describe(
      'JSON Pointer into the content of the noun, or path of elements; empty: from nowhere.',
    ),
  to: z.string().describe('Likewise on the other side; empty: it went nowhere.'),
  said: z.string(),
  got: z.string(),
  line: z.int().min(0).describe('Of the XML, from 1; 0 = unknown.'),
})

/** The whole of a run. */
export const RESULTS = table({
  schema: z.literal('https://cimgate.example/conformance/results-1.json'),
  suite: table({
    name: z.literal('cimgate conformance'),
    version: z.string(),
    hash: sha256.describe('Of everything that judges: the same hash is the same suite.'),
    schemas: sha256.describe('Of the schemas that messages were judged by.'),
    node: z.string().describe('What it ran on.'),
  }),
  run: table({
    seed: z.string(),
    mode: z.string(),
    clock: z.enum(['real', 'virtual']),
    startedAt: z.string(),
    target: z.string(),
    strict: z.boolean(),
    transport: z.string(),
    isNormative: z
      .literal(false)
      .exactOptional()
      .describe(
        'The transport is no binding of the standard: what it shows is not conformance to it.',
      ),
    ics: sha256.describe('Of the capability statement.'),
    redacted: z.boolean().describe('Personal data stands as pseudonyms.'),
    options: list(table({ name: z.string(), value: z.string() }))
      .exactOptional()
      .describe('What else the command line said; of headers the names alone.'),
  }),
  signer: table({
    origin: z.enum(['given', 'fresh']).describe('fresh: made for this run and forgotten.'),
    fingerprint: z.string().exactOptional().describe('SHA-256 of the public key, as given.'),
  }).exactOptional(),
  selftest: table({
    killed: z.int().min(0),
    run: z.int().min(0),
    falseAlarms: z.int().min(0),
  })
    .exactOptional()
    .describe('How well the suite itself does: mutants found, of how many, and false alarms.'),
  secondOpinion: secondOpinion.exactOptional(),
  product: table({ name: z.string(), version: z.string(), vendor: z.string() }),
  verdict,
  why: z.string().exactOptional().describe('Why nothing could be judged at all.'),
  roles: list(table({ role: z.enum(ROLES), verdict })),
  profiles: list(profileResult).describe('Those of which a case was asked for.'),
  parties: list(table({ name: z.string(), verdict, findings: z.int().min(0) }))
    .exactOptional()
    .describe('Those who have sent what was judged, where nobody claims a role.'),
  counts: z.partialRecord(verdict, z.int()).readonly(),
  cases: list(caseResult),
  requirements: list(requirementResult),
  waivers: list(table({ waiver: SHAPES.waivers.element, isIdle: z.boolean() })),
  unmatched: list(
    table({
      file: z.string().describe('In the folder of the run, or in the capture.'),
      why: z.string(),
    }),
  )
    .exactOptional()
    .describe('What came and belongs to no case.'),
  ledger: list(ledgerLine)
    .exactOptional()
    .describe(
      'What has become of each value between JSON and XML; of round trips the losses alone.',
    ),
  wire: list(passed),
})

/** The whole of a run. */
export type Results = z.infer<typeof RESULTS>
/** A case with its verdicts. */
export type CaseResult = z.infer<typeof caseResult>
/** A profile, and what stands against claiming it. */
export type ProfileResult = z.infer<typeof profileResult>
/** A requirement over all cases. */
export type RequirementResult = z.infer<typeof requirementResult>
/** An observation in its place: case, step, message, and who is to blame. */
export type Finding = z.infer<typeof finding>
/** What a check finds in a message or an exchange. */
export type Observation = Omit<
  Finding,
  'severity' | 'scenario' | 'step' | 'blame' | 'wire' | 'waived'
>
/** What another engine has said. */
export type SecondOpinion = z.infer<typeof secondOpinion>
/** Where two engines do not agree. */
export type Disagreement = z.infer<typeof disagreement>
/** A line of the ledger of a translator. */
export type LedgerLine = z.infer<typeof ledgerLine>
/** A message as it passed, without its octets. */
export type PassedAs = z.infer<typeof passed>
