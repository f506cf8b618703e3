// Whatever can be written in a file can be written in the environment, key by key.

import { readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded } from './config.fixture.ts'
import { SHOWN_FILE, withExamples, withFiles } from './editor-file.fixture.ts'
import { problemText } from './problem.ts'
import { variableFor } from './references.ts'
import { pathText, plain, without } from './tree.ts'
import type { Path, Tree } from './tree.ts'
import { readYaml, writeYaml } from './yaml-text.ts'

const test = suite('override law')

const TEXT = withFiles(withExamples(readFileSync(SHOWN_FILE, 'utf8')))
const { tree: WHOLE } = readYaml(TEXT, (line, column) => ({ file: '', line, column }))

/** Every secret that the file names has its name as its value. */
const SECRETS = Object.fromEntries(
  [...TEXT.matchAll(/\$\{(\w+)\}/g)].map(([, name = '']) => [name, name]),
)

interface Leaf {
  readonly path: Path
  readonly value: string | number | boolean | null
}

/** Keys with a single value; those of a list have no key of their own. */
function leavesOf(tree: Tree, path: Path = []): readonly Leaf[] {
  if (tree.kind === 'scalar')
    return typeof path.at(-1) === 'number' ? [] : [{ path, value: tree.value }]
  if (tree.kind === 'list')
    return tree.items.flatMap(({ node }, at) => leavesOf(node, [...path, at]))
  return [...tree.entries].flatMap(([key, { node }]) => leavesOf(node, [...path, key]))
}

/** A party without a binding, say, has no key that could be overridden. */
const NAMED = ['parties', 'partyAliases']

test('each key of deploy/cimgate.yaml can be taken out and be given by its variable instead', async () => {
  if (WHOLE === undefined) return assert.unreachable('deploy/cimgate.yaml is no YAML')
  const { effective: due } = await loaded(TEXT, SECRETS)
  const leaves = leavesOf(WHOLE).filter(
    ({ path, value }) => value !== '' && !(path.length === 2 && NAMED.includes(String(path[0]))),
  )
  assert.ok(leaves.length > 60, `only ${leaves.length} keys`)
  for (const { path, value } of leaves) {
    const text = writeYaml(plain(without(WHOLE, path)))
    const variables = { ...SECRETS, [variableFor(path)]: String(value) }
    const { effective, problems } = await loaded(text, variables)
    assert.equal(problems.map(problemText), [], pathText(path))
    assert.equal(effective, due, pathText(path))
  }
})

test('each is told by the name of its variable when it is wrong there', async () => {
  if (WHOLE === undefined) return assert.unreachable('deploy/cimgate.yaml is no YAML')
  const numbers = leavesOf(WHOLE).filter(({ value }) => typeof value !== 'string')
  assert.ok(numbers.length > 10)
  for (const { path } of numbers) {
    const variable = variableFor(path)
    const { problems } = await loaded(TEXT, { ...SECRETS, [variable]: 'wrong' })
    const [first] = problems.map(problemText)
    assert.ok(
      first?.startsWith(`${variable}: ${pathText(path)}: wrong is not possible; write `),
      first,
    )
  }
})

test.run()
