// Files put together with the gateway: by what their records are received, where they are kept, to whom they are told.

import type { ContentOf } from '../content.ts'
import type { Exchange } from '../exchange.ts'
import type { Clock, Log, NewId } from '../ports.ts'
import type { Memory } from '../guarded.ts'
import type { Timers } from '../peer.ts'
import type { Sender } from '../received.ts'
import type { Choose } from '../relay/choosing.ts'
import { publishingOn } from '../relay/publishing.ts'
import type { PublishingParts } from '../relay/publishing.ts'
import type { FileSource, Shelf } from './ports.ts'
import { noFolder, puttingBy } from './putting.ts'
import type { PutFile } from './putting.ts'
import { recordsIn } from './record.ts'
import type { RecordParts } from './record.ts'
import type { FolderRules } from './rules.ts'
import type { FilePoint } from './transfer.ts'
import { transfersIn } from './transfers.ts'
import { fileWatch } from './watch.ts'
import type { FileWatch } from './watch.ts'

/** Files that come: into folders that are watched, and over HTTP. */
export interface Files extends FileWatch {
  readonly put: PutFile
}

/** What files need that no other part of the gateway does. */
export interface FilesOutside {
  /** the folders of the configuration in force */
  readonly folders: () => readonly FolderRules[]
  readonly sourceOf: (rules: FolderRules) => FileSource
  readonly shelf: Shelf
  /** SHA-256, hex */
  readonly digest: (text: string) => string
  /** for tests: see `shell/store/crash.ts` */
  readonly reached?: (point: FilePoint) => void
}

/** And what all others have, too. */
export interface FilesParts extends PublishingParts, Omit<RecordParts, 'publishFrom'> {
  readonly store: Memory
  readonly exchange: Pick<Exchange, 'receive'>
  readonly senderOf: (party: string) => Sender
  readonly contentOf: ContentOf
  readonly clock: Clock
  readonly newId: NewId
  readonly timers: Timers
  readonly log: Log
}

/** Nothing comes in files. */
const NO_FILES: Files = {
  put: noFolder,
  begin: () => undefined,
  stop: async () => undefined,
  look: () => undefined,
  review: () => undefined,
  idle: async () => undefined,
}

/** @param outside absent = nothing comes in files */
export function filesOn(parts: FilesParts, outside: FilesOutside | undefined): Files {
  if (outside === undefined) return NO_FILES
  const publishFrom = (from: string) => {
    const choose: Choose = (it, standing, message) =>
      parts.choose({ ...it, from }, standing, message)
    return publishingOn({ ...parts, choose })
  }
  const records = recordsIn({ ...parts, publishFrom })
  const transfers = transfersIn(records, outside.digest)
  const watch = fileWatch({ reached: () => undefined, ...parts, ...outside, records, transfers })
  return {
    ...watch,
    put: puttingBy({ ...outside, clock: parts.clock, transfers, look: watch.look }),
  }
}
