// A suite whose tests share one server, which starts with the first of them and ends with the last.

import { suite } from 'uvu'
import type { Store } from '../../../gateway/ports.ts'
import { sampleUnit } from '../contract/samples.ts'
import { openServerStore } from '../server.ts'
import { addressIn } from './address.ts'
import { startProxy } from './proxy.fixture.ts'
import type { Proxy } from './proxy.fixture.ts'
import { NO_SERVER, endServers, startServer } from './server.fixture.ts'
import type { TestServer } from './server.fixture.ts'

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What the tests of a server need. */
export interface ServerSuite {
  readonly test: ReturnType<typeof suite>
  /** A test that needs a server: where there can be none, it is skipped, and says so. */
  onServer(title: string, check: (server: TestServer) => Promise<unknown>): void
  /** Opens a store, which is closed after the test. */
  open(url: string, silentMs?: number): Promise<Store>
  /** A proxy of the server, and the address by way of it. */
  behind(server: TestServer, url: string): Promise<readonly [proxy: Proxy, url: string]>
  /** Runs it, and tells how many tests were skipped. */
  run(): void
}

/** Makes one. */
export function serverSuite(name: string): ServerSuite {
  const test = suite(name)
  const stores: Store[] = []
  const proxies: Proxy[] = []
  let started: Promise<TestServer> | undefined
  let skipped = 0
  test.after.each(async () => {
    await Promise.all(stores.splice(0).map((it) => it.close()))
    for (const it of proxies.splice(0)) it.end()
  })
  test.after(endServers)
  return {
    test,
    onServer: (title, check) => {
      const run = async () => void (await check(await (started ??= startServer())))
      if (NO_SERVER === undefined) return test(title, run)
      skipped += 1
      test.skip(`${title} (${NO_SERVER})`, run)
    },
    open: async (url, silentMs) => {
      const store = await openServerStore(
        addressIn(url, {}),
        SILENT,
        silentMs === undefined ? {} : { silentMs },
      )
      stores.push(store)
      return store
    },
    behind: async (server, url) => {
      const proxy = await startProxy(server.port)
      proxies.push(proxy)
      return [proxy, url.replace(`:${server.port}`, `:${proxy.port}`)]
    },
    run: () => {
      if (skipped > 0) console.log(`${name}: ${skipped} tests ${NO_SERVER}`)
      test.run()
    },
  }
}

/** What became of a unit, in the words of a caller. */
export async function outcome(store: Store, key: string): Promise<string> {
  try {
    return (await store.commit(sampleUnit(key))).kind
  } catch (error) {
    return (error as { readonly written: string }).written
  }
}

/** True when it answers. */
export async function isBack(store: Store): Promise<boolean> {
  return store.horizon().then(
    () => true,
    () => false,
  )
}

/** Follows the feed; the seqs that were told. */
export function follow(store: Store): number[] {
  const told: number[] = []
  store.onEvents((events) => told.push(...events.map(({ seq }) => seq)))
  return told
}
