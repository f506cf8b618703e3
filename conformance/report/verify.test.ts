// That nobody can change a run unseen, and what is said before one is begun that could not be kept.

import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import type { OpenGround } from '../ground.fixture.ts'
import { keeperFor } from './keep.ts'
import { PUBLIC_PEM, told, writtenIn } from './kept.fixture.ts'
import { signerOf } from './manifest.ts'
import { verifyRun } from './verify.ts'

const test = suite('conformance report: verify')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-verify-'))
let ground: OpenGround
test.before(async () => void (ground = await openGround()))
test.after(async () => {
  await ground.close()
  rmSync(folder, { recursive: true, force: true })
})

test('verify names each file that is changed, missing or added, and whose key has signed', async () => {
  const path = await writtenIn(join(folder, 'sealed'), ground)
  const mine = join(folder, 'mine.pem')
  writeFileSync(mine, PUBLIC_PEM)
  const verify = (key?: string) => told((out) => verifyRun(path, key, out))
  assert.is(verify().exit, 0)
  assert.match(verify().text, /integrity, not origin/)
  assert.match(verify(mine).text, /signature: right, by .*mine\.pem/)
  const results = readFileSync(join(path, 'results.json'), 'utf8')
  writeFileSync(join(path, 'results.json'), results.replace('"pass"', '"fail"'))
  rmSync(join(path, 'coverage.csv'))
  mkdirSync(join(path, 'more'))
  writeFileSync(join(path, 'more/note.txt'), '')
  rmSync(join(path, 'summary.md'))
  symlinkSync('/etc/hostname', join(path, 'summary.md'))
  const { exit, text } = verify(mine)
  assert.is(exit, 1)
  for (const it of [
    'changed: results.json',
    'changed: summary.md',
    'missing: coverage.csv',
    'added: more/note.txt',
  ])
    assert.ok(text.includes(it), `${it}: ${text}`)
  assert.match(
    text,
    /signature: right.*\. Only manifest\.json is as it was signed: the files above are/,
  )
})

test('verify does not take the signature of somebody else, nor a manifest that leads out of the folder', async () => {
  const path = await writtenIn(join(folder, 'forged'), ground)
  const other = join(folder, 'other.pem')
  const pair = generateKeyPairSync('ed25519')
  writeFileSync(other, pair.publicKey.export({ type: 'spki', format: 'pem' }))
  const by = (key: string | undefined) => told((out) => verifyRun(path, key, out))
  assert.is(by(other).exit, 1)
  assert.match(by(other).text, /signature: not one of/)
  writeFileSync(
    join(path, 'manifest.json'),
    readFileSync(join(path, 'manifest.json'), 'utf8').replace('report.html', '../report.html'),
  )
  assert.is(by(undefined).exit, 2)
  rmSync(join(path, 'manifest.json'))
  assert.is(by(undefined).exit, 2)
  assert.match(by(undefined).text, /manifest\.json is missing/)
  assert.throws(
    () =>
      signerOf(
        generateKeyPairSync('x25519')
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString(),
      ),
    /is a key of x25519; one of Ed25519 is due/,
  )
})

/** [what is wrong, the options, what is said] */
const WRONG: readonly (readonly [string, Parameters<typeof keeperFor>[0], RegExp])[] = [
  ['a folder that is not empty', { report: folder }, /is not empty\. A run is never written over/],
  ['a key without a folder', { key: 'key.pem' }, /--key signs the folder of a run/],
  [
    'a key that is not there',
    { report: join(folder, 'new'), key: 'nowhere.pem' },
    /--key nowhere\.pem: /,
  ],
  ['a short key of pseudonyms', { redact: join(folder, 'short') }, /4 octets can be tried out/],
  ['another engine', { secondOpinion: 'saxon' }, /saxon is not known; engines are xmllint/],
]

for (const [what, options, said] of WRONG)
  test(`${what} is wrong usage, and is said before anything is sent`, () => {
    writeFileSync(join(folder, 'short'), 'abcd')
    assert.throws(() => keeperFor(options), said)
  })

test.run()
