// The cases of a status feed, as data: what is changed, and what has to be heard of it.

import { z } from './shape.ts'

const name = z.string().regex(/^[a-z]+$/)
const change = { object: name.describe('Whose mRID is made from its name.') }

const step = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('listen'),
    socket: name,
    topics: z.string().describe('`{{noun}}` is that of the case, `{{one}}` the mRID of an object.'),
    since: z
      .literal('last')
      .optional()
      .describe('It comes back with the last seq that it has heard.'),
    as: z.literal('nobody').optional().describe('Without the headers that prove who it is.'),
    refused: z.array(z.int()).optional().describe('It has to be, with one of these statuses.'),
  }),
  z.strictObject({ do: z.literal('leave'), socket: name }),
  z.strictObject({
    ...{ do: z.literal('create'), ...change },
    isRefused: z.boolean().optional().describe('The object is there already.'),
  }),
  z.strictObject({ do: z.literal('change'), ...change }),
  z.strictObject({ do: z.literal('delete'), ...change }),
  z.strictObject({
    do: z.literal('hear'),
    socket: name,
    events: z
      .array(z.strictObject({ verb: z.enum(['created', 'changed', 'deleted']), object: name }))
      .min(1)
      .describe('So many; which they are follows from what was changed.'),
  }),
])

/** One case. */
export const socketCase = z.strictObject({
  id: z.string().regex(/^sockets\/[a-z-]+$/),
  title: z.string(),
  noun: z.string().describe('Whose objects are changed, over the façade.'),
  needsProof: z
    .boolean()
    .optional()
    .describe('It shows only where the run proves who it is: --header.'),
  requirements: z.array(z.string()).min(1).describe('What it asks for.'),
  steps: z.array(step).min(1),
})
/** One case of a status feed. */
export type SocketCase = z.infer<typeof socketCase>
