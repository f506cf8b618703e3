// The command line as its users meet it: processes, streams and exit codes. What a command finds is tested where it is found.

import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CLI, ROOT, cimgate, folder, read, run, subfolder } from './cli/process.fixture.ts'
import type { Ended } from './cli/process.fixture.ts'
import { schema } from './schema/sets.fixture.ts'

const test = suite('cli')

const GOOD = 'samples/der-group-form/request.xml'
const WRONG = 'samples/der-group-form/invalid/no-group.xml'
const WARNED = 'samples/envelope/invalid/error-code-unknown.xml'
const NO_ID = 'samples/envelope/invalid/no-message-id.xml'

/** Nothing that only a programmer reads. */
function isClear({ err }: Ended): boolean {
  return err !== '' && !/\n\s+at |node:|Error:/.test(err)
}

const COMMANDS = ['serve', 'validate', 'convert', 'sample', 'schemas', 'send']

test('every command explains itself, and has --xsd, --config and --no-color', async () => {
  const helps = await Promise.all(COMMANDS.map((it) => cimgate(it, '--help')))
  for (const { code, out, err } of helps) {
    assert.is(code, 0)
    assert.is(err, '')
    assert.match(out, /--xsd <dir>[^]*--config <file>[^]*--no-color/)
  }
})

test('the help lists every command; without one, it stands on standard error', async () => {
  const [help, nothing, version] = await Promise.all([
    cimgate('--help'),
    cimgate(),
    cimgate('--version'),
  ])
  for (const it of COMMANDS) assert.match(help.out, ` ${it} `)
  assert.equal([nothing.code, nothing.out], [2, ''])
  assert.match(version.out, /^\d+\.\d+\.\d+\n$/)
})

