// The files that a run is made from, as data: their shapes, of which the published JSON Schemas are made, and the types.

import { SCRIPT, PROFILE } from './script-shape.ts'
import { readShape, z } from './shape.ts'
import type { Read, Shape } from './shape.ts'
import { socketCase } from './socket-shape.ts'

export type { SocketCase } from './socket-shape.ts'
import { edit, id, profile, role, step } from './step-shape.ts'

export { PROFILES, ROLES } from './step-shape.ts'
export type { Expectation, ProfileName, Role, Step } from './step-shape.ts'
export type { Branch, Profile, Say, Script, ScriptStep } from './script-shape.ts'

const requirement = z
  .strictObject({
    id,
    sources: z
      .array(z.strictObject({ std: z.string(), edition: z.string(), clause: z.string() }))
      .describe('Where it is said; empty where it is ours.'),
    text: z.string().min(20).describe('The requirement in our own words, as one sentence.'),
    level: z.enum(['MUST', 'SHOULD', 'MAY']),
    layer: z.enum(['L0', 'L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7', 'L8']),
    roles: z.array(role).describe('Whom it binds; empty = everybody who sends a message.'),
    condition: z
      .string()
      .optional()
      .describe('The option of the capability statement that it hangs on.'),
    testability: z
      .enum(['message', 'exchange', 'scenario', 'attested', 'none'])
      .describe('What it shows in: one message, an exchange, a scenario; or somebody has to look.'),
    notTested: z.string().optional().describe('Why nothing tests it.'),
    status: z.enum(['agreed', 'draft', 'disputed']),
    mend: z.string().describe('What to do where it is not met.'),
  })
  .refine((it) => (it.testability === 'none') === (it.notTested !== undefined), {
    message: 'notTested is due where testability is none, and only there',
  })

const scenario = z.strictObject({
  id,
  aliases: z.array(id).readonly().optional().describe('The ids that others know it by.'),
  pack: z.string(),
  title: z.string(),
  target: z.array(role).describe('Roles that it tests.'),
  profiles: z.array(profile).readonly(),
  source: z.string(),
  needs: z.array(z.string()).describe('Messages, `create DERGroups`, that the target has to take.'),
  condition: z.string().optional().describe('An option of the capability statement.'),
  byWord: z
    .string()
    .min(20)
    .optional()
    .describe(
      'Why it asks for the word of the product alone: one that says OK to everything passes.',
    ),
  isLarge: z.boolean().optional().describe('true: there for who loses some of very many.'),
  steps: z.array(step).min(1),
})

const clientCase = z.strictObject({
  id,
  aliases: z.array(id).readonly().optional().describe('The ids that others know it by.'),
  title: z.string(),
  target: z.array(role).describe('Roles that it tests: those that send.'),
  peer: role.describe('What the tester is.'),
  profiles: z.array(profile).readonly().optional(),
  condition: z.string().optional().describe('An option of the capability statement.'),
  message: z
    .strictObject({
      verb: z.string(),
      noun: z.string(),
      lacks: z.string().optional().describe('An element that its objects do not have.'),
    })
    .describe('The message that begins it.'),
  answer: z
    .enum([
      ...['reference', 'refused', 'partial', 'fault', 'bad-request', 'busy'],
      ...['silent', 'lost', 'late', 'wrong-correlation'],
    ] as const)
    .describe(
      'How it is answered: as by the reference peer, by no message, by a status of HTTP alone (400, 503), or wrong on purpose.',
    ),
  then: z
    .enum([
      ...['nothing', 'repeat', 'same', 'no-repeat', 'rest', 'delivered', 'unanswered', 'uses-id'],
    ] as const)
    .describe('What the product has to do next.'),
  requirements: z.array(id).min(1).describe('What it asks for.'),
})

const interop = z.strictObject({
  id: z.string().regex(/^(IT-[0-9]{2}|AC-0[a-f])$/),
  profile: profile.optional().describe('The profile that it belongs to.'),
  title: z.string(),
  source: z.string(),
  cases: z.array(id).describe('Cases of the register that show it; empty where none can.'),
  untested: z
    .string()
    .min(20)
    .optional()
    .describe('What of it no case shows, and why: due where there is no case.'),
})

const support = z.enum(['M', 'O', 'C', '-'])

/** By their mRIDs or names, each once. */
const knownOf = (what: string) =>
  z
    .array(z.string().regex(/\S/, 'Say which one.'))
    .refine((it) => new Set(it).size === it.length, { message: 'One stands there twice.' })
    .optional()
    .describe(what)

