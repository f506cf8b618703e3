// For tests only: T10. Messages mutated by a seed, in their structure and in their octets, in XML and in JSON: no crash, no hang, no
// fault of ours, and nothing taken that another parser refuses.

import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import * as assert from 'uvu/assert'
import { edited } from '../../shell/xml-in/edited.fixture.ts'
import { TEXTS_OF_SAMPLES, mutated, pick, randomOf } from '../../shell/xml-in/mutated.fixture.ts'
import { ROOT } from '../../shell/xml-in/xml-in.fixture.ts'
import { groupJson, groupXml, newGroup } from '../messages.fixture.ts'
import { newFolder } from '../process.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { mutatedJson } from './mutated-json.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

/** milliseconds after which an answer hangs; asked again by itself before that is said of it */
const [HANG_MS, PATIENCE_MS] = [2_000, 60_000]
/** requests at once */
const AT_ONCE = 8

export const FUZZ: Attack = {
  id: 'T10',
  about:
    'no mutated message crashes, hangs, is a fault of ours, or is taken where another parser refuses it',
  full: 100_000,
  few: 400,
  run: attack,
}

/** One of the ways to spoil something, and how much of the whole it is. */
interface Way {
  readonly name: string
  readonly share: number
  readonly made: (seed: number) => Sent
}

interface Sent {
  readonly path: string
  readonly type: string
  readonly bytes: Uint8Array
}

const xml = (bytes: Uint8Array): Sent => ({ path: '/cim', type: 'application/xml', bytes })
const json = (path: string, bytes: Uint8Array): Sent => ({ path, type: 'application/json', bytes })

const JSON_SAMPLES = readdirSync(join(ROOT, 'samples'), { recursive: true, encoding: 'utf8' })
  .filter((it) => it.endsWith('request.json'))
  .sort()
  .map((it) => readFileSync(join(ROOT, 'samples', it), 'utf8'))

const WAYS: readonly Way[] = [
  {
    name: 'a mutated message',
    share: 0.3,
    made: (seed) => {
      const random = randomOf(seed)
      return xml(mutated(pick(TEXTS_OF_SAMPLES, random), random))
    },
  },
  {
    name: 'an edited message',
    share: 0.4,
    made: (seed) => xml(Buffer.from(edited(groupXml(newGroup(1)), randomOf(seed)))),
  },
  {
    name: 'octets as XML',
    share: 0.1,
    made: (seed) => xml(octets(seed, '<?xml version="1.0"?><a>')),
  },
  {
    name: 'a mutated message in JSON',
    share: 0.06,
    made: (seed) => {
      const random = randomOf(seed)
      return json('/cim', mutatedJson(pick(JSON_SAMPLES, random), random))
    },
  },
  {
    name: 'a mutated object in JSON',
    share: 0.08,
    made: (seed) => json('/api/v1/der-groups', mutatedJson(groupJson(newGroup(1)), randomOf(seed))),
  },
  {
    name: 'octets as JSON',
    share: 0.06,
    made: (seed) => json('/api/v1/der-groups', octets(seed, '{"EndDeviceGroup":[')),
  },
]

function octets(seed: number, before: string): Uint8Array {
  const random = randomOf(seed)
  const bytes = Buffer.from(Array.from({ length: random(200) }, () => random(256)))
  return random(2) === 0 ? bytes : Buffer.concat([Buffer.from(before), bytes])
}

interface Case extends Way {
  readonly at: string
  readonly seed: number
}

async function attack(how: Attacking) {
  const served = await openServed()
  const said = { longest: 0, taken: 0, refused: 0 }
  const second = await secondOpinion(how)
  const one = async ({ made, at, seed }: Case) =>
    how.attempt(at, async () => {
      const sent = made(seed)
      const isTaken = await answered(served, sent, said)
      if (!isTaken) return void (said.refused += 1)
      said.taken += 1
      if (sent.type.endsWith('xml')) second.keep(at, sent.bytes)
      else
        assert.not.throws(() =>
          JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(sent.bytes)),
        )
    })
  try {
    await abreast(casesOf(how), one)
    await takesStill(served)
  } finally {
    await served.close()
  }
  await second.judge()
  return { taken: said.taken, refused: said.refused, 'ms at most': Math.round(said.longest) }
}

function casesOf({ count, seed }: Attacking): readonly Case[] {
  return WAYS.flatMap((way) =>
    Array.from({ length: Math.ceil(count * way.share) }, (_, n) => ({
      ...way,
      at: `${way.name} ${n}`,
      // Seeds of neighbours are unlike each other in the generator alone.
      seed: seed * 1_000_003 + n,
    })),
  )
}

async function abreast(all: readonly Case[], run: (it: Case) => Promise<void>): Promise<void> {
  const left = all.values()
  const work = async () => {
    for (const it of left) await run(it)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

/** How the table of errors marks what is nobody's fault but ours. */
const OURS = /<level>CATASTROPHIC<|"level": ?"CATASTROPHIC"|"whose": ?"ours"/

/** True for XML that was read to its end, and JSON that was kept. */
async function answered(
  { address }: ServedHere,
  sent: Sent,
  said: { longest: number },
): Promise<boolean> {
  const first = await timed(address, sent)
  const { ms, status, text } = first.ms > HANG_MS ? await timed(address, sent) : first
  said.longest = Math.max(said.longest, ms)
  assert.ok(ms <= PATIENCE_MS, `answered after ${ms} ms`)
  assert.ok(status < 500, `${status} ${text.slice(0, 500)}`)
  assert.not.match(text, OURS, `a fault of ours: ${text}`)
  return sent.type.endsWith('xml') ? /<(\w+:)?ResponseMessage/.test(text) : status === 201
}

async function timed(address: string, { path, type, bytes }: Sent) {
  const begun = performance.now()
  const response = await fetch(`${address}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': type },
    body: bytes as Uint8Array<ArrayBuffer>,
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  const text = await response.text()
  return { ms: performance.now() - begun, status: response.status, text }
}

/** files that xmllint is given at once */
const MOST_FILES = 500

/** What we have read to its end, read by libxml2's own command, where that is installed. */
async function secondOpinion({ attempt, notRun }: Attacking) {
  const run = promisify(execFile)
  const isThere = await run('xmllint', ['--version']).then(
    () => true,
    () => (notRun('xmllint is not installed'), false),
  )
  const folder = join(newFolder(), 'taken')
  mkdirSync(folder)
  const names: string[] = []
  const keep = (at: string, bytes: Uint8Array) => {
    if (!isThere) return
    writeFileSync(join(folder, `${names.length}.xml`), bytes)
    names.push(at)
  }
  const judge = async () => {
    for (let from = 0; from < names.length; from += MOST_FILES) {
      const files = names.slice(from, from + MOST_FILES).map((_, n) => `${from + n}.xml`)
      const said = await run('xmllint', ['--noout', '--nonet', ...files], { cwd: folder }).then(
        () => '',
        (error: { readonly stderr: string }) => error.stderr,
      )
      for (const [line, number] of said.matchAll(/^(\d+)\.xml:\d+: (?:parser|I\/O).*$/gm))
        await attempt(names[Number(number)] ?? '', () =>
          assert.unreachable(`xmllint refuses it: ${line}`),
        )
    }
  }
  return { keep, judge }
}
