// For tests only: runs that are kept, in memory and as folders, and targets that say one thing to everything.

import { generateKeyPairSync } from 'node:crypto'
import type { Ran } from '../engine/run.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { played } from '../selftest/playing.ts'
import type { Ground } from '../selftest/playing.ts'
import type { Transport } from '../transport/answer.ts'
import { evidenceOf } from './evidence.ts'
import { writeFolder } from './folder.ts'
import { signerOf } from './manifest.ts'
import type { Files } from './manifest.ts'

/** Cases that take no time. */
export const CASES = ['DERG-1a', '100/header/correlation-echoed']

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
/** A key of the user's. */
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
/** By which it is known. */
export const PUBLIC_PEM = publicKey.export({ type: 'spki', format: 'pem' })

/** A run with everything that is made of it. */
export function keptOf(ran: Ran, key: string | undefined = PEM): Files {
  return evidenceOf(ran, { 'ics.json': '{}' }, signerOf(key))
}

/** A short run, kept in a folder. */
export async function writtenIn(path: string, ground: Ground): Promise<string> {
  writeFolder(path, keptOf(await played(DERMS_OPERATIONS, ground, { only: ['DERG-1a'] })))
  return path
}

/** A target that says this to everything. */
export function saying(bytes: Uint8Array, contentType = 'application/xml') {
  return (transport: Transport): Transport => ({
    name: transport.name,
    send: async () => ({ kind: 'answered', status: 200, contentType, bytes }),
  })
}

/** An answer that is OK, with these octets in its CorrelationID. */
export const REPLY = (inside: string) =>
  `<?xml version="1.0"?>\n<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message">\n<Header><Verb>reply</Verb><Noun>DERGroups</Noun>\n<CorrelationID>${inside}</CorrelationID></Header>\n<Reply><Result>OK</Result></Reply></ResponseMessage>`

/** A file of a run, for reading. */
export function textOf(files: Files, name: string): string {
  return Buffer.from(files[name] ?? '').toString('utf8')
}

/** What a command says, and ends with. */
export const told = (
  command: (out: { out: (it: string) => void; err: (it: string) => void }) => number,
) => {
  let text = ''
  const exit = command({ out: (it) => void (text += it), err: (it) => void (text += it) })
  return { exit, text }
}
