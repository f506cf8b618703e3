// What `cimgate check` looks at: a configuration with all that it names, and a store.

import type { Topology } from '../gateway/parties/party.ts'
import { configText, loadConfig, problemText } from '../shell/config/index.ts'
import type { Config, Loaded, Problem } from '../shell/config/index.ts'
import { readMessage } from '../shell/files.ts'
import type { CheckTools, CheckedConfig } from '../shell/terminal/check.ts'
import { UsageError } from '../shell/terminal/terminal.ts'
import type { CommonOptions } from '../shell/terminal/terminal.ts'
import { builtFacts } from '../shell/xml-in/xsd-facts.ts'
import { openCatalogue } from './core.ts'
import { NOTHING, namedIn } from './named.ts'
import type { Named } from './named.ts'

/** Nobody writes a longer one by hand: 16 MiB. */
const MOST_BYTES = 16 * 1024 * 1024

export const CHECK_TOOLS: CheckTools = {
  config: checkConfig,
  store: async (folder) => {
    const { checkStore } = await import('../shell/store/check.ts')
    return checkStore(folder, new Date().toISOString())
  },
}

async function checkConfig(options: CommonOptions): Promise<CheckedConfig> {
  const { config: path } = options
  if (path !== undefined)
    await readMessage(path, MOST_BYTES).catch((error: Error) => {
      throw new UsageError(`${path}: ${error.message}`)
    })
  const loaded = await loadConfig(path)
  const told = (severity: Problem['severity']) =>
    loaded.problems.filter((it) => it.severity === severity).map(problemText)
  const { config } = loaded
  const named = config === undefined ? NOTHING : await beside(config, options)
  return {
    errors: [...told('error'), ...named.errors],
    warnings: [...told('warning'), ...named.warnings],
    about: config === undefined ? '' : aboutOf(config.topology),
    text: await textOf(loaded),
  }
}

async function beside(config: Config, options: CommonOptions): Promise<Named> {
  const { catalogue } = await openCatalogue(options, builtFacts(), config)
  return namedIn(config, { catalogue, place: options.config ?? 'environment' })
}

function aboutOf({ deployment, parties, ways, version }: Topology): string {
  const id = version === '' ? '' : ` · version ${version.slice(0, 12)}`
  return `${deployment} · parties: ${parties.length} · routes: ${ways.length}${id}`
}

/** Without a file, what a file with nothing in it says. */
async function textOf({ config, effective }: Loaded): Promise<string> {
  if (config === undefined) return ''
  if (effective !== undefined) return configText(effective)
  const { load } = await import('../shell/config/check.ts')
  const nowhere = { read: () => Promise.reject(new Error('there is none')), presets: '' }
  const whole = await load(undefined, {}, nowhere)
  return configText(whole.effective ?? {})
}
