// For tests only: a shipped preset as the gateway sees it, with an address for every system and a secret for every key.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as assert from 'uvu/assert'
import type { Topology } from '../gateway/parties/party.ts'
import { ROOT } from '../layers/sources.fixture.ts'
import { loadConfig, problemText } from '../shell/config/index.ts'

/** Where a preset is. */
export function presetFile(preset: string): string {
  return join(ROOT, 'deploy', 'presets', `${preset}.yaml`)
}

/** An address for each party that has to have one, and every secret that is named. */
export function presetEnvironment(preset: string): Readonly<Record<string, string>> {
  const text = readFileSync(presetFile(preset), 'utf8')
  const keys = [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name = '']) => [
    name,
    `key of ${name}`,
  ])
  const urls = [
    ...text.matchAll(/^ {2}'?([a-z][a-z:-]*)'?:\n.*\n {4}binding: \{ type: (?:cim-xml|json) \}/gm),
  ].map(([, id = '']) => [
    `CIMGATE_PARTIES_${id.toUpperCase().replace(/\W/g, '_')}_BINDING_URL`,
    `http://127.0.0.1:1/${id}`,
  ])
  assert.ok(urls.length > 8, 'the parties of the preset were found')
  return Object.fromEntries([...keys, ...urls])
}

/** Fails the test where the preset is not right as it is shipped. */
export async function presetTopology(preset: string): Promise<Topology> {
  const { config, problems } = await loadConfig(presetFile(preset), presetEnvironment(preset))
  assert.equal(problems.map(problemText), [])
  assert.ok(config, preset)
  return config.topology
}
