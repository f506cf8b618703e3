import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { CatalogueEntry } from './catalogue.ts'
import { selectorOf, verbsIn } from './select-schema.ts'
import { filesOf, xsd } from './schema.fixture.ts'

const test = suite('select-schema')

const entry = (path: string, ns = 'urn:t', roots: readonly string[] = ['X']): CatalogueEntry => {
  const [file] = filesOf({ [`/0/${path}`]: xsd('') })
  if (file === undefined) throw new Error('no file')
  const set = { set: 'shipped', part: '', key: '' }
  return {
    file,
    files: [file],
    targetNamespace: ns,
    roots,
    nouns: roots,
    verbs: verbsIn(path),
    ...set,
  }
}

/** The path that is chosen among these for a verb. */
const chosen = (paths: readonly string[], verb: string | undefined) =>
  selectorOf(
    paths.map((it) => entry(it)),
    { isPayload: () => true },
  )('urn:t', 'X', verb)?.file.location.slice(3)

const TWO = ['X.xsd', 'X.change.xsd']
const FOLDERS = ['change/X.xsd', 'create/X.xsd', 'get/X.xsd']

/** paths, verb, chosen */
const TABLE: readonly (readonly [readonly string[], string | undefined, string])[] = [
  [TWO, undefined, 'X.xsd'],
  [TWO, 'create', 'X.xsd'],
  [TWO, 'created', 'X.xsd'],
  [TWO, 'reply', 'X.xsd'],
  [TWO, 'get', 'X.xsd'],
  [TWO, 'change', 'X.change.xsd'],
  [TWO, 'delete', 'X.change.xsd'],
  [TWO, 'cancel', 'X.change.xsd'],
  [TWO, 'close', 'X.change.xsd'],
  [TWO, 'changed', 'X.change.xsd'],
  [TWO, 'deleted', 'X.change.xsd'],
  [TWO, 'executed', 'X.xsd'],
  [TWO, 'nonsense', 'X.xsd'],
  [TWO.toReversed(), 'create', 'X.xsd'],
  [[...TWO, 'X.delete.xsd'], 'delete', 'X.delete.xsd'],
  [FOLDERS, undefined, 'create/X.xsd'],
  [FOLDERS, 'create', 'create/X.xsd'],
  [FOLDERS, 'created', 'create/X.xsd'],
  [FOLDERS, 'delete', 'change/X.xsd'],
  [FOLDERS, 'changed', 'change/X.xsd'],
  [FOLDERS, 'deleted', 'change/X.xsd'],
  [FOLDERS, 'get', 'get/X.xsd'],
  [FOLDERS, 'reply', 'get/X.xsd'],
  [FOLDERS, 'executed', 'create/X.xsd'],
  [['change/X.xsd'], 'create', 'change/X.xsd'],
  [['a/X.xsd', 'b/X.xsd'], 'change', 'a/X.xsd'],
  [['change/a/X.xsd', 'change/b/X.xsd'], 'create', 'change/a/X.xsd'],
]

test('chooses by the verb where paths mention one, else the first', () => {
  for (const [paths, verb, path] of TABLE) assert.is(chosen(paths, verb), path, `${paths} ${verb}`)
})

test('verbs are words of the path, not parts of words', () => {
  assert.equal([...verbsIn('create/CreateGroup.change-2.xsd')], ['create', 'change'])
  assert.equal([...verbsIn('changes/Recreate.xsd')], [])
})

test('without a namespace only payloads are found, all of the first one’s namespace', () => {
  const entries = [
    entry('m.xsd', 'urn:m'),
    entry('a.change.xsd', 'urn:a'),
    entry('b.xsd', 'urn:b'),
    entry('a.xsd', 'urn:a'),
  ]
  const select = selectorOf(entries, { isPayload: (it) => it.targetNamespace !== 'urn:m' })
  assert.is(select(undefined, 'X', undefined), entries[3])
  assert.is(select(undefined, 'X', 'change'), entries[1])
  assert.is(select('urn:m', 'X', undefined), entries[0])
  assert.is(select('urn:gone', 'X', undefined), undefined)
  assert.is(select(undefined, 'Y', undefined), undefined)
})

test.run()
