// What a configuration may say of files that come from outside, and of the server by which mails go.

import { FILE_KINDS } from '../../flows/file-kinds.ts'
import { durationText } from '../../gateway/parties/duration.ts'
import { DELIMITERS, ENCODINGS, LAYOUT } from '../../gateway/files/layout.ts'
import type { DelimiterName } from '../../gateway/files/layout.ts'
import { FOLDER } from '../../gateway/files/rules.ts'
import { MAIL_OCCASIONS, NO_RECIPIENTS } from '../../gateway/mail-rules.ts'
import { duration, name, partyName, secret, wait } from './schema-parts.ts'
import { z } from './zod.ts'

const [FIRST_KIND, ...KINDS] = FILE_KINDS.map((it) => it.id)
const [FIRST_DELIMITER = 'comma', ...OTHERS] = Object.keys(DELIMITERS) as DelimiterName[]

/** One folder of files. */
export const folder = z.strictObject({
  kind: z.enum([FIRST_KIND ?? '', ...KINDS]).optional(),
  folder: z.string().min(1).meta({ title: 'the path of a folder' }),
  from: partyName,
  every: duration.default(durationText(FOLDER.everyMs)),
  names: z.string().min(1).default(FOLDER.names),
  manifest: z.enum(['required', 'optional']).default(FOLDER.manifest),
  settled: wait.default(durationText(FOLDER.settledMs)),
  delimiter: z.enum([FIRST_DELIMITER, ...OTHERS]).default(LAYOUT.delimiter),
  encoding: z.enum(ENCODINGS).default(LAYOUT.encoding),
  header: z.boolean().default(LAYOUT.header),
  tags: z.enum(['suffix', 'prefix']).default(FOLDER.tags),
  twice: z.enum(['quarantine', 'rejectFile', 'lastWins', 'firstWins']).default(FOLDER.twice),
  wrong: z.enum(['quarantine', 'rejectFile']).default(FOLDER.wrong),
  collection: z.int().min(1).max(10_000).default(FOLDER.collection),
  mostBytes: z.int().min(1024).default(FOLDER.mostBytes),
})

const address = z
  .string()
  .regex(/^[^\s<>@,;]+@[^\s<>@,;]+$/)
  .meta({ title: 'a mail address' })

/** Of a party that is told by mail. */
export const recipients = {
  technical: z.array(address).default([...NO_RECIPIENTS.technical]),
  business: z.array(address).default([...NO_RECIPIENTS.business]),
  occasions: z.array(z.enum(MAIL_OCCASIONS)).default([...NO_RECIPIENTS.occasions]),
}

/** The server; without host there are no mails. */
export const mail = z.strictObject({
  host: name.optional(),
  port: z.int().min(1).max(65_535).default(587),
  security: z.enum(['tls', 'starttls', 'none']).default('starttls'),
  from: z
    .string()
    .regex(/^([^\r\n<>]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/)
    .meta({ title: 'a mail address, or a name and a mail address in < and >' })
    .optional(),
  username: name.optional(),
  password: secret.optional(),
  authorities: secret.optional(),
  timeout: duration.default('30s'),
})