test('wrong usage ends with 2 and one clear sentence', async () => {
  const all: readonly (readonly [RegExp, readonly string[]])[] = [
    [/unknown command 'validat'[^]*Did you mean validate/, ['validat']],
    [/unknown option '--strickt'[^]*Did you mean --strict/, ['validate', '--strickt', GOOD]],
    [/missing required argument/, ['validate']],
    [/banana is no layer/, ['validate', '--only', 'banana', GOOD]],
    [/Allowed choices are text, json, sarif, junit/, ['validate', '--format', 'pdf', GOOD]],
    [/A whole number is due/, ['sample', 'DERGroups', '--count', '-1']],
    [/There is no noun DERGroup\. Did you mean DERGroups\?/, ['sample', 'DERGroup']],
    [/Create is no verb\. Write create\./, ['sample', 'DERGroups', '--verb', 'Create']],
    [
      /There is no create message about DERGroupQueries\. There are get, reply\./,
      ['sample', 'DERGroupQueries', '--verb', 'create'],
    ],
    [/There is no "schemas lists"/, ['schemas', 'lists']],
    [/no such file/, ['convert', 'nowhere.xml']],
    [/There is no dialect nobody/, ['convert', GOOD, '--dialect', 'nobody']],
    [/--to <url>' not specified/, ['send', GOOD]],
    [/no address of the form/, ['send', GOOD, '--to', 'localhost:80']],
  ]
  const ended = await Promise.all(all.map(([, args]) => cimgate(...args)))
  all.forEach(([expected, args], at) => {
    const it = ended[at] as Ended
    assert.equal([it.code, it.out], [2, ''], args.join(' '))
    assert.match(it.err, expected)
    assert.ok(isClear(it), it.err)
  })
})

test('validate: 0 valid, 1 findings, 2 unreadable, and the others are judged all the same', async () => {
  const [good, wrong, both] = await Promise.all([
    cimgate('validate', GOOD),
    cimgate('validate', GOOD, WRONG),
    cimgate('validate', 'nowhere.xml', GOOD, WRONG),
  ])
  assert.equal([good.code, wrong.code, both.code], [0, 1, 2])
  assert.is(good.err, '')
  assert.match(both.err, /^nowhere\.xml: no such file/)
  assert.match(both.out, /valid {2}samples[^]*invalid {2}samples/)
})

test('validate: no colours and no progress where nobody watches', async () => {
  const { out, err } = await cimgate('validate', 'samples/der-group-form')
  assert.not.match(out + err, '\u001b')
})

test('validate: standard input is a file called <stdin>', async () => {
  const { code, out } = await run(['validate', '-', '--format', 'json'], read(GOOD))
  const [first] = (JSON.parse(out) as { files: readonly Record<string, string>[] }).files
  assert.is(code, 0)
  assert.equal([first?.['file'], first?.['schema']], ['<stdin>', 'xsd/part5/DERGroups.xsd'])
})

test('validate: --strict raises warnings, --only judges the named layers', async () => {
  const [lax, strict, rules, xsd] = await Promise.all([
    cimgate('validate', WARNED),
    cimgate('validate', WARNED, '--strict'),
    cimgate('validate', NO_ID, '--only', 'envelope-rule'),
    cimgate('validate', NO_ID, '--only', 'xsd'),
  ])
  assert.equal([lax.code, strict.code, rules.code, xsd.code], [0, 1, 1, 0])
})

test('validate: every format is one whole document', async () => {
  const formats = ['json', 'sarif', 'junit'] as const
  const [json, sarif, junit] = await Promise.all(
    formats.map((it) => cimgate('validate', '--format', it, GOOD, WRONG)),
  )
  assert.is((JSON.parse(json?.out ?? '') as { files: unknown[] }).files.length, 2)
  assert.is((JSON.parse(sarif?.out ?? '') as { runs: unknown[] }).runs.length, 1)
  assert.match(junit?.out ?? '', /^<\?xml[^]*<\/testsuites>\n$/)
})

test('validate: a report longer than a pipe reaches the pipe whole, and a reader that leaves is never told "valid"', async () => {
  const many = Array.from({ length: 12 }, () => 'samples/der-group-form/invalid')
  const { out } = await cimgate('validate', '--format', 'json', ...many)
  assert.ok(out.length > 100_000)
  assert.is((JSON.parse(out) as { files: unknown[] }).files.length, 12 * 19)
  const child = spawn(process.execPath, [CLI, 'validate', ...many], { cwd: ROOT })
  const err: Buffer[] = []
  child.stderr.on('data', (it: Buffer) => void err.push(it))
  child.stdout.once('data', () => child.stdout.destroy())
  assert.is(await new Promise((done) => child.on('close', done)), 2)
  assert.is(Buffer.concat(err).toString(), '')
})

test('what is told when the reader has left already is not told as a success', async () => {
  for (const args of [
    ['validate', GOOD, GOOD],
    ['sample', 'DERGroups', '--count', '300'],
  ]) {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: ROOT })
    child.stdout.destroy()
    assert.is(await new Promise((done) => child.on('close', done)), 2, args.join(' '))
  }
})

test('convert: there and back is the same message, to standard output', async () => {
  const json = await cimgate('convert', GOOD)
  assert.equal([json.code, json.err], [0, ''])
  assert.is(json.out, read(GOOD.replace('.xml', '.json')).toString())
  const xml = await run(['convert', '-'], json.out)
  assert.match(xml.out, /^<\?xml /)
  assert.is((await run(['convert', '-', '--to', 'json'], xml.out)).out, json.out)
})

