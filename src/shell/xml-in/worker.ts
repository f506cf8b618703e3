// The worker thread of index.ts: reads the schema folders once, then judges one document after the other.

import { parentPort, workerData } from 'node:worker_threads'
import { catalogueOf } from '../../schema/catalogue.ts'
import { schemasOf } from '../../schema/schemas.ts'
import { readSchemas } from '../xsd-read.ts'
import type { SchemaFolder } from '../xsd-read.ts'
import { parseXml } from './index.ts'
import { judgeDocument } from './judge.ts'
import type { JudgeOptions } from './judge.ts'
import { validatorsOf } from './subjects.ts'

const { folders } = workerData as { readonly folders: readonly SchemaFolder[] }
const { files } = await readSchemas(folders, parseXml)
const schemas = schemasOf(catalogueOf(files))
const validators = validatorsOf(schemas)

parentPort?.on(
  'message',
  ({ id, bytes, options }: { id: number; bytes: Uint8Array; options: JudgeOptions }) => {
    parentPort?.postMessage({ id, judgement: judgeDocument(bytes, schemas, validators, options) })
  },
)
