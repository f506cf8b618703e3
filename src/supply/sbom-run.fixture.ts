// Prints the bill of materials of what runs, as CycloneDX 1.5 in JSON.

import { execFileSync } from 'node:child_process'
import { ROOT } from '../layers/sources.fixture.ts'
import { readJson } from './lockfile.fixture.ts'
import type { Manifest } from './lockfile.fixture.ts'
import { runtimeSbom } from './sbom.fixture.ts'
import type { Sbom } from './sbom.fixture.ts'

const { name, version, dependencies } = readJson<
  Manifest & { readonly name: string; readonly version: string }
>('package.json')
const all = execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  // npm is a script of the shell on Windows
  shell: process.platform === 'win32',
  stdio: ['ignore', 'pipe', 'inherit'],
})
const bill = runtimeSbom(JSON.parse(all) as Sbom, `${name}@${version}`, Object.keys(dependencies))
process.stdout.write(`${JSON.stringify(bill, null, 2)}\n`)
