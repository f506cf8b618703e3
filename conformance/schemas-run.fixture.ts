// Writes the published schemas anew: `node src/launch.cjs --run conformance/schemas-run.fixture.js`.

import { mkdirSync, writeFileSync } from 'node:fs'
import { publishedSchemas } from './schemas.ts'

const folder = new URL('../../conformance/schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(publishedSchemas()))
  writeFileSync(new URL(name, folder), text)
