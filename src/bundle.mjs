// Puts the compiled command line into a few files, as a part of the build: 150 small modules take longer to load than
// to run. Packages stay outside. What stands in src/ of a build is whole without it: tests and other programs use that.
import { join, relative, sep } from 'node:path'

/**
 * Bundles `src/cli.js` of a build, and all that it may load, into `command/` of the same build.
 * @returns false where the bundler has no program for this system: then there is no bundle, and everything starts slower
 */
export async function bundle(build) {
  const rolldown = await bundler()
  if (rolldown === undefined) return false
  const folder = join(build, 'command')
  const made = await rolldown({
    input: { cli: join(build, 'src/cli.js') },
    platform: 'node',
    logLevel: 'silent',
    external: /^[^./]/,
    plugins: [keptUrls(folder)],
  })
  // What every command needs is one file; what only some need, one each.
  const codeSplitting = { groups: [{ name: 'command', tags: ['$initial'] }] }
  await made.write({ dir: folder, format: 'esm', codeSplitting, comments: false })
  await made.close()
  return true
}

async function bundler() {
  try {
    return (await import('rolldown')).rolldown
  } catch {
    return undefined
  }
}

/** A module goes on to find what lies beside it, such as the script of a worker: its own URL stays what it was. */
function keptUrls(folder) {
  return {
    name: 'kept-urls',
    transform: {
      filter: { code: 'import.meta.url' },
      handler(code, id) {
        const own = JSON.stringify(relative(folder, id).split(sep).join('/'))
        return code.replaceAll('import.meta.url', `new URL(${own}, import.meta.url).href`)
      },
    },
  }
}
