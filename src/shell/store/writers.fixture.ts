// A process that does nothing but commit, to be killed or watched by a test.
// Arguments: data folder, ledger file, round, writers, units per writer (0 = without end).

import { openSync, writeSync } from 'node:fs'
import { keep, sampleEvent, sampleMessage, samplePut } from './contract/samples.ts'
import { openStore } from './index.ts'

const [folder = '', ledgerFile = '', round = '', writers = '1', units = '0'] = process.argv.slice(2)
const ledger = openSync(ledgerFile, 'a')
const store = await openStore(folder)
await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)))
await store.close()

/** Each unit makes one object, and changes the one that counts the units of its writer. */
async function write(writer: number): Promise<void> {
  const counter = `${round}-${writer}`
  for (let n = 1; units === '0' || n <= Number(units); n += 1) {
    const key = `${counter}-${n}`
    const count = samplePut(counter, { expect: n - 1, body: 'x'.repeat(2_000) })
    const puts = [samplePut(key), count]
    note('try', key)
    await keep(store, {
      message: sampleMessage(key),
      puts,
      removals: [],
      events: puts.map(sampleEvent),
    })
    note('ack', key)
  }
}

/** In one write each, so that the ledger of a killed process ends with a whole line or half a last one. */
function note(word: 'try' | 'ack', key: string): void {
  writeSync(ledger, `${word} ${key}\n`)
}