test('convert: refuses what has no faithful other form, and tells every other finding aside', async () => {
  const [wrong, rule, broken] = await Promise.all([
    cimgate('convert', WRONG),
    cimgate('convert', NO_ID),
    cimgate('convert', 'samples/der-group-form/invalid/bare-ampersand.xml'),
  ])
  assert.equal([wrong.code, wrong.out], [1, ''])
  assert.match(wrong.err, 'DERGroups lacks EndDeviceGroup')
  assert.equal([broken.code, broken.out], [1, ''])
  assert.is(rule.code, 0)
  assert.match(rule.out, /^\{/)
  assert.match(rule.err, 'HDR-01')
})

test('convert: what has no counterpart is not called invalid', async () => {
  const { out } = await cimgate('sample', 'MeterReadings', '--verb', 'get')
  const typed = await run(['convert', '-', '--form', 'typed'], out)
  assert.equal([typed.code, typed.out], [1, ''])
  assert.match(typed.err, /^✓ valid {2}\S+ {2}get MeterReadings\n/)
  assert.match(typed.err, /\nNot converted: the message is valid, but it has no counterpart /)
})

test('sample: one message for a person is indented, and valid', async () => {
  const { code, out } = await cimgate('sample', 'DERGroups', '--typed')
  assert.is(code, 0)
  assert.match(out, /^<\?xml [^>]+>\n<CreateDERGroups [^>]+>\n {2}<Header/)
  assert.is((await run(['validate', '-'], out)).code, 0)
})

test('sample: a schema that asks for too much is at fault, by its file, and not cimgate', async () => {
  const text = schema(
    'urn:endless',
    '<xs:element name="Endless" type="m:T"/><xs:complexType name="T"><xs:sequence><xs:element name="x" type="m:T"/></xs:sequence></xs:complexType>',
  )
  const { code, out, err } = await cimgate(
    ...['sample', 'Endless', '--xsd', subfolder('endless', { 'E.xsd': text })],
  )
  assert.equal([code, out], [2, ''])
  assert.match(err, /^\S+E\.xsd:\d+:\d+: A sample of Endless would have more than 20000 elements/)
  assert.match(err, /The schema is at fault\. Mend the schema that is named, or take it out/)
})

test('a schema that does not compile is at fault: no sample of it, and no blame for the message', async () => {
  const text = schema(
    'urn:r',
    '<xs:import namespace="urn:q" schemaLocation="http://127.0.0.1:9/q.xsd"/><xs:element name="Remotes" type="q:T"/>',
    'xmlns:q="urn:q"',
  )
  const xsd = subfolder('remotes', { 'R.xsd': text })
  const [listed, sample, judged] = await Promise.all([
    cimgate('schemas', 'list', '--xsd', xsd),
    cimgate('sample', 'Remotes', '--xsd', xsd),
    run(['validate', '-', '--xsd', xsd], '<Remotes xmlns="urn:r"/>'),
  ])
  assert.is(listed.code, 1)
  assert.match(listed.err, /R\.xsd:\d+:\d+: the import of urn:q is not in the folder; add a file/)
  assert.equal([sample.code, sample.out], [2, ''])
  assert.match(
    sample.err,
    /R\.xsd:\d+:\d+: No file defines the type T of the namespace urn:q, .*\. The schema is at fault: mend it/,
  )
  assert.match(
    judged.out,
    /There is no decision:\s+\S+R\.xsd:\d+:\d+:\s+No file[^]*The schema is at fault, not the message/,
  )
})

test('sample: --count and --invalid are one JSON object each line, the same for the same seed', async () => {
  const args = ['sample', 'DERGroupStatuses', '--verb', 'changed', '--count', '3', '--seed', '7']
  const [one, two, invalid] = await Promise.all([
    cimgate(...args, '--json'),
    cimgate(...args, '--json'),
    cimgate(...args, '--invalid'),
  ])
  assert.is(one.out, two.out)
  const lines = (it: Ended) =>
    it.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  assert.equal(
    lines(one).map((it) => it.name),
    [7, 8, 9].map((it) => `DERGroupStatuses-changed-${it}`),
  )
  assert.ok(lines(invalid).every((it) => typeof it.xml === 'string' && it.expect.length > 0))
})

interface Line {
  readonly name: string
  readonly xml?: string
  readonly expect: readonly unknown[]
}

test('sample: --out writes a file for each message, and the findings of a wrong one', async () => {
  const out = join(folder, 'made', 'here')
  const { code, out: printed } = await cimgate(
    ...['sample', 'DERGroups', '--invalid', '--count', '4', '--out', out],
  )
  assert.equal([code, printed], [0, ''])
  const names = readdirSync(out)
  assert.is(names.filter((it) => it.endsWith('.issues.json')).length, 4)
  assert.is(names.length, 8)
})

test.run()