const capability = z.strictObject({
  $schema: z.string().optional(),
  product: z.strictObject({ name: z.string().min(1), version: z.string(), vendor: z.string() }),
  editions: z.array(z.string()).min(1),
  transports: z.array(z.enum(['http-xml', 'soap', 'websocket', 'json'])).min(1),
  roles: z.partialRecord(
    role,
    z.strictObject({
      receives: z.record(z.string(), support),
      sends: z.record(z.string(), support),
    }),
  ),
  options: z.strictObject({
    async: z.boolean(),
    operationSet: z.boolean(),
    compression: z
      .boolean()
      .describe('The product compresses what it sends, by gzip (Content-Encoding).'),
    events: z.boolean(),
    groupVersion: z.boolean(),
    assignsMRID: z.boolean(),
    mixedBatch: z.enum(['PARTIAL', 'FAILED']),
    whenTargetDown: z.enum(['refuse', 'queue', 'none']),
  }),
  codes: z.array(z.string()).optional().describe('Reply codes of its own.'),
  known: z
    .strictObject({
      UsagePoint: knownOf('mRIDs of usage points, with no request open and no agreement in force.'),
      EndDevice: knownOf('mRIDs of devices that may become members of groups.'),
      Customer: knownOf('Names of customers.'),
    })
    .optional()
    .describe(
      'What the product knows before the run, as many as there are: messages refer to these, each in one case. Where there are too few the suite makes others up; a case in which the product refuses those is inconclusive.',
    ),
  defaults: z
    .array(z.string())
    .optional()
    .describe(
      'Of a gateway: elements that it fills in by itself where nothing was said, as paths from the root of the noun: `DERGroups/EndDeviceGroup/version/*`; `**` = any steps. An mRID always may be.',
    ),
  owned: z
    .array(z.string())
    .optional()
    .describe(
      'Of a gateway: elements in which it says what it knows, whatever was said: how far an object is synchronized, and the like. Paths as in defaults.',
    ),
  limits: z
    .strictObject({
      messageBytes: z.number().int().optional(),
      members: z.number().int().optional(),
    })
    .optional(),
})

const findings = z
  .array(id)
  .describe('Exactly the requirements that are not met in it; empty where all is well.')

const vector = z.strictObject({
  title: z.string().min(10).describe('What the message is, for a person.'),
  clause: z.string().min(1).describe('Where it is said that it has to be so.'),
  verdict: z
    .enum(['pass', 'warning', 'fail'])
    .describe('fail where a MUST is not met, warning where a SHOULD is not.'),
  findings,
  mutations: z
    .array(edit.extend({ title: z.string().min(1), findings }))
    .optional()
    .describe('The same message changed in one place, and what has to be found then.'),
})

const waiver = z.strictObject({
  finding: id.describe('The id of the finding: that of its requirement.'),
  locator: z
    .string()
    .describe('The case, and its step where one is meant: `DERG-1a` or `DERG-1a#2`.'),
  reason: z.string().regex(/(\S\s*){10}/, 'Say in a sentence why it is agreed to.'),
  by: z.string().regex(/\S/, 'Say who has agreed to it.'),
  until: z.iso.date(),
})

/** One requirement of the register. */
export type Requirement = z.infer<typeof requirement>
/** One case: messages between roles in a partial order, with what is expected. */
export type Scenario = z.infer<typeof scenario>
/** One case of a product that sends: what it is answered, and what it has to do then. */
export type ClientCase = z.infer<typeof clientCase>
/** One interoperability case: the cases of the register that it stands for. */
export type Interop = z.infer<typeof interop>
/** What a product says that it can. */
export type Capability = z.infer<typeof capability>
/** What has to be found in a message. */
export type Vector = z.infer<typeof vector>
/** A finding that somebody has agreed to. */
export type Waiver = z.infer<typeof waiver>

/** By the kind of file. */
export const SHAPES = {
  requirements: z.array(requirement),
  scenarios: z.array(scenario),
  clients: z.array(clientCase),
  sockets: z.array(socketCase),
  scripts: SCRIPT,
  profiles: PROFILE,
  interop: z.array(interop),
  vectors: vector,
  capability,
  waivers: z.array(waiver),
}
/** The kinds of file. */
export type Kind = keyof typeof SHAPES
type Of<K extends Kind> = z.infer<(typeof SHAPES)[K]>

/** Reads a file of this kind. @param name what to call it in a problem */
export function readAs<K extends Kind>(kind: K, text: string, name: string): Read<Of<K>> {
  return readShape(SHAPES[kind] as unknown as Shape<Of<K>>, text, name)
}
