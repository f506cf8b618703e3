// For tests only: T9. Every hostile document by every way in, and a message that is cut at every octet.

import * as assert from 'uvu/assert'
import { post } from '../client.fixture.ts'
import type { Answer } from '../client.fixture.ts'
import type { Attack, Attacking } from './attack.fixture.ts'
import { SECRET, openCanaries } from './canaries.fixture.ts'
import { hostileDocuments } from './hostile-documents.fixture.ts'
import type { Fate, Hostile } from './hostile-documents.fixture.ts'
import { PLACES, inSoap, soundMessage } from './places.fixture.ts'
import type { Place } from './places.fixture.ts'
import { openServed, takesStill } from './served.fixture.ts'
import type { ServedHere } from './served.fixture.ts'

/** for one document: milliseconds of a processor, octets of memory */
const [MOST_MS, MOST_OCTETS] = [1_000, 64 * 2 ** 20]
/** documents that T9 asks for at least */
const LEAST = 1_300

export const HOSTILE_XML: Attack = {
  id: 'T9',
  about: 'no hostile document crashes, hangs, is taken, reads a file or calls anybody',
  full: Infinity,
  few: 250,
  run: attack,
}

/** What an answer has to be, at the top and inside of a message that can be read. */
const EXPECTED: Readonly<Record<Fate, { readonly code: RegExp; readonly status: number }>> = {
  doctype: { code: /^7\.7$/, status: 400 },
  encoding: { code: /^7\.7$/, status: 400 },
  unreadable: { code: /^(7\.7|1\.8)$/, status: 400 },
  limit: { code: /^3\.1$/, status: 413 },
  malformed: { code: /^1\.8$/, status: 400 },
  invalid: { code: /^(1\.8|2\.9)$/, status: 400 },
  harmless: { code: /^$/, status: 200 },
}

interface Case {
  readonly name: string
  readonly fate: Fate
  readonly path: Place['path']
  readonly made: () => Uint8Array
}

async function attack(how: Attacking) {
  const [canaries, served] = await Promise.all([openCanaries(), openServed()])
  const documents = hostileDocuments(canaries)
  const all = [...documents.flatMap(inPlaces), ...cut()]
  if (how.isFull) assert.ok(all.length >= LEAST, `${all.length} documents`)
  const most = { ms: 0, octets: 0 }
  try {
    await warm(served)
    for (const it of selected(all, how))
      await how.attempt(it.name, async () => {
        const { ms, octets, said } = await told(served, it)
        judge(said, it.fate)
        canaries.assertSilent()
        Object.assign(most, { ms: Math.max(ms, most.ms), octets: Math.max(octets, most.octets) })
        if (!how.isFull) return
        assert.ok(ms <= MOST_MS, `it took ${ms} ms of a processor`)
        assert.ok(octets <= MOST_OCTETS, `${octets} octets of memory`)
      })
    await takesStill(served)
  } finally {
    await served.close()
    await canaries.close()
  }
  const { ms, octets } = most
  return {
    'ms of a processor at most': Math.round(ms),
    'MiB more at most': Math.round(octets / 2 ** 20),
  }
}

function inPlaces(it: Hostile): readonly Case[] {
  return Object.entries(PLACES).flatMap(([where, { path, fate, made }]) => {
    const is = fate(it)
    if (is === undefined) return []
    return [{ name: `${it.name}, ${where}`, fate: is, path, made: () => made(it) }]
  })
}

/** Of a document that is no longer whole, nothing is taken. */
function cut(): readonly Case[] {
  const forms = [
    ['/cim', soundMessage()],
    ['/soap', inSoap(soundMessage())],
  ] as const
  return forms.flatMap(([path, text]) =>
    Array.from({ length: text.length }, (_, at) => ({
      name: `a message to ${path} that is cut at ${at}`,
      fate: 'malformed' as const,
      path,
      made: () => Buffer.from(text.slice(0, at)),
    })),
  )
}

/** The thread for what is large or packed is there from now on: it is no part of what a document costs. */
async function warm(served: ServedHere): Promise<void> {
  for (const place of ['inside Compressed', 'inside Payload']) {
    const done = (sound: string) => `${sound}${' '.repeat(2 ** 20)}`
    const made = () => PLACES[place]?.made({ name: '', fate: 'harmless', inside: 'harmless', done })
    judge((await told(served, { path: '/cim', made: made as () => Uint8Array })).said, 'harmless')
  }
}

/** So many of them, from all over the table, and others with another seed. */
function selected(all: readonly Case[], { count, seed }: Attacking): readonly Case[] {
  const every = Math.max(1, Math.floor(all.length / count))
  return all.filter((_, at) => at % every === seed % every)
}

async function told({ address }: ServedHere, { path, made }: Pick<Case, 'path' | 'made'>) {
  const bytes = made()
  const { rss } = process.memoryUsage()
  const begun = process.cpuUsage()
  const said = await post(`${address}${path}`, bytes, 'text/xml')
  const { user, system } = process.cpuUsage(begun)
  const ms = (user + system) / 1_000
  return { ms, octets: process.memoryUsage().rss - rss, said }
}

function judge({ status, text, headers }: Answer, fate: Fate): void {
  const { code, status: due } = EXPECTED[fate]
  const first = /<(?:\w+:)?code>([^<]*)/.exec(text)?.[1] ?? ''
  const isReply = /<(\w+:)?ResponseMessage/.test(text)
  assert.match(first, code, `${status} ${text.slice(0, 600)}`)
  assert.not.match(text, SECRET)
  assert.match(headers.get('content-type') ?? '', /xml/)
  assert.is(/<(\w+:)?Result>OK</.test(text), fate === 'harmless')
  // A message that can be read is replied to; all else is a fault, which SOAP 1.1 §6.2 sends with 500.
  if (isReply) assert.is(status, 200)
  else assert.is(status, /faultcode/.test(text) ? 500 : due)
  if (!isReply) assert.match(text, /<(\w+:)?FaultMessage/)
}
