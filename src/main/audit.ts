// What `cimgate audit` needs of the other units of the shell.

import { readFileSync, statSync } from 'node:fs'
import type { AuditTools } from '../shell/terminal/audit.ts'
import { sha256 } from '../shell/digest.ts'

/** An anchor is short. */
const MOST_BYTES = 4_096

export const AUDIT_TOOLS: AuditTools = {
  folder: async (path, use) => {
    const { readFolderLog } = await import('../shell/store/audit-log.ts')
    return readFolderLog(path, use)
  },
  server: async (text, use) => {
    const [{ addressIn }, { readServerLog }] = await Promise.all([
      import('../shell/store/server.ts'),
      import('../shell/store/audit-log.ts'),
    ])
    return readServerLog(addressIn(text, process.env), use)
  },
  shown: async (text) => {
    const { addressIn } = await import('../shell/store/server.ts')
    return addressIn(text, process.env).shown
  },
  file: async function* (path) {
    const { exportLines } = await import('../shell/audit-file.ts')
    yield* exportLines(path)
  },
  text: (path) => {
    try {
      return statSync(path).size > MOST_BYTES ? undefined : readFileSync(path, 'utf8')
    } catch {
      return undefined
    }
  },
  digest: sha256,
}
