// The file of a configuration -> a complete configuration, or everything that is wrong with it: read, extended,
// overridden, checked against the schema, and across. Pure but for the files that are read.

import { nounProblems } from './checks/nouns.ts'
import { complaints } from './issues.ts'
import type { Found } from './issues.ts'
import { overridden } from './environment.ts'
import type { Environment } from './environment.ts'
import { extended } from './extends.ts'
import { foldersOf } from './files.ts'
import type { Extended, Files } from './extends.ts'
import type { Config, Loaded } from './index.ts'
import { strayReferences } from './references.ts'
import { inOrder, problemIn } from './problem.ts'
import type { Complaint, Problem } from './problem.ts'
import { editorSchema, schema } from './schema.ts'
import type { Written } from './schema.ts'
import { digestOf } from './secrets.ts'
import { msOf, topologyIn } from './topology.ts'
import type { Made } from './topology.ts'
import { mapOf, nodeAt, plain, without, writtenPath } from './tree.ts'
import type { Path, Tree } from './tree.ts'

/** @param path absent = what the environment says alone */
export async function load(
  path: string | undefined,
  environment: Environment,
  files: Files,
): Promise<Loaded> {
  const read = path === undefined ? NOTHING : await extended(path, files)
  if (read.tree === undefined)
    return { problems: inOrder(read.problems, read.files), files: read.files }
  const over = overridden(read.tree, environment, editorSchema())
  const judged = judge(over.tree, read.isWhole)
  // What is across files cannot be judged where one of them is not there.
  const broken = read.isWhole ? judged.broken : [[]]
  const made = topologyIn(judged.written, judged.tree, { environment, broken })
  const problems = inOrder(
    [...read.problems, ...over.problems, ...judged.problems, ...made.problems],
    read.files,
  )
  const all = { problems, files: [...read.files, ...made.files] }
  if (judged.problems.length > 0) return all
  const effective = judged.written
  const beside: Loaded['beside'] = (nouns) =>
    nounProblems(effective, nouns).map((it) => problemIn(judged.tree, it))
  if (problems.some((it) => it.severity === 'error')) return { ...all, effective, beside }
  const version = digestOf(JSON.stringify(effective))
  const config = configIn(effective, { ...made, topology: { ...made.topology, version } })
  return { ...all, effective, beside, version, config }
}

const NOTHING: Extended & { readonly tree: Tree } = {
  tree: mapOf({ variable: '' }),
  problems: [],
  files: [],
  isWhole: true,
}

interface JudgedTree {
  /** without what is wrong */
  readonly tree: Tree
  readonly written: Written
  readonly problems: readonly Problem[]
  /** what was taken out */
  readonly broken: readonly Path[]
}

/** Takes out what is wrong until the rest is right, so that the rest can be checked further. */
function judge(written: Tree, isWhole: boolean): JudgedTree {
  const root = editorSchema()
  let told: readonly Found[] | undefined
  let tree = written
  for (const broken: Path[] = []; ;) {
    const result = schema.safeParse(plain(tree))
    const issues = result.success ? [] : complaints(result.error.issues, { tree, root })
    const found = told === undefined ? [...issues, ...strayBeside(issues, tree)] : issues
    // What is wrong later is so because something has been taken out.
    told ??= found.filter((it) => isWhole || it.isMissing !== true)
    if (result.success) {
      const problems = told.map((it) => problemIn(written, it))
      return { tree, written: result.data, problems, broken }
    }
    broken.push(...found.map((it) => writtenPath(tree, it.path)))
    tree = [...found].sort(lastFirst).reduce(pruned, tree)
  }
}

/** References where no secret is, unless the schema has found that already. */
function strayBeside(issues: readonly Found[], tree: Tree): readonly Found[] {
  const isTold = ({ path }: Complaint) =>
    issues.some((it) => it.path.every((step, at) => step === path[at]))
  return strayReferences(tree, editorSchema()).filter((it) => !isTold(it))
}

/** Missing things at the end, because what is around them goes with them; of a list the last first, so that no index moves. */
function lastFirst(a: Found, b: Found): number {
  const missing = Number(a.isMissing ?? false) - Number(b.isMissing ?? false)
  if (missing !== 0) return missing
  const at = [...a.path, ''].findIndex((step, index) => step !== (b.path[index] ?? ''))
  const [x, y] = [a.path[at], b.path[at]]
  if (x === undefined || y === undefined) return b.path.length - a.path.length
  if (typeof x === 'number' && typeof y === 'number') return y - x
  return String(x) < String(y) ? -1 : 1
}

function pruned(tree: Tree, { path }: Found): Tree {
  const isThere = nodeAt(tree, path.slice(0, -1)) !== undefined
  return isThere ? without(tree, path) : tree
}

function configIn(
  written: Written,
  { topology, tls, mail }: Pick<Made, 'topology' | 'tls' | 'mail'>,
): Config {
  const { source, mixedBatch, tolerate, aliases, schemas, officialOnly, limits, load } = written
  const { publicUrl, privateNetworks } = written
  const retention = {
    messagesMs: msOf(written.retention.messages),
    auditMs: msOf(written.retention.audit),
  }
  return {
    source,
    mixedBatch,
    tolerate,
    aliases,
    schemas,
    officialOnly,
    publicUrl,
    privateNetworks,
    limits,
    load,
    retention,
    topology,
    files: foldersOf(written.files),
    ...(mail === undefined ? {} : { mail }),
    ...(tls === undefined ? {} : { tls }),
  }
}
