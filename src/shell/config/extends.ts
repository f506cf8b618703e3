// `extends`: a file says only what differs from another one, which may do so too.

import { dirname, isAbsolute, join, normalize } from 'node:path'
import type { Problem } from './problem.ts'
import { mapOf, merged, nodeAt, placeOf, without } from './tree.ts'
import type { Place, Tree } from './tree.ts'
import { readYaml } from './yaml-text.ts'

/** Where files come from. */
export interface Files {
  /** @throws a sentence without its full stop, when it cannot be read */
  readonly read: (path: string) => Promise<string>
  /** folder of the presets that come with cimgate */
  readonly presets: string
}

/** A file with all that it extends. Without a tree, it cannot be told what it says. */
export interface Extended {
  readonly tree?: Tree
  readonly problems: readonly Problem[]
  /** that were read, or should have been: the extended ones last */
  readonly files: readonly string[]
  /** false = some of it could not be read */
  readonly isWhole: boolean
}

/** @param shown path of the file */
export function extended(shown: string, files: Files): Promise<Extended> {
  const path = normalize(shown)
  return readFrom(path, files, { seen: [], at: { file: path, line: 1, column: 1 } })
}

/** @param from the files on the way here, and where this one is named */
async function readFrom(
  path: string,
  files: Files,
  from: { readonly seen: readonly string[]; readonly at: Place },
): Promise<Extended> {
  const broken = (message: string, read = [path]): Extended => ({
    problems: [fault(from.at, from.seen.length === 0 ? '' : 'extends', message)],
    files: read,
    isWhole: false,
  })
  if (from.seen.includes(path)) return broken(`${circle(from.seen, path)}; leave one out`, [])
  const text = await files.read(path).catch((error: Error) => error)
  if (text instanceof Error) return broken(`${path} cannot be read: ${text.message}`)
  const { tree, problems } = readYaml(text, (line, column) => ({ file: path, line, column }))
  if (tree === undefined) return { problems, files: [path], isWhole: false }
  const base = await baseOf(tree, path, { files, seen: from.seen })
  const own = nodeAt(tree, ['extends']) === undefined ? tree : without(tree, ['extends'])
  return {
    tree: merged(base.tree ?? mapOf(tree.at), own),
    problems: [...problems, ...base.problems],
    files: [path, ...base.files],
    isWhole: base.isWhole,
  }
}

function circle(seen: readonly string[], path: string): string {
  const [first = path, ...rest] = seen.slice(seen.indexOf(path))
  return `${[first, ...rest].join(' extends ')}${rest.length > 0 ? ', which' : ''} extends ${path} again`
}

async function baseOf(
  tree: Tree,
  path: string,
  { files, seen }: { readonly files: Files; readonly seen: readonly string[] },
): Promise<Extended> {
  const node = nodeAt(tree, ['extends'])
  const nothing: Extended = { problems: [], files: [], isWhole: true }
  if (node === undefined || (node.kind === 'scalar' && node.value === null)) return nothing
  const at = placeOf(tree, ['extends'])
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '')
    return {
      problems: [fault(at, 'extends', `this names no file; ${WRITE}`)],
      files: [],
      isWhole: false,
    }
  const target = targetOf(node.value, path, files.presets)
  return readFrom(target, files, { seen: [...seen, path], at })
}

const WRITE = 'write the name of a preset, such as centralized, or a path, such as ./base.yaml'

/** A bare name is that of a preset; everything else a path beside the file that names it. */
function targetOf(name: string, path: string, presets: string): string {
  if (/^[\w-]+$/.test(name)) return join(presets, `${name}.yaml`)
  return isAbsolute(name) ? name : join(dirname(path), name)
}

function fault(at: Place, path: string, message: string): Problem {
  return { severity: 'error', at, path, message }
}
