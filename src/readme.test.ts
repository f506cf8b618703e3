// README.md told true: its tables are those of the code, and its tour runs.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { LAYERS } from './envelope/finding.ts'
import { GUIDES } from './gateway/docs/guide-pages.ts'
import { markedTable } from './layers/readme-tables.fixture.ts'
import { ROOT } from './layers/sources.fixture.ts'
import {
  DRAWN,
  README,
  bindings,
  cells,
  dependencies,
  diagrams,
  ruleTable,
  limitTable,
  scripts,
} from './readme/tables.fixture.ts'
import { agrees, end, pathWith, printed, start, stepsOf } from './readme/tour.fixture.ts'
import type { Running, Step } from './readme/tour.fixture.ts'

const test = suite('readme')

const DERIVED = [
  ['rules', ruleTable, 'README.md'],
  ['json-schema', limitTable, 'README.md'],
  ['lifecycles', diagrams, DRAWN],
] as const

for (const [name, derived, file] of DERIVED) {
  test(`shows the ${name} of the code`, () => {
    const paste = `put this between the ${name} marks of ${file}:\n${derived()}`
    assert.is(markedTable(readFileSync(`${ROOT}${file}`, 'utf8'), name), derived(), paste)
  })
}

test('names every dependency, why it is there and the file that imports it', () => {
  const rows = cells(markedTable(README, 'dependencies') ?? '')
  assert.is(rows.map(([name, , file]) => `${name}: ${file}`).join('\n'), dependencies().join('\n'))
  for (const [name, why = ''] of rows) assert.ok(why.length > 10, `${name}: say why it is there`)
})

test('names every script', () => {
  const rows = cells(markedTable(README, 'scripts') ?? '')
  assert.equal(
    rows.map(([name]) => name),
    scripts(),
  )
})

/** options of every command, which the table leaves out */
const EVERYWHERE: readonly string[] = ['--xsd', '--data', '--config', '--no-color']

test('names every command with every option', () => {
  const rows = cells(markedTable(README, 'commands') ?? '').map(([usage = '']) => usage)
  for (const name of commandsIn(help())) {
    const usage = rows.find((it) => it.split(' ')[1] === name) ?? ''
    const missing = optionsIn(help(name)).filter((it) => !new RegExp(`${it}\\b`).test(usage))
    assert.equal(missing, [], `README.md: cimgate ${name}: these options are not there`)
  }
})

function help(...command: readonly string[]): string {
  return spawnSync(process.execPath, [CLI, ...command, '--help'], { encoding: 'utf8' }).stdout
}

function commandsIn(text: string): readonly string[] {
  const names = [...text.matchAll(/^ {2}([a-z]+)\b/gm)].map(([, name = '']) => name)
  return names.filter((it) => it !== 'help')
}

/** Without those that every command has. */
function optionsIn(text: string): readonly string[] {
  const names = [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name = '']) => name)
  return names.filter((it) => !EVERYWHERE.includes(it))
}

test('names every kind of binding with every key', () => {
  const rows = cells(markedTable(README, 'bindings') ?? '')
  assert.equal(
    rows.map(([type, , keys = '']) => [type, [...keys.matchAll(/\w+/g)].map(String)]),
    bindings(),
  )
})

test('names every layer in its order', () => {
  const rows = cells(markedTable(README, 'layers') ?? '')
  assert.equal(
    rows.map(([name]) => name),
    LAYERS,
  )
})

