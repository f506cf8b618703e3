import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Ajv } from 'ajv'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BARE, EVIL, FINDING, HOSTILE, INVALID, REFUSED, VALID, written } from './report.samples.ts'
import type { FileReport } from './report.ts'
import { sarifReporter } from './sarif.ts'

const test = suite('report as SARIF')

/** The only run of the log. */
function runOf(reports: readonly FileReport[], version?: string) {
  const layout = version === undefined ? {} : { version }
  const log = JSON.parse(written(sarifReporter(layout), reports))
  assert.is(log.version, '2.1.0')
  assert.match(log.$schema, 'sarif-schema-2.1.0.json')
  assert.is(log.runs.length, 1)
  return log.runs[0]
}

function uriOf(file: string): string {
  const { results } = runOf([{ ...INVALID, file }])
  return results[0].locations[0].physicalLocation.artifactLocation.uri
}

/** The schema of SARIF 2.1.0 as its committee published it. */
const SCHEMA = createRequire(import.meta.url).resolve(
  '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json',
)
// Written in draft 4, of which it uses nothing that later drafts say otherwise but these two names.
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'))
const isSarif = new Ajv({
  strict: false,
  allErrors: true,
  validateFormats: false,
  unicodeRegExp: false,
}).compile(schema)

test('every log is valid by the schema of SARIF', () => {
  for (const reports of [
    [],
    [VALID],
    [VALID, INVALID, REFUSED],
    [{ ...INVALID, file: 'ä b%.xml' }],
  ])
    assert.ok(
      isSarif(JSON.parse(written(sarifReporter({ version: '1.2.3' }), reports))),
      JSON.stringify(isSarif.errors),
    )
  assert.not(isSarif({ version: '2.1.0', runs: [{ results: [{ message: 'text' }] }] }))
})

test('a run names its tool and has results, also when there are none', () => {
  for (const reports of [[], [VALID], [VALID, VALID]]) {
    const run = runOf(reports, '1.2.3')
    assert.equal(run.results, [])
    assert.equal(run.tool.driver, { name: 'cimgate', version: '1.2.3', rules: [] })
    assert.equal(run.invocations, [{ executionSuccessful: true }])
  }
})

test('a result has rule, level, message and a place in file and tree', () => {
  const [result] = runOf([VALID, INVALID]).results
  assert.equal(result, {
    ruleId: 'XSD-ENUM',
    level: 'error',
    message: {
      text: 'The verb is none that the standard knows.\nExpected: one of create, change\nFound: creat\nWrite create.',
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'in/bad.xml' },
          region: { startLine: 3, startColumn: 9 },
        },
        logicalLocations: [
          { name: 'Verb', fullyQualifiedName: '/RequestMessage/Header/Verb', kind: 'element' },
        ],
      },
    ],
    properties: { layer: 'payload-xsd', clause: 'IEC 61968-100:2013, 5.3' },
  })
})

test('an unknown place has no region and no logical location', () => {
  const result = runOf([INVALID]).results[1]
  assert.is(result.message.text, BARE.message)
  assert.equal(result.locations, [
    { physicalLocation: { artifactLocation: { uri: 'in/bad.xml' } } },
  ])
})

test('a known line with an unknown column has only a line', () => {
  const report = { ...INVALID, findings: [{ ...FINDING, column: 0 }] }
  const { physicalLocation } = runOf([report]).results[0].locations[0]
  assert.equal(physicalLocation.region, { startLine: 3 })
})

test('an attribute is named as one', () => {
  const report = { ...INVALID, findings: [{ ...FINDING, path: '/a/b/@kind' }] }
  const [location] = runOf([report]).results[0].locations[0].logicalLocations
  assert.equal(location, { name: '@kind', fullyQualifiedName: '/a/b/@kind', kind: 'attribute' })
})

test('severities become levels', () => {
  const findings = (['error', 'warning', 'info'] as const).map((severity) => ({
    ...FINDING,
    severity,
  }))
  const { results } = runOf([{ ...INVALID, findings }])
  assert.equal(
    results.map((it: { level: string }) => it.level),
    ['error', 'warning', 'note'],
  )
})

test('every rule of a result is described once, with help', () => {
  const { results, tool } = runOf([INVALID, INVALID, REFUSED])
  assert.is(results.length, 5)
  assert.equal(tool.driver.rules, [
    {
      id: 'XSD-ENUM',
      shortDescription: { text: 'The payload does not follow its XSD' },
      help: { text: 'IEC 61968-100:2013, 5.3: Write create.' },
    },
    {
      id: 'LIM-01',
      shortDescription: { text: 'The message exceeds a limit' },
      help: { text: 'The message exceeds a limit' },
    },
    {
      id: 'LIM-02',
      shortDescription: { text: 'The message exceeds a limit' },
      help: { text: 'IEC 61968-100:2013, 5.3: Write create.' },
    },
  ])
})

test('a bad verdict without an error of its own is a result all the same', () => {
  const { results, tool } = runOf([INVALID, { ...REFUSED, verdict: 'no-schema', findings: [BARE] }])
  assert.equal(results.at(-1), {
    ruleId: 'no-schema',
    level: 'error',
    message: { text: 'No schema is known for the root of the message.' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'in/bomb.xml' } } }],
  })
  assert.is(tool.driver.rules.at(-1).id, 'no-schema')
})

test('an engine error is a run that did not succeed', () => {
  const run = runOf([{ ...REFUSED, verdict: 'engine-error', findings: [] }])
  assert.equal(run.invocations, [{ executionSuccessful: false }])
})

test('file names are URIs: relative ones stay relative, absolute ones are file URLs', () => {
  assert.is(uriOf('./in/a b#1.xml'), 'in/a%20b%231.xml')
  assert.is(uriOf('<stdin>'), '%3Cstdin%3E')
  assert.is(uriOf(resolve('x.xml')), pathToFileURL('x.xml').href)
})

test('long values are shortened', () => {
  const report = { ...INVALID, findings: [{ ...FINDING, found: 'x'.repeat(10_000) }] }
  assert.ok(runOf([report]).results[0].message.text.length < 600)
})

test('foreign text is kept in the values, and no control character reaches a terminal', () => {
  const text = written(sarifReporter({}), [HOSTILE])
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Cs}]/u)
  assert.is(JSON.parse(text).runs[0].results[0].ruleId, EVIL)
})

test.run()
