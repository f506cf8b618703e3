// For tests only: what a document may call, and must not reach: a server, a name that only DNS could know, a file.

import dns from 'node:dns'
import { createServer } from 'node:http'
import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as assert from 'uvu/assert'
import { listening } from '../../shell/http/raw.fixture.ts'
import { newFolder } from '../process.fixture.ts'

/** What stands in the file, and may stand in no answer. */
export const SECRET = 'canary-of-the-file-system'

export interface Canaries {
  /** address of the server */
  readonly http: string
  /** address whose name nobody knows */
  readonly name: string
  /** address of the file */
  readonly file: string
  /** Throws with whoever was reached since the last time. */
  readonly assertSilent: () => void
  readonly close: () => Promise<void>
}

/** The name of the last two labels is reserved for examples: whoever asks for it is noticed before anybody answers. */
const NAME = 'canary.cimgate.example'

/** Each canary is tried first: one that cannot sing shows nothing. */
export async function openCanaries(): Promise<Canaries> {
  const reached: string[] = []
  const server = createServer((_request, response) => response.end(SECRET))
  server.on('connection', () => void reached.push('the server'))
  const port = await listening(server)
  const asked = watchNames((name) => void (name.endsWith(NAME) && reached.push(`the name ${name}`)))
  const file = join(newFolder(), 'canary.txt')
  writeFileSync(file, SECRET)
  const isRead = watchReads(file)
  const said = () => {
    if (isRead()) reached.push('the file')
    return reached.splice(0)
  }
  readFileSync(file)
  await new Promise<void>((done) => dns.lookup(NAME, () => done()))
  const socket = connect(port, '127.0.0.1')
  await new Promise<void>((done) => server.once('connection', () => done()))
  socket.destroy()
  assert.equal(said().sort(), ['the file', `the name ${NAME}`, 'the server'])
  return {
    http: `http://127.0.0.1:${port}/canary`,
    name: `http://${NAME}/canary`,
    file: pathToFileURL(file).href,
    assertSilent: () => assert.equal(said(), [], 'nobody is called'),
    close: async () => {
      asked.stop()
      await new Promise((done) => (server.close(done), server.closeAllConnections()))
    },
  }
}

/** Who asks for an address by name inside of this process. */
function watchNames(hear: (name: string) => void) {
  const { lookup } = dns
  const watching = (...args: readonly unknown[]) => {
    hear(String(args[0]))
    return (lookup as (...all: readonly unknown[]) => unknown)(...args)
  }
  Object.assign(dns, { lookup: watching })
  return { stop: () => void Object.assign(dns, { lookup }) }
}

/** A file that was read last before it was written shows the next time that it is read. */
function watchReads(file: string): () => boolean {
  const rest = () => utimesSync(file, new Date(0), new Date())
  rest()
  return () => {
    const wasRead = statSync(file).atimeMs > 0
    if (wasRead) rest()
    return wasRead
  }
}
