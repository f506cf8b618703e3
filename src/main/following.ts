// What of a running gateway follows its configuration: the files it stands in, the signal, and what speaks against taking
// another one over.

import { exposed, looped } from '../gateway/access/loopback.ts'
import type { Listening } from '../gateway/access/loopback.ts'
import { catalogueOf } from '../schema/catalogue.ts'
import type { Config } from '../shell/config/index.ts'
import type { CommonOptions, Core } from '../shell/terminal/terminal.ts'
import type { InForce } from './in-force.ts'
import { editionFaults } from './named.ts'

/** Follows the files of the configuration, and reads them anew on SIGHUP. @returns how to stop */
export async function following(force: InForce): Promise<() => Promise<void>> {
  const [{ watchFiles }, { onHangup }] = await Promise.all([
    import('../shell/config/watch.ts'),
    import('../shell/stopped.ts'),
  ])
  const watch = watchFiles(force.files, () => void force.reload('file'))
  const forget = onHangup(() => void force.reload('SIGHUP'))
  return async () => {
    watch.close()
    forget()
    await force.idle()
  }
}

/** What is agreed with all senders, as it is when it is looked at. */
export function agreedIn(config: () => Config) {
  return {
    get tolerate() {
      return config().tolerate
    },
    get aliases() {
      return config().aliases
    },
  }
}

/** What speaks against another configuration while this gateway listens. */
export function against(next: Config, before: Config, at: Listening): readonly string[] {
  const unsafe = unsafeAt(at, next)
  if (unsafe !== undefined) return [unsafe]
  // A file that is empty for a moment says the same.
  return before.topology.parties.length > 0 && next.topology.parties.length === 0 ? [NOBODY] : []
}

/** Why a gateway may not listen there with this configuration; undefined when it may. */
export function unsafeAt(at: Listening, { topology }: Config): string | undefined {
  return exposed(at.host, topology) ?? looped(at, topology)
}

const NOBODY =
  'It has no parties any more, so that nobody would be asked who they are; if that is meant, start cimgate anew.'

/** Editions that a configuration names and that are not open. @param first configuration that the schemas were opened with */
export function editionsIn(
  { config: place }: CommonOptions,
  { schemas: { catalogue } }: Core,
  first: Config,
): (config: Config) => readonly string[] {
  const isFirst = ({ schemas }: Config) => JSON.stringify(schemas) === JSON.stringify(first.schemas)
  const made = (config: Config) =>
    isFirst(config) ? catalogue : catalogueOf(catalogue.files, config.schemas)
  return (config) => editionFaults(made(config), place)
}
