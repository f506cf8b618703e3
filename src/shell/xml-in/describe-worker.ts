// The worker thread of describer.ts: reads the schema folders once, then makes one document after the other.

import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { CimError } from '../../envelope/errors.ts'
import { documentAnswers } from '../../gateway/docs-routes.ts'
import type { DocumentAnswers } from '../../gateway/docs-routes.ts'
import type { Describe } from '../../gateway/ports.ts'
import { catalogueOf } from '../../schema/catalogue.ts'
import type { SchemaFile } from '../../schema/catalogue.ts'
import { schemasOf } from '../../schema/schemas.ts'
import type { DescriberInput, DescriberJob, DescriberMessage, Document } from './describer.ts'
import { loadEngine } from './engine.ts'
import { parseXml } from './parse-xml.ts'
import { shippedDocuments } from './shipped-documents.ts'
import { lastingFacts } from './xsd-facts.ts'
import { readSchemas } from './xsd-read.ts'
import { schemaSource } from './xsd-source.ts'

/** milliseconds after which it is told again what is worked with */
const TOLD_MS = 500

const { folders, choice, hopeless, version, apiKeyHeader, routes } = workerData as DescriberInput
await loadEngine()
const { files } = await readSchemas(folders, parseXml, lastingFacts())
const schemas = schemasOf(catalogueOf(files, choice))
const describe: Describe = {
  version,
  apiKeyHeader,
  pause: () => setImmediate(),
  digest: (text) => createHash('sha256').update(text).digest('base64url'),
  source: async (file) => schemaSource(folders, file),
  ...shippedDocuments,
  begin,
}
const answers = documentAnswers({ schemas, describe }, () =>
  routes.map((it) => ({ ...it, answer: elsewhere })),
)

let told = { location: '', at: 0 }

/** A file may have ten thousands of nouns, and whoever listens has other things to do. */
function begin({ location, path }: SchemaFile): void {
  const reason = hopeless.get(location)
  if (reason !== undefined) throw new CimError('unusable-schema', reason)
  const now = performance.now()
  if (location === told.location && now - told.at < TOLD_MS) return
  told = { location, at: now }
  say({ kind: 'at', at: { location, path } })
}

function elsewhere(): never {
  throw new Error('a route is answered in the thread of the server')
}

parentPort?.on('message', (job: DescriberJob) => {
  told = { location: '', at: 0 }
  say({ kind: 'at', at: undefined })
  void made(job).then((answer) => say({ kind: 'done', answer, worn: false }))
})

async function made({ id, request }: DescriberJob): Promise<Document> {
  try {
    return { answer: await answers[id as keyof DocumentAnswers](request) }
  } catch (error) {
    return error instanceof CimError
      ? { code: error.code, message: error.message }
      : { code: 'internal', message: error instanceof Error ? (error.stack ?? '') : String(error) }
  }
}

function say(it: DescriberMessage): void {
  parentPort?.postMessage(it)
}
