import { Ajv2020 } from 'ajv/dist/2020.js'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loaded } from './config.fixture.ts'
import {
  SCHEMA_FILE,
  SHOWN_FILE,
  editorFile,
  keysOf,
  shownIn,
  withExamples,
  withFiles,
} from './editor-file.fixture.ts'
import { problemText } from './problem.ts'
import { editorSchema } from './schema.ts'
import { plain } from './tree.ts'
import { readYaml } from './yaml-text.ts'

const test = suite('editor file')

const TEXT = readFileSync(SHOWN_FILE, 'utf8')
const WHOLE = withExamples(TEXT)
const SHOWN = shownIn(WHOLE)
const KEYS = keysOf(editorSchema())

const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  validateFormats: false,
  allowUnionTypes: true,
})
const conforms = ajv.compile(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object)

/** What an editor would underline. */
function underlined(text: string): readonly string[] {
  const { tree } = readYaml(text, (line, column) => ({ file: '', line, column }))
  if (tree === undefined) return ['no YAML']
  return conforms(plain(tree))
    ? []
    : (conforms.errors ?? []).map((it) => `${it.instancePath} ${it.message ?? ''}`)
}

test('deploy/cimgate.schema.json is what the schema and the comments of deploy/cimgate.yaml say', () => {
  const mend = 'node src/launch.cjs --run src/shell/config/editor-file-run.fixture.js'
  assert.ok(readFileSync(SCHEMA_FILE, 'utf8') === editorFile(), `write it anew: ${mend}`)
})

test('deploy/cimgate.yaml shows every key, each with a comment, and tells editors its schema', () => {
  const shown = new Set(SHOWN.map((it) => it.pattern))
  const missing = KEYS.filter((it) => !shown.has(it.pattern)).map((it) => it.pattern)
  assert.equal([...new Set(missing)], [], 'show these keys in deploy/cimgate.yaml')
  const told = new Set(SHOWN.filter((it) => it.comment !== '').map((it) => it.pattern))
  const silent = KEYS.filter((it) => !told.has(it.pattern)).map((it) => it.pattern)
  assert.equal(
    [...new Set(silent)],
    [],
    'say above these keys in deploy/cimgate.yaml what they are',
  )
  assert.is(TEXT.split('\n')[0], '# yaml-language-server: $schema=cimgate.schema.json')
})

test('a key that is not shown is found', () => {
  const without = shownIn(WHOLE.replace(/^ +healthUrl:.*\n/gm, ''))
  assert.not(without.some((it) => it.pattern.endsWith('.healthUrl')))
  assert.ok(SHOWN.some((it) => it.pattern === 'parties.*.binding.healthUrl'))
})

test('every default that the schema has is shown', () => {
  const wrong = KEYS.flatMap(({ pattern, shape }) => {
    const { default: due } = shape
    if (due === undefined || isEmpty(due)) return []
    const values = SHOWN.filter((it) => it.pattern === pattern).map((it) =>
      JSON.stringify(it.value),
    )
    return values.includes(JSON.stringify(due)) ? [] : [`${pattern}: ${JSON.stringify(due)}`]
  })
  assert.equal([...new Set(wrong)], [], 'show these in deploy/cimgate.yaml')
})

/** A map of defaults, which are shown one by one. */
function isEmpty(it: unknown): boolean {
  return typeof it === 'object' && it !== null && Object.keys(it).length === 0
}

const SECRETS = [
  'DMS_TOKEN',
  'MAIL_PASSWORD',
  'DMS_KEY',
  'DMS_PASSWORD',
  'CS_KEY',
  'CS_OUR_KEY',
  'CS_PASSWORD',
  'ACME_KEY',
  'ACME_PASSWORD',
  'TLS_PASSPHRASE',
  'BETA_SECRET',
  'BETA_KEY',
]

test('the examples of deploy/cimgate.yaml are a configuration themselves', async () => {
  assert.ok(WHOLE.includes('\n  dso-dms:\n'))
  const text = withFiles(WHOLE)
  const environment = Object.fromEntries(SECRETS.map((it) => [it, it]))
  const { config, problems } = await loaded(text, environment)
  assert.equal(problems.map(problemText), [])
  assert.is(config?.topology.parties.length, 6)
})

test('an editor underlines nothing in deploy/cimgate.yaml, its examples and the presets', () => {
  const folder = join(dirname(SHOWN_FILE), 'presets')
  const presets = existsSync(folder) ? readdirSync(folder).filter((it) => it.endsWith('.yaml')) : []
  const texts = presets.map((it) => readFileSync(join(folder, it), 'utf8'))
  for (const text of [TEXT, WHOLE]) assert.equal(underlined(text), [])
  // Presets are there to be extended, and leave out what nobody else can know.
  for (const text of texts) assert.equal(underlined(`extends: another\n${text}`), [])
  assert.is(texts.length, 3)
})

const HTTP = 'type: cim-xml, url: "https://x.test"'

/** [text, whether an editor underlines something in it] */
const TEXTS: readonly (readonly [string, boolean])[] = [
  ['limits:\nparties:\n', false],
  ['limits: {dept: 1}', true],
  [`parties: {a: {binding: {${HTTP}}}}`, false],
  ['parties: {a: {binding: {url: "https://x.test"}}}', true],
  ['extends: lab\nparties: {a: {binding: {url: "https://x.test"}}, b: null}', false],
  ['extends: lab\nparties: {a: {binding: {ur: "https://x.test"}}}', true],
  ['extends: lab\nroutes: [{when: {noun: A}}]', true],
  ['parties: {a: {auth: [{apiKey: "${KEY}"}]}}', false],
  ['parties: {a: {auth: [{apiKey: {file: /run/x}}]}}', false],
  ['parties: {a: {auth: [{apiKey: geheim}]}}', true],
  ['extends: lab\nparties: {a: {auth: [{apiKey: geheim}]}}', true],
  ['parties: {a: {binding: {type: cim-xml, url: "https://u:geheim@x.test"}}}', true],
  ['parties: {a: {binding: {type: cim-xml, url: "https://x.test/?Api_Key=geheim"}}}', true],
  ['routes: [{to: local, timeout: 5s}]', false],
  ['routes: [{to: local, timeout: 5}]', true],
  ['routes: [{to: local, when: {verb: crate}}]', true],
]

test('an editor underlines what is refused, secrets in the open too, and takes what only differs from another file', () => {
  for (const [text, due] of TEXTS)
    assert.is(underlined(text).length > 0, due, `${text}\n${underlined(text).join('\n')}`)
})

test.run()
