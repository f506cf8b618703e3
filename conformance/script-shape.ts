// The shape of a scenario script: what passes between roles, in a partial order; what has to hold between messages, whatever
// harmless ones come between; and the ways in which it can go.

import { z } from './shape.ts'
import { id, profile, role, step } from './step-shape.ts'

const path = z.string().describe('Elements from the root of the message, `Payload/*/*/mRID`.')

const condition = z
  .strictObject({
    path,
    equals: z.string().optional().describe('One of them has this text.'),
    absent: z.string().optional().describe('None of them has this text.'),
  })
  .refine((it) => it.equals !== undefined || it.absent !== undefined, {
    message: 'a condition says what is equal, or absent',
  })

/** Messages of a step; with `where` those of them that are meant. */
const which = z.strictObject({
  step: id.describe('A step of the script.'),
  part: z.enum(['message', 'reply']).optional().describe('By default the message.'),
  where: z.array(condition).optional().describe('All of this is so in them.'),
})

const place = which.extend({
  path,
  isLax: z.boolean().optional().describe('true: nothing is asked of a message that has none.'),
})

const requirement = id.describe('In the register, of layer L7.')

const invariant = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('not-before').describe('None of these passes before the other has.'),
    requirement,
    steps: z.array(which).min(1),
    before: which,
  }),
  z.strictObject({
    kind: z.literal('never-after').describe('Once the one has passed, none of these does.'),
    requirement,
    after: which,
    steps: z.array(which).min(1),
  }),
  z.strictObject({
    kind: z
      .literal('same')
      .describe('The same texts stand in all of these places, in whatever order.'),
    requirement,
    places: z.array(place).min(2),
  }),
  z.strictObject({
    kind: z
      .literal('known')
      .describe(
        'What stands there was said before in one of the other places, whatever it is about.',
      ),
    requirement,
    places: z.array(place).min(1),
    from: z.array(place).min(1),
  }),
  z.strictObject({
    kind: z.literal('times').describe('So many of them pass; one that is repeated counts once.'),
    requirement,
    of: which,
    least: z.number().int().optional(),
    most: z.number().int().optional(),
  }),
  z.strictObject({
    kind: z.literal('one-of').describe('At least one of these passes, whichever it is.'),
    requirement,
    ways: z.array(which).min(1),
  }),
  z.strictObject({
    kind: z.literal('present').describe('Something stands in each of these places.'),
    requirement,
    places: z.array(place).min(1),
    equals: z.string().optional().describe('One of them has this text.'),
  }),
  z.strictObject({
    kind: z.literal('rises').describe('The number there is greater with every message.'),
    requirement,
    places: z.array(place).min(1),
  }),
])

const invariants = z.array(invariant)

const scriptStep = z.strictObject({
  id,
  title: z.string().describe('What it is for, in a few words.'),
  from: role,
  to: role,
  kind: z.enum(['request', 'reply', 'event', 'probe']),
  verb: z.string().describe('One, or several with | between.'),
  noun: z.string().describe('A noun, or ◊Name, for which a profile has one; of several with |.'),
  where: z
    .array(condition)
    .optional()
    .describe('What its content says, where verb and noun are not enough.'),
  about: z
    .string()
    .optional()
    .describe('Path of what it is about: order and invariants hold for each such thing by itself.'),
  after: z
    .array(id)
    .optional()
    .describe('Steps that have to pass before it; one that is optional where it passes at all.'),
  preferablyAfter: z.array(id).optional().describe('The same, of a SHOULD.'),
  optional: z.boolean().optional(),
  basis: z.enum(['T', 'I']).describe('T = said in the text of the source, I = read into it.'),
})

const say = step.extend({
  meanwhile: id
    .optional()
    .describe(
      'Said when this step of the script has been heard, and its sender does not know the answer yet.',
    ),
})

const branch = z.strictObject({
  id,
  title: z.string(),
  plays: z
    .partialRecord(role, z.string())
    .optional()
    .describe('How roles behave that the tester plays; by default as they should.'),
  target: z
    .array(role)
    .min(1)
    .optional()
    .describe('Roles that it tests, where that is not all of the script.'),
  isLarge: z.boolean().optional().describe('true: there for who loses some of very many.'),
  isBare: z.boolean().optional().describe('true: without what the script prepares.'),
  with: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('Values for all that is said; what says its own has its own.'),
  says: z.array(say).min(1),
  passes: z.array(id).describe('Steps that have to pass.'),
  never: z.array(id).describe('Steps that must not, up to the end.'),
  invariants: invariants.optional().describe('Besides those of the script.'),
})

/** One file of scripts/. */
export const SCRIPT = z.strictObject({
  id,
  title: z.string(),
  source: z.string(),
  profiles: z.array(profile),
  roles: z.array(role).min(2),
  steps: z.array(scriptStep).min(1),
  prepares: z.array(say).describe('What is said before each branch, so that it can begin.'),
  invariants: invariants,
  branches: z.array(branch).min(1),
})

/** One file of profiles/. */
export const PROFILE = z.strictObject({
  id,
  title: z.string(),
  nouns: z.record(z.string().regex(/^◊/), z.string()).describe('The noun of each placeholder.'),
})

/** A script: what passes between roles, what has to hold in it, and the ways that it can go. */
export type Script = z.infer<typeof SCRIPT>
/** A message of a script. */
export type ScriptStep = z.infer<typeof scriptStep>
/** One way that a script can go. */
export type Branch = z.infer<typeof branch>
/** What the tester says by itself. */
export type Say = z.infer<typeof say>
/** Which nouns scripts are played with. */
export type Profile = z.infer<typeof PROFILE>
/** What has to hold between messages. */
export type Invariant = z.infer<typeof invariant>
/** One of a kind. */
export type InvariantOf<K extends Invariant['kind']> = Extract<Invariant, { readonly kind: K }>
/** Messages of a step. */
export type Which = z.infer<typeof which>
/** A place in messages of a step. */
export type Place = z.infer<typeof place>
/** What a message has to say to be meant. */
export type Condition = z.infer<typeof condition>
