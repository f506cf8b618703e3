// A file that is put over HTTP: it goes into the folder of its kind as if whoever gives files there had put it, and from there the way
// of all files. Nothing of it is decided on here but where it belongs.

import { statusOf } from '../../flows/document-status.ts'
import { FILE_KINDS, fileKind } from '../../flows/file-kinds.ts'
import type { JsonObject } from '../../schema/json-text.ts'
import { jsonBody } from '../facade/answer.ts'
import type { FacadeAnswer } from '../facade/request.ts'
import { resourceOf } from '../nouns.ts'
import type { Clock } from '../ports.ts'
import { errorJson, problemOfRow } from '../problem.ts'
import type { Rendered, Sender } from '../received.ts'
import { LAYOUT, MANIFEST_BYTES, MANIFEST_SUFFIX, readManifest } from './layout.ts'
import { isFileFault } from './ports.ts'
import type { FileSource, Taken } from './ports.ts'
import { isWaiting } from './rules.ts'
import type { FolderRules } from './rules.ts'
import { TRANSFERS } from './transfers.ts'
import type { Transfers } from './transfers.ts'
import type { FileWatch } from './watch.ts'

/** A file as it comes. */
export interface PutAsked {
  /** id of its kind */
  readonly kind: string
  readonly name: string
  readonly sender: Sender
  readonly octets: AsyncIterable<Uint8Array>
  /** path of the request */
  readonly instance: string
}

/** 202 when it is on disk; 200 where it was taken before. */
export type PutFile = (asked: PutAsked) => Promise<FacadeAnswer>

/** What putting needs from outside. */
export interface PuttingParts {
  readonly folders: () => readonly FolderRules[]
  readonly sourceOf: (rules: FolderRules) => FileSource
  readonly transfers: Transfers
  readonly clock: Clock
  readonly look: FileWatch['look']
}

/** Where there are no folders at all. */
export const noFolder: PutFile = async (asked) => said(noSuchFolder(asked))

/** Over the folders of the configuration in force. */
export function puttingBy(parts: PuttingParts): PutFile {
  return async (asked) => {
    const { name, octets, instance } = asked
    const rules = folderFor(asked, parts.folders())
    if ('status' in rules) return said(rules)
    const source = parts.sourceOf(rules)
    const isManifest = name.endsWith(MANIFEST_SUFFIX)
    try {
      const own = isManifest ? await manifestIn(octets) : octets
      if ('fault' in own) return said(unfit(own.fault, instance))
      const taken = await source.take(own, rules.mostBytes)
      try {
        return await kept(taken, asked, rules, source, isManifest)
      } finally {
        await taken.drop()
      }
    } catch (error) {
      if (!isFileFault(error)) throw error
      return said(problemOfRow(error.code, error.message, { instance }))
    }
  }

  async function kept(
    taken: Taken,
    { name, instance }: PutAsked,
    rules: FolderRules,
    source: FileSource,
    isManifest: boolean,
  ): Promise<FacadeAnswer> {
    const { bytes, sha256 } = taken
    const candidate = { name, bytes, changedMs: Date.parse(parts.clock()) }
    const transfer = isManifest
      ? undefined
      : parts.transfers.of({ candidate, rules, sha256, bytes })
    const facts = { fileName: name, sizeBytes: bytes, sha256 }
    const known = statusOf(await transfer?.find())
    if (transfer !== undefined && known !== undefined && known !== 'failed')
      return took(200, { ...facts, transfer: transfer.id, state: known }, BEFORE)
    const how = await taken.keep(name)
    if (how === 'other') return said(waiting(name, rules, instance))
    await looked(name, rules, source, isManifest)
    if (transfer === undefined) return took(202, facts, LATER)
    return took(202, { ...facts, transfer: transfer.id, state: 'listed' }, LATER)
  }

  /** Whatever can be taken now, and what can be when it has not changed for a while. */
  async function looked(
    name: string,
    { id, manifest, settledMs }: FolderRules,
    source: FileSource,
    isManifest: boolean,
  ): Promise<void> {
    const beside = `${name}${MANIFEST_SUFFIX}`
    const isWhole = isManifest || (await source.list()).some((it) => it.name === beside)
    if (isWhole) parts.look(id)
    else if (manifest === 'optional') parts.look(id, settledMs)
  }
}

