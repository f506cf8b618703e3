// The shape of one message of a case, and of what is expected of its reply.

import { z } from './shape.ts'

/** What things are called, for good. */
export const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9/._-]*$/)

/** The parties that a product can be. */
export const ROLES = ['CUST', 'CIS', 'ENG', 'OPS', 'WMS', 'DCS', 'DOP', 'AGG', 'GW'] as const
/** One of the roles. */
export const role = z.enum(ROLES)
/** One of them. */
export type Role = (typeof ROLES)[number]

/** What a vendor may claim: the cases of a profile, all of them. */
export const PROFILES = ['C-ENV', 'C-CUST', 'C-GRP', 'C-DR'] as const
/** One of the profiles. */
export const profile = z.enum(PROFILES)
/** One of them. */
export type ProfileName = (typeof PROFILES)[number]

/** What a script expects of a reply: each is a requirement, and how it shows. */
const expectation = z.strictObject({
  requirement: id,
  /** one of these */
  result: z.array(z.enum(['OK', 'PARTIAL', 'FAILED'])).optional(),
  fault: z.boolean().optional().describe('true: a FaultMessage is due; false: anything but one.'),
  refused: z
    .boolean()
    .optional()
    .describe('true: FAILED, a FaultMessage or a refusal of the transport.'),
  code: z.array(z.string()).optional().describe('One of the Errors has a code that begins so.'),
  path: z.string().optional().describe('Elements of the reply, from its root.'),
  equals: z.string().optional().describe('The text of one of them.'),
  holds: z.string().optional().describe('One of them has this in its text.'),
  count: z.number().int().optional().describe('How many of them there are.'),
  absent: z.string().optional().describe('No element of the path has this text.'),
  whenRefused: z
    .literal(true)
    .optional()
    .describe('Asked of a refusal alone: what is not refused has nothing to say of it.'),
  differs: z
    .string()
    .optional()
    .describe('The first of them is there, and its text is another one.'),
})

/** One change of a text. */
export const edit = z.strictObject({
  find: z.string().describe('A piece of the message that is there once.'),
  replace: z.string(),
})

/** One message of a case. */
export const step = z.strictObject({
  id,
  from: role,
  to: role,
  kind: z.enum(['request', 'reply', 'event', 'probe']),
  verb: z.string(),
  noun: z.string(),
  after: z.array(id).optional().describe('Steps that come before; by default the one above.'),
  as: z
    .literal('rival')
    .optional()
    .describe('Sent under the credentials of another provider, those of --rival-header.'),
  resend: id.optional().describe('The step whose message is sent once more, octet by octet.'),
  answers: id
    .optional()
    .describe(
      'The step, with {{ReplyAddress}} in its header, whose answer comes later: nothing is sent here, and that is waited for.',
    ),
  message: z
    .string()
    .optional()
    .describe(
      'The whole message as XML, which gets a MessageID of its own and is sent as it is else.',
    ),
  payload: z.string().optional().describe('A file of conformance/payloads/.'),
  header: z
    .record(z.string(), z.string())
    .optional()
    .describe('Elements of Header besides the usual ones.'),
  request: z.string().optional().describe('The content of Request, as XML.'),
  with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  edits: z.array(edit).optional().describe('What is wrong in the message, on purpose.'),
  expect: z.array(expectation).optional(),
  capture: z
    .record(z.string(), z.string())
    .optional()
    .describe('Names for texts of the reply, by their paths.'),
  basis: z
    .enum(['T', 'I'])
    .optional()
    .describe('T = said in the text of the source, I = read into it.'),
})

/** One message of a case. */
export type Step = z.infer<typeof step>
/** What is expected of a reply. */
export type Expectation = z.infer<typeof expectation>
