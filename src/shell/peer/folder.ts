// A folder that another system empties: one file a message, whole or not there.

import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Leg } from '../../gateway/ledger.ts'
import type { FileBinding } from '../../gateway/parties/party.ts'
import type { PeerAnswer } from '../../gateway/peer.ts'

/** Written beside, synced, and renamed: the same MessageID makes the same name, so that a repetition makes no second file. */
export async function writeMessage({ folder, format }: FileBinding, leg: Leg): Promise<PeerAnswer> {
  const name = `${nameOf(leg.messageID)}.${format}`
  const part = join(folder, `.${name}.part`)
  try {
    await mkdir(folder, { recursive: true })
    const file = await open(part, 'w')
    try {
      await file.writeFile(leg.request)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, join(folder, name))
    await syncFolder(folder)
    return { kind: 'answered', status: 201, contentType: '', bytes: new Uint8Array() }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return {
      kind: 'unreachable',
      reason: `${folder} cannot be written: ${code ?? message}.`,
      sent: false,
      permanent: false,
    }
  }
}

/** Letters that every file system has; what is replaced makes no two names one, because ids are ours and UUIDs. */
function nameOf(messageID: string): string {
  return messageID.replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '_')
}

/** The name is on disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
