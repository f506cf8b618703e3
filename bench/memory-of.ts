// The process of memory.ts: judges 50,000 messages of one kind, prints its memory after 10,000 and after all.

import { openCimgate } from '../src/index.ts'
import { SIZES, groupOfSize, invalid, malformed } from './messages.ts'

const MESSAGES = 50_000
const SETTLED_AFTER = 10_000
const MIB = 1024 * 1024

const make = { valid: (it: string) => it, invalid, malformed }
const kind = process.argv[2] as keyof typeof make
const bytes = Buffer.from(make[kind](groupOfSize(SIZES['2 kB'])))
const { validate, close } = await openCimgate()

/** Every now and then a turn of the event loop ends, as in a server: until then a WeakRef keeps what it refers to. */
const TURN = 100

async function judge(messages: number): Promise<void> {
  for (let at = 0; at < messages; at += 1) {
    await validate(bytes, { json: true })
    if (at % TURN === 0) await new Promise((done) => setImmediate(done))
  }
}

/** What is in use once the garbage is gone, the engine's memory included, and what the system has given. */
function memoryMb() {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  return { usedMb: (heapUsed + external) / MIB, residentMb: rss / MIB }
}

await judge(SETTLED_AFTER)
const before = memoryMb()
await judge(MESSAGES - SETTLED_AFTER)
const after = memoryMb()
await close()
console.log(JSON.stringify({ before, after }))
