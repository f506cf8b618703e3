// What a configuration says of files and mails -> the same as the gateway sees it.

import { fileKind } from '../../flows/file-kinds.ts'
import type { FolderRules } from '../../gateway/files/rules.ts'
import type { MailServer } from '../../gateway/mail-rules.ts'
import { durationMs } from '../../gateway/parties/duration.ts'
import type { SecretIn } from './access.ts'
import type { Written } from './schema.ts'

/** The folders; one whose kind there is not has been refused. */
export function foldersOf(written: Written['files']): readonly FolderRules[] {
  return Object.entries(written).flatMap(([id, it]) => {
    const { kind: named = id, every, settled, delimiter, encoding, header, ...rest } = it
    const kind = fileKind(named)
    if (kind === undefined) return []
    const layout = { delimiter, encoding, header }
    return [{ ...rest, id, kind, layout, everyMs: ms(every), settledMs: ms(settled) }]
  })
}

/** undefined = there are no mails. */
export function mailOf(written: Written['mail'], secret: SecretIn): MailServer | undefined {
  const { host, from, username, password, authorities, timeout, ...rest } = written
  if (host === undefined || from === undefined) return undefined
  return {
    ...rest,
    host,
    from,
    timeoutMs: ms(timeout),
    ...(username === undefined || password === undefined
      ? {}
      : { credential: { username, password: secret(['mail', 'password'], password) } }),
    ...(authorities === undefined
      ? {}
      : { authorities: secret(['mail', 'authorities'], authorities, 'PEM') }),
  }
}

function ms(text: string): number {
  return durationMs(text) ?? 0
}
