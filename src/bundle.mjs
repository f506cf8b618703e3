// Puts the compiled command line into a few files, as a part of the build: 150 small modules take longer to load than
// to run. Packages stay outside. What stands in src/ of a build is whole without it: tests and other programs use that.
import { copyFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'

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
    external: (id) => /^[^./]/.test(id) && id !== BUNDLED,
    plugins: [keptUrls(folder), withoutProcesses()],
  })
  // What every command needs is one file; what only some need, one each.
  const codeSplitting = { groups: [{ name: 'command', tags: ['$initial'] }] }
  // Compiled code can be kept of CommonJS only, and `import()` of a package works in no file that has such code.
  const names = { entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' }
  await made.write({ dir: folder, format: 'cjs', codeSplitting, comments: false, ...names })
  await made.close()
  copyFileSync(licence(), join(folder, `LICENSE.${BUNDLED}`))
  return true
}

/** The package that every command needs; its licence goes with it. */
const BUNDLED = 'commander'

function licence() {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve(BUNDLED)), 'LICENSE')
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

/** commander could start other programs, and loads what Node has for that: 8 ms of every start. cimgate has no such command. */
function withoutProcesses() {
  const loads = /require\('node:child_process'\)/
  return {
    name: 'without-processes',
    transform: {
      filter: { id: /commander/, code: loads },
      handler: (code) => code.replace(loads, '{}'),
    },
  }
}