test('describes every field of the JSON report, in the order in which they are written', () => {
  const wrong = 'samples/der-group-form/invalid/missing-der-function.xml'
  const { stdout } = spawnSync(process.execPath, [CLI, 'validate', '--format', 'json', wrong], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const { files, summary } = JSON.parse(stdout)
  const [file] = files
  const keys = [...Object.keys(file), ...Object.keys(file.findings[0])]
  const rows = cells(markedTable(README, 'report-fields') ?? '')
  assert.equal(
    rows.map(([name]) => name),
    [...keys, 'summary'],
  )
  assert.equal(Object.keys(exampleReport().summary), Object.keys(summary))
  assert.equal(exampleReport().files[0].findings, file.findings)
})

/** The JSON document that README.md prints. */
function exampleReport() {
  return JSON.parse(/```json\n(\{\n {2}"files"[\s\S]*?)```/.exec(README)?.[1] ?? '')
}

test('leads to no page of the documentation that is not there', () => {
  const files = ['README.md', 'src/README.md', 'deploy/README.md', ...yamlOf('deploy')]
  const known = [...Object.keys(GUIDES), 'criteria']
  const lost = files.flatMap((file) =>
    [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(/\/docs\/([a-z][\w-]*)(?:\/([\w-]+))?/g)]
      .filter(
        ([, kind, page = '']) => kind !== 'flow' && !(kind === 'guide' && known.includes(page)),
      )
      .map(([link]) => `${file}: ${link}`),
  )
  assert.equal(lost, [])
})

function yamlOf(folder: string): readonly string[] {
  const names = readdirSync(`${ROOT}${folder}`).filter((it) => it.endsWith('.yaml'))
  return names.map((it) => `${folder}/${it}`)
}

test('an output block agrees with what it stands for, and with nothing else', () => {
  assert.ok(agrees('{"a": …,\n "c":1}', '{"a": 7, "b":8,\n  "c":1}\nmore'))
  assert.not(agrees('{"a":…"c":1}', '{"a":7}'))
  assert.not(agrees('a.c', 'abc'))
})

const CLI = `${ROOT}dist/src/cli.js`
/** Milliseconds that a step may take on a busy machine. */
const PATIENCE_MS = 60_000

const folder = mkdtempSync(join(tmpdir(), 'cimgate-tour-'))
const goingOn: Running[] = []

test.after(async () => {
  goingOn.forEach(end)
  await Promise.all(goingOn.map((it) => it.ended))
  rmSync(folder, { recursive: true, force: true })
})

/** Once with the curl of this machine, once as where there is none. */
for (const curl of ['curl', 'its stand-in']) {
  test(`the tour prints what it says, with ${curl}`, async () => {
    if (isMissing('sh')) return console.log('skipped: the tour is written for sh')
    if (curl === 'curl' && isMissing(curl)) return console.log('skipped: curl is not installed')
    const place = { data: join(folder, `data with ${curl}`), port: await freePort() }
    const path = pathWith(join(folder, curl), curl === 'curl')
    const steps = stepsOf(README)
    assert.ok(steps.length >= 8, `README.md has only ${steps.length} steps`)
    for (const it of steps) await take(stepAt(it, place), path)
  })
}

async function take(step: Step, path: string): Promise<void> {
  const running = start(step.command, path)
  const isDue = () => agrees(step.output, running.text())
  if (step.kind === 'run') await running.ended
  else await printed(running, isDue, PATIENCE_MS)
  if (step.kind === 'serve') goingOn.push(running)
  if (step.kind === 'watch') end(running)
  if (!isDue())
    assert.unreachable(
      `${step.command}\n\nprinted\n\n${running.text()}${running.errors()}\nnot\n\n${step.output}`,
    )
}

/** The same step away from the port and the folder of a gateway that may be running here. */
function stepAt(
  step: Step,
  { port, data }: { readonly port: string; readonly data: string },
): Step {
  const serve = `exec "${process.execPath}" "${CLI}" serve --port ${port} --data "${data}"`
  return {
    ...step,
    command: step.command === 'npm start' ? serve : step.command.replaceAll(':8080', `:${port}`),
    output: step.output.replaceAll(':8080', `:${port}`),
  }
}

function freePort(): Promise<string> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(`${port}`))
    })
  })
}

function isMissing(program: string): boolean {
  return spawnSync(program, ['--version']).error !== undefined
}

test('npm start serves, and npm test tests', () => {
  const { scripts } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'))
  assert.is(scripts.start, 'node src/launch.cjs serve')
  assert.is(scripts.test, 'node .ci/test.mjs')
})

test.run()
