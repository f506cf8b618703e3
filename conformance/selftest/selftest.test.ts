// The quick part of the self-test in every run of the tests: the reference peers, the message mutants and the first of what
// the suite does to itself. All of it is `ground.cimgate conformance selftest`.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { MESSAGE_MUTANTS } from '../mutate/messages.ts'
import { NO_OPS } from '../mutate/no-op.ts'
import { BROKEN_PEERS } from '../peers/broken/broken.ts'
import { INDEPENDENT_PEERS } from '../peers/broken/independent.ts'
import { REFERENCE_PEERS } from '../peers/peers.ts'
import { PROGRAMS } from '../peers/programs.ts'
import { readRegister } from '../register.ts'
import { suiteIdentity } from '../report/identity.ts'
import { readVectorFiles, samplesOf, VECTORS } from '../vectors.ts'
import { selfTestCommand } from './command.ts'
import { emptyRows, rowOf } from './empty-words.ts'
import { figuresFor } from './figures.ts'
import { spoiltVectors } from './fixtures.ts'
import { messageRows } from './messages.ts'
import { groundOf, played } from './playing.ts'
import type { Row } from './row.ts'
import { figuresOf, problemsOf } from './selftest.ts'
import { vectorRows } from './vectors.ts'

const test = suite('conformance self-test')
const register = readRegister()
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(() => ground.close())

test('every wrong message is found under exactly its ids', async () => {
  const rows = await messageRows([...REFERENCE_PEERS, PROGRAMS], ground)
  assert.equal(
    rows.filter((it) => !it.isRight).map((it) => `${it.id}: ${it.due.join()} ${it.found.join()}`),
    [],
  )
})

test('whoever has nothing but words passes no case but those that say so', async () => {
  const rows = await emptyRows([...REFERENCE_PEERS, PROGRAMS], ground)
  assert.equal(
    rows.filter((it) => !it.isRight).map((it) => `${it.id}: ${it.why ?? ''}`),
    [],
  )
  assert.ok(rows.length > 100)
  assert.match(rowOf('x', [], undefined).why ?? '', 'nothing is found')
  assert.match(rowOf('x', ['GRP-04'], 'no other way').why ?? '', 'byWord is idle')
})

test('one fault is told once, also where a script asks for what every exchange is judged by', async () => {
  const [peer] = REFERENCE_PEERS
  const broken = BROKEN_PEERS.find(({ id }) => id === 'writes the CorrelationID in capitals')
  if (peer === undefined || broken === undefined) throw new Error('there is no such peer')
  const { results } = await played(broken.of(peer), ground, { only: ['C-ENV'] })
  const told = results.cases.flatMap((it) => it.findings.map((one) => `${it.id}#${one.step}`))
  assert.ok(told.length > 10)
  assert.equal(
    told.filter((it, at) => told.indexOf(it) !== at),
    [],
  )
})

test('in every vector, and in each of its mutations, exactly what its author says is found', async () => {
  const rows = await vectorRows(samplesOf(readVectorFiles(), register), ground)
  assert.equal(
    rows.filter((it) => !it.isRight).map((it) => `${it.id}: ${it.due.join()} ${it.found.join()}`),
    [],
  )
})

test('a vector that is not whole is not judged', () => {
  const missed = spoiltVectors(ground).filter((it) => !it.isRight)
  assert.equal(
    missed.map((it) => it.id),
    [],
  )
})

test('a folder of somebody else is judged alone: as it says, otherwise, or not whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'))
  const own = (text: string) => writeFileSync(join(folder, 'fault.expect.json'), text)
  const said: string[] = []
  const out = { out: (it: string) => said.push(it), err: (it: string) => said.push(it) }
  const judged = () => selfTestCommand({ vectors: folder }, { xsd: [] }, out)
  const expected = readFileSync(`${VECTORS}/replies/fault.expect.json`, 'utf8')
  copyFileSync(`${VECTORS}/replies/fault.xml`, join(folder, 'fault.xml'))
  own(expected)
  assert.is(await judged(), 0)
  own(expected.replace('["RPL-01"]', '["RPL-02"]'))
  assert.is(await judged(), 1)
  assert.match(said.join(''), 'vector: fault: a fault without Error: due RPL-02, found RPL-01')
  rmSync(join(folder, 'fault.xml'))
  assert.is(await judged(), 2)
  assert.match(said.join(''), 'fault.expect.json: fault.xml is missing')
  rmSync(folder, { recursive: true })
  assert.is(await judged(), 2)
})

test('two runs with one seed are the same, octet by octet', async () => {
  const [peer] = REFERENCE_PEERS
  if (peer === undefined) throw new Error('there is no peer')
  const runs = [
    await played(peer, ground),
    await played(peer, groundOf(register, ground.cimgate, 'seed')),
  ]
  const [first, second] = runs.map(({ results, passed }) =>
    JSON.stringify([results, passed.map((it) => Buffer.from(it.bytes).toString('base64'))]),
  )
  assert.is(first, second)
})

test('the figures that are shipped are those of this suite: npm run selftest:figures makes them', () => {
  const figures = figuresFor(suiteIdentity([]).hash)
  assert.ok(figures, 'the suite has changed since: npm run selftest:figures')
  assert.is(figures.killed, figures.run)
  assert.is(figures.falseAlarms, 0)
  assert.ok(figures.run > MESSAGE_MUTANTS.length + BROKEN_PEERS.length)
})

const ROW: Row = { kind: 'message', id: 'x', due: ['COR-01'], found: ['COR-01'], isRight: true }

test('a mutant that gets away, and an alarm about nothing, count as what they are', () => {
  const rows: readonly Row[] = [
    ROW,
    { ...ROW, found: [], isRight: false },
    { ...ROW, kind: 'no-op', due: [], found: ['COR-01'], isRight: false },
    { ...ROW, kind: 'no-op', due: [], found: [], isRight: true },
  ]
  assert.equal(figuresOf(rows), { killed: 1, run: 2, falseAlarms: 1 })
  const problems = problemsOf(rows, REFERENCE_PEERS, ground)
  assert.ok(problems.includes('message: x: due COR-01, found nothing'))
  assert.ok(problems.includes('false alarm: x: COR-01'))
})

test('a requirement that is never found alone is a problem', () => {
  const together: Row = { ...ROW, due: ['COR-01', 'HDR-02'], found: ['COR-01', 'HDR-02'] }
  const problems = problemsOf([together], REFERENCE_PEERS, ground)
  assert.ok(problems.some((it) => it.startsWith('COR-01 MUST: no mutant is found under it alone')))
  assert.not.ok(problemsOf([ROW], REFERENCE_PEERS, ground).some((it) => it.startsWith('COR-01 ')))
})

test('no two mutants are called alike', () => {
  for (const all of [
    MESSAGE_MUTANTS.map((it) => `${it.of} ${it.at} ${it.id}`),
    NO_OPS.map((it) => it.id),
    BROKEN_PEERS.map((it) => `${it.role} ${it.id}`),
    INDEPENDENT_PEERS.map(([id, role]) => `${role} ${id}`),
  ])
    assert.is(new Set(all).size, all.length)
})

test.run()
