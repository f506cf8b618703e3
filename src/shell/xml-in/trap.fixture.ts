// For tests only, as a program of its own: breaks the engine by hand, and prints what becomes of the judging.

import { engineTrapped, parse, validate } from './engine.ts'
import type { CompiledSchema, ParsedDocument } from './engine.ts'
import { openXmlIn } from './index.ts'
import { validatorsOf } from './validators.ts'
import { FOLDERS, request, schemasIn } from './xml-in.fixture.ts'

/** outside of the engine's memory */
const NOWHERE = 0x7ffffff0

const schemas = await schemasIn()
const xml = openXmlIn(schemas, FOLDERS)
const bytes = Buffer.from(request())
const before = (await xml.judge(bytes)).verdict
const parsed = parse(bytes, 'utf-8') as ParsedDocument
const [entry] = schemas.catalogue.entries
const schema = validatorsOf(schemas).of(entry!.file) as CompiledSchema
const result = validate(parsed, schema, NOWHERE)
const after = (await xml.judge(bytes)).verdict
await xml.close()
console.log(JSON.stringify({ before, result, trapped: engineTrapped(), after }))
