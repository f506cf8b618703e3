// What the gateway keeps of each file: one record for its name and its content, in the states of SM-FILE.

import transferFlow from '../../flows/file-transfer.ts'
import { statusOf } from '../../flows/document-status.ts'
import { member, numberText } from '../../schema/json-text.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { nameKey } from '../identity.ts'
import { NO_COUNTS } from './outcome.ts'
import type { Counts } from './outcome.ts'
import type { Heard, Records } from './record.ts'
import type { FolderRules } from './rules.ts'
import type { Candidate } from './transfer.ts'
import { uuidOf } from './uuid.ts'

/** The noun under which files are kept. */
export const TRANSFERS = transferFlow.noun

/** Name under which all items of a transfer are kept on the shelf. */
export function itemsOf(transfer: string): string {
  return `${transfer}.items`
}

/** The record of one file. */
export interface Transfer {
  /** mRID */
  readonly id: string
  readonly find: () => Promise<JsonObject | undefined>
  /** name of another file with this content that was taken, or is being taken */
  readonly twin: () => Promise<string | undefined>
  /** It is there, and its copy is made. @param known as it is kept already */
  readonly list: (known: JsonObject | undefined) => Promise<void>
  readonly step: (state: string, more?: JsonObject) => Promise<void>
  readonly fail: (reason: string, counts: Counts) => Promise<void>
  /** how many records did not count, so that it is known after a new start */
  readonly reason: (counts: Counts) => JsonObject
}

/** A file that was copied. */
export interface Copied {
  readonly candidate: Candidate
  readonly rules: FolderRules
  readonly sha256: string
  readonly bytes: number
}

/** All of them. */
export interface Transfers {
  readonly of: (copied: Copied) => Transfer
}

/** @param digest SHA-256, hex */
export function transfersIn(records: Records, digest: (text: string) => string): Transfers {
  return { of: (copied) => transferOf(copied, records, digest) }
}

function transferOf(copied: Copied, records: Records, digest: (text: string) => string): Transfer {
  const { candidate, rules, sha256 } = copied
  const id = uuidOf(digest(`${rules.kind.id} ${candidate.name} ${sha256}`))
  const find = () => records.find(TRANSFERS, id)
  const content = contentName(rules, sha256)
  const heard: Heard = { from: rules.from }

  async function step(state: string, more: JsonObject = {}, who: Heard = 'nobody'): Promise<void> {
    const object = { mRID: id, ...more, status: { value: state, ...statusIn(more) } }
    await records.keep([{ noun: TRANSFERS, kind: 'change', object }], who)
  }

  return {
    id,
    find,
    twin: async () => {
      const other = await records.named(TRANSFERS, nameKey(content) ?? '')
      const name = member(other, 'fileName')
      return member(other, 'mRID') === id || typeof name !== 'string' ? undefined : name
    },
    list: async (known) => {
      const state = statusOf(known) ?? ''
      if (known === undefined) {
        const object = { ...described(copied), mRID: id, Names: [content], status: LISTED }
        await records.keep([{ noun: TRANSFERS, kind: 'create', object }], heard)
      } else if (state === 'failed')
        await step('listed', { Names: [content], status: { reason: '' } })
      if (state === '' || state === 'failed' || state === 'listed') await step('fetching')
    },
    step: (state, more) => step(state, more, state === 'delivered' ? heard : 'nobody'),
    fail: (reason, { taken, rejected }) =>
      step(
        'failed',
        {
          Names: [released(rules, id)],
          recordsTaken: taken,
          recordsRejected: rejected,
          status: { reason },
        },
        heard,
      ),
    reason: ({ collapsed, outdated }) =>
      collapsed + outdated === 0
        ? {}
        : { status: { reason: `collapsed ${collapsed}, outdated ${outdated}` } },
  }
}

const LISTED = { value: 'listed' }

function statusIn(more: JsonObject): JsonObject {
  const status = member(more, 'status')
  return status === undefined ? {} : (status as JsonObject)
}

/** By which a content is known, whatever the file is called. */
function contentName({ kind }: Pick<FolderRules, 'kind'>, sha256: string): JsonObject {
  return { name: sha256, NameType: { name: 'sha256', NameTypeAuthority: { name: kind.id } } }
}

/** Another file with this content may still be taken: it has the name then. */
function released({ kind }: FolderRules, id: string): JsonObject {
  return { ...contentName({ kind }, ''), name: `failed ${id}` }
}

function described({ candidate, rules, sha256, bytes }: Copied): JsonObject {
  const { manifest, name, changedMs } = candidate
  const { delimiter, encoding, header } = manifest ?? rules.layout
  return {
    createdDateTime: manifest?.createdDateTime ?? new Date(changedMs).toISOString(),
    delimiter,
    encoding,
    fileName: name,
    hasHeader: header,
    noun: rules.kind.noun,
    recordCount: manifest?.recordCount ?? 0,
    sha256,
    sizeBytes: bytes,
    ...(manifest === undefined
      ? {}
      : {
          schemaVersion: manifest.schemaVersion,
          sequence: manifest.sequence,
          transferKind: manifest.transferKind,
        }),
  }
}

/** What became of its records, as far as that was kept. */
export function countsIn(transfer: JsonObject | undefined): Counts {
  const count = (name: string) => Number(numberText(member(transfer, name)) ?? 0)
  const reason = String(member(member(transfer, 'status'), 'reason') ?? '')
  const [, collapsed = '0', outdated = '0'] = /^collapsed (\d+), outdated (\d+)$/.exec(reason) ?? []
  return {
    ...NO_COUNTS,
    records: count('recordCount'),
    taken: count('recordsTaken'),
    rejected: count('recordsRejected'),
    collapsed: Number(collapsed),
    outdated: Number(outdated),
  }
}
