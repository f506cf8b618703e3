// For tests only: a real browser that reaches nothing but this machine, where one can be started.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the tests use of a page of playwright-core. */
export interface Page {
  readonly goto: (url: string) => Promise<{ readonly status: () => number } | null>
  readonly click: (selector: string) => Promise<void>
  readonly url: () => string
  readonly title: () => Promise<string>
  readonly evaluate: <T>(expression: string) => Promise<T>
  readonly setViewportSize: (size: {
    readonly width: number
    readonly height: number
  }) => Promise<void>
  readonly emulateMedia: (media: { readonly colorScheme: 'light' | 'dark' }) => Promise<void>
  readonly keyboard: { readonly press: (key: string) => Promise<void> }
  readonly on: (event: string, listener: (it: Told) => void) => void
}

/** What a page tells of: a request, a line in the console, an error. */
interface Told {
  readonly url?: () => string
  readonly type?: () => string
  readonly text?: () => string
  readonly message?: string
}

interface Browser {
  readonly newPage: () => Promise<Page>
  readonly close: () => Promise<void>
}

/** A page, all that it has asked for, and all that has gone wrong in it. */
export interface Window {
  readonly page: Page
  readonly requests: readonly string[]
  readonly troubles: readonly string[]
  readonly close: () => Promise<void>
}

/** Opens a browser, or says why there is none. */
export async function openBrowser(): Promise<Window | { readonly missing: string }> {
  const unpacked = mkdtempSync(join(tmpdir(), 'cimgate-browser-'))
  const remove = () => rmSync(unpacked, { recursive: true, force: true })
  try {
    const browser = await launched(unpacked)
    const close = async () => {
      await browser.close()
      remove()
    }
    return { ...(await watched(await browser.newPage())), close }
  } catch (error) {
    remove()
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n')
    return { missing: reason }
  }
}

/** Packages whose types are not needed to compile, so that a clone without them still does. */
const PACKAGES = { browser: '@sparticuz/chromium', driver: 'playwright-core' } as const

/** No host is found but this one, whatever a page asks for. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

async function launched(unpacked: string): Promise<Browser> {
  const [browser, driver]: readonly string[] = [PACKAGES.browser, PACKAGES.driver]
  const { default: packed } = (await import(String(browser))) as {
    readonly default: { readonly executablePath: () => Promise<string> }
  }
  const { chromium } = (await import(String(driver))) as {
    readonly chromium: { readonly launch: (options: object) => Promise<Browser> }
  }
  // It is unpacked where temporary files go, and one of another version may lie there.
  const { TMPDIR } = process.env
  process.env['TMPDIR'] = unpacked
  try {
    const executablePath = await packed.executablePath()
    return await chromium.launch({ executablePath, args: ARGUMENTS, timeout: 30_000 })
  } finally {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
  }
}

async function watched(page: Page): Promise<Omit<Window, 'close'>> {
  const requests: string[] = []
  const troubles: string[] = []
  page.on('request', (it) => requests.push(it.url?.() ?? ''))
  page.on('requestfailed', (it) => troubles.push(`not loaded: ${it.url?.() ?? ''}`))
  page.on('pageerror', (it) => troubles.push(it.message ?? ''))
  page.on('console', (it) => {
    if (it.type?.() === 'error' || it.type?.() === 'warning') troubles.push(it.text?.() ?? '')
  })
  return { page, requests, troubles }
}
