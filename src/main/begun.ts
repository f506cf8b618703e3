// What the audit log says of the beginning and the end of a gateway: as what it has started, what is other than at its last
// start, and whether that one ended as it was told.

import type { Recorder } from '../gateway/audit/recorder.ts'
import type { Ledger } from '../gateway/ledger.ts'
import type { NounEntry } from '../schema/catalogue.ts'
import { sha256 } from '../shell/digest.ts'
import { SCHEMA_VERSION } from '../shell/store/migrations.ts'
import type { Core } from '../shell/terminal/terminal.ts'
import type { StorePlace } from './store.ts'

/** What noting needs. */
export interface BegunParts {
  readonly recorder: Recorder
  readonly store: Pick<Ledger, 'audit'>
  readonly core: Pick<Core, 'schemas'>
  readonly how: StorePlace
}

/** As what a gateway starts. */
export interface Start {
  /** of cimgate */
  readonly version: string
  /** of the configuration, SHA-256; empty = there is none */
  readonly configuration: string
}

/** Writes what is to be told of a start; on disk when it resolves. @returns writes what is to be told of its end */
export async function noteStart(
  { recorder, store, core, how: { database = '' } }: BegunParts,
  { version, configuration }: Start,
): Promise<() => Promise<void>> {
  // Where other gateways may use the store, too, the newest line need not be ours.
  const isAlone = database === ''
  const schemas = schemasDigest(core.schemas.catalogue.nouns)
  const [last] = await newest(store, ['start', 'stop'])
  const [before] = await newest(store, ['schemas'])
  const schema = /\bschema (\d+)/.exec(last?.details ?? '')?.[1]
  if (isAlone && last?.what === 'start')
    await recorder.write('log-gap', { subject: 'audit', details: unclean(last.at) })
  if (schema !== undefined && Number(schema) !== SCHEMA_VERSION) {
    const details = `${schema} -> ${SCHEMA_VERSION}`
    await recorder.write('migration', { subject: 'store', details })
  }
  if (before?.details !== schemas)
    await recorder.write('schemas', { subject: 'xsd', details: schemas })
  const facts = {
    subject: `cimgate ${version}`,
    details: `schema ${SCHEMA_VERSION}, configuration ${short(configuration)}, xsd ${short(schemas)}`,
  }
  await recorder.write('start', facts)
  return async () => {
    await recorder.close()
    // What cannot be written is found at the next start.
    await recorder.write('stop', facts).catch(() => undefined)
  }
}

/** Somebody was refused unread, because of how much there is. */
export function noteLimit({ note }: Pick<Recorder, 'note'>, who: string, why: string): void {
  note('rate-limit', { who, subject: 'HTTP', details: why })
}

function short(digest: string): string {
  return digest.slice(0, 12) || 'none'
}

function newest(store: Pick<Ledger, 'audit'>, what: readonly string[]) {
  return store.audit({ what, before: Number.MAX_SAFE_INTEGER, limit: 1 })
}

function unclean(at: string): string {
  return `The gateway that started at ${at} has not ended as it was told: what it had only counted by then is not here.`
}

/** SHA-256 over the schemas in use, each by its place and its own. */
function schemasDigest(nouns: readonly Pick<NounEntry, 'path' | 'sha256'>[]): string {
  const all = new Set(nouns.map(({ path, sha256: own }) => `${path} ${own}`))
  return sha256([...all].sort().join('\n'))
}
