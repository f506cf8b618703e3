// Writes deploy/licences.md.

import { writeFileSync } from 'node:fs'
import { ROOT } from '../layers/sources.fixture.ts'
import { licencesFile } from './licences.fixture.ts'
import { lockedIn, readJson } from './lockfile.fixture.ts'

writeFileSync(`${ROOT}deploy/licences.md`, licencesFile(lockedIn(readJson('package-lock.json'))))