/** The folder that takes it from its sender, or why there is none. */
function folderFor(asked: PutAsked, folders: readonly FolderRules[]): FolderRules | Rendered {
  const { kind, name, sender, instance } = asked
  const ofKind = folders.filter((it) => it.kind.id === kind)
  if (ofKind.length === 0) return noSuchFolder(asked)
  const own = ofKind.filter(({ from }) => mayTellFor(sender, from))
  if (own.length === 0) return foreign(ofKind, sender, instance)
  const fit = own.find((it) => isNameFor(name, it))
  return fit ?? misnamed(name, own, instance)
}

/** Its records are told in the name of the party that the folder is from: who puts them there has to be that one. */
function mayTellFor({ party, sources }: Sender, from: string): boolean {
  return party === from || sources === undefined || sources.includes(from)
}

/** Plain names: no folders, nothing hidden, nothing that says that a file is over. */
function isNameFor(name: string, rules: FolderRules): boolean {
  const isPlain = /^[^/\\\0-\x1f\x7f]{1,200}$/.test(name)
  const own = name.endsWith(MANIFEST_SUFFIX) ? name.slice(0, -MANIFEST_SUFFIX.length) : name
  return isPlain && own !== '' && isWaiting(own, rules)
}

/** It is short, and looked at at once: nobody has to wait for the run to hear that it cannot be used. */
async function manifestIn(
  octets: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array> | { readonly fault: string }> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const it of octets) {
    length += it.length
    if (length > MANIFEST_BYTES) return { fault: `It has more than ${MANIFEST_BYTES} octets.` }
    chunks.push(it)
  }
  const decoder = new TextDecoder()
  const text = chunks.map((it) => decoder.decode(it, { stream: true })).join('') + decoder.decode()
  const read = readManifest(text, LAYOUT)
  return 'fault' in read ? read : again(chunks)
}

async function* again(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

const LATER = {
  code: '0.3',
  level: 'INFORM',
  reason:
    'The file is on disk, and is taken when its turn comes; a report tells what has become of it.',
} as const

const BEFORE = {
  code: '0.0',
  level: 'INFORM',
  reason: 'This file was put here before, under this name and with this content.',
} as const

function took(
  status: 200 | 202,
  facts: JsonObject,
  error: typeof LATER | typeof BEFORE,
): FacadeAnswer {
  const reply = { Result: 'OK', Error: [errorJson(error)] }
  const { transfer } = facts
  const at = `/api/v1/${resourceOf(TRANSFERS)}/${String(transfer)}`
  const headers = transfer === undefined ? {} : { Location: at }
  return { rendered: jsonBody({ reply, ...facts }, status), headers }
}

function said(rendered: Rendered): FacadeAnswer {
  return { rendered, headers: {} }
}

function noSuchFolder({ kind, instance }: PutAsked): Rendered {
  const kinds = FILE_KINDS.map(({ id }) => id)
  const reason =
    fileKind(kind) === undefined
      ? `There are no files of the kind ${kind}.`
      : `No folder here takes ${kind}.`
  const mend =
    fileKind(kind) === undefined
      ? `There are ${kinds.join(', ')}.`
      : `Write files: {${kind}: {folder: …, from: …}} into the configuration.`
  return problemOfRow('not-found', reason, { instance, mend, status: 404 })
}

function foreign(folders: readonly FolderRules[], { party }: Sender, instance: string): Rendered {
  const whose = [...new Set(folders.map(({ from }) => from))].join(', ')
  const reason = `${party} may not tell in the name of ${whose}, whose files these are.`
  const mend = `Put it as ${whose}, or name that in sources of the party ${party}.`
  return problemOfRow('unauthorized', reason, { instance, mend })
}

function misnamed(name: string, folders: readonly FolderRules[], instance: string): Rendered {
  const names = folders.map((it) => it.names).join(' or ')
  const reason = `${name} is no name that a file may have here.`
  const mend = `Names are like ${names}, without folders and of up to 200 characters; they do not begin with a point, Sent- or Error-, nor end in .done, .failed, .part or .tmp.`
  return problemOfRow('invalid-parameter', reason, { instance, mend })
}

function unfit(fault: string, instance: string): Rendered {
  return problemOfRow('malformed', fault, {
    instance,
    mend: 'Mend the manifest, and put it again.',
  })
}

function waiting(name: string, { id }: FolderRules, instance: string): Rendered {
  const reason = `Another file ${name} waits in ${id}, and is taken first.`
  const mend = 'Give this one another name, or put it again when that one has been taken.'
  return problemOfRow('wrong-state', reason, { instance, mend })
}
