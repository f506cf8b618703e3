// Writes deploy/cimgate.schema.json.

import { writeFileSync } from 'node:fs'
import { SCHEMA_FILE, editorFile } from './editor-file.fixture.ts'

writeFileSync(SCHEMA_FILE, editorFile())
