// What `cimgate check` looks at: a configuration with all that it names, and a store.

import type { Topology } from '../gateway/parties/party.ts'
import { judgedByRole } from '../gateway/parties/roles.ts'
import { schemasOf } from '../schema/schemas.ts'
import { configText, loadConfig, problemText } from '../shell/config/index.ts'
import type { Config, Loaded, Problem } from '../shell/config/index.ts'
import { readMessage } from '../shell/files.ts'
import type { CheckTools, CheckedConfig } from '../shell/terminal/check.ts'
import { UsageError } from '../shell/terminal/terminal.ts'
import type { CommonOptions } from '../shell/terminal/terminal.ts'
import { builtFacts } from '../shell/xml-in/xsd-facts.ts'
import { openCatalogue } from './core.ts'
import { editionFaults, judgedBy } from './named.ts'

/** Nobody writes a longer one by hand: 16 MiB. */
const MOST_BYTES = 16 * 1024 * 1024

export const CHECK_TOOLS: CheckTools = {
  config: checkConfig,
  store: async (folder) => {
    const { checkStore } = await import('../shell/store/check.ts')
    return checkStore(folder, new Date().toISOString())
  },
  server: async (text) => {
    const [{ addressIn }, { checkServer }] = await Promise.all([
      import('../shell/store/server.ts'),
      import('../shell/store/postgres/check.ts'),
    ])
    try {
      const address = addressIn(text, process.env)
      return [await checkServer(address), address.shown]
    } catch (error) {
      throw new UsageError((error as Error).message)
    }
  },
}

async function checkConfig(options: CommonOptions): Promise<CheckedConfig> {
  const { config: path } = options
  if (path !== undefined)
    await readMessage(path, MOST_BYTES).catch((error: Error) => {
      throw new UsageError(`${path}: ${error.message}`)
    })
  const { loaded, errors } = await beside(await loadConfig(path), options)
  const told = (severity: Problem['severity']) =>
    loaded.problems.filter((it) => it.severity === severity).map(problemText)
  const { config } = loaded
  return {
    errors: [...told('error'), ...errors],
    warnings: told('warning'),
    about: config === undefined ? '' : aboutOf(config.topology),
    text: await textOf(loaded),
  }
}

/** With what the schemas have against it, as far as it can be told which ones they are. */
async function beside(loaded: Loaded, options: CommonOptions) {
  const { schemas } = (loaded.effective ?? {}) as { readonly schemas?: Config['schemas'] }
  if (schemas === undefined) return { loaded, errors: [] }
  const { catalogue } = await openCatalogue(options, builtFacts(), { schemas })
  const errors = editionFaults(catalogue, options.config)
  return { loaded: judgedBy(schemasOf(catalogue), loaded), errors }
}

function aboutOf(topology: Topology): string {
  const { deployment, parties, ways, version } = topology
  const id = version === '' ? '' : ` · version ${version.slice(0, 12)}`
  return `${deployment} · parties: ${parties.length} · routes: ${ways.length}${id} · ${judgedByRole(topology)}`
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
