// The pages under / and /docs in a real browser: they ask nobody but this server, nothing goes wrong in them, every
// link leads somewhere, and they fit a telephone. Skipped, with the reason, where no browser can be started.

import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { serve } from '../main.ts'
import type { Running } from '../main.ts'
import { openBrowser } from './browser.fixture.ts'
import type { Window } from './browser.fixture.ts'
import { endAll, newFolder } from './process.fixture.ts'

const test = suite('serve: browser')

const opened = await openBrowser()
const window = 'missing' in opened ? undefined : opened
if ('missing' in opened) console.log(`skipped: no browser: ${opened.missing}`)

let running: Running

test.before(async () => {
  const how = { port: 0, host: '127.0.0.1', data: newFolder(), log: 'silent' }
  if (window !== undefined) running = await serve(how, { xsd: [] })
})

test.after(async () => {
  if (window === undefined) return
  await window.close()
  await running.close()
  await endAll()
})

/** A test that needs the browser, and is counted as skipped without it. */
function inBrowser(name: string, run: (it: Window) => Promise<void>): void {
  if (window === undefined) test.skip(name)
  else test(name, () => run(window))
}

const GUIDES = ['flows', 'criteria', 'http', 'cim-json', 'envelope', 'errors'].map(
  (it) => `/docs/guide/${it}`,
)
const FLOWS = ['work-request', 'service-request', 'der-group-form'].map((it) => `/docs/flow/${it}`)
const PAGES: readonly string[] = [
  ...['/', '/docs', '/docs/DERGroups', '/docs/MeterReadings'],
  ...GUIDES,
  ...FLOWS,
]

async function open({ page }: Window, path: string): Promise<void> {
  const answer = await page.goto(`${running.address}${path}`)
  assert.is(answer?.status(), 200, path)
}

/** links that are known to lead somewhere */
const followed = new Set<string>()

/** Everything that the page links to, each address once. */
const LINKS = `[...new Set([...document.querySelectorAll('a[href]')].map((it) => it.href))]`

for (const path of PAGES)
  inBrowser(`${path} asks nobody but this server, and nothing goes wrong in it`, async (it) => {
    const [asked, wrong] = [it.requests.length, it.troubles.length]
    await open(it, path)
    for (const url of it.requests.slice(asked))
      assert.ok(url.startsWith(`${running.address}/`), url)
    assert.ok(it.requests.length > asked)
    assert.equal(it.troubles.slice(wrong), [])
    assert.match(await it.page.title(), / · cimgate$/)
    const styled = await it.page.evaluate<string>(
      `getComputedStyle(document.querySelector('header nav')).display`,
    )
    assert.is(styled, 'flex', 'the style sheet is not applied')
  })

for (const path of PAGES)
  inBrowser(`every link of ${path} leads somewhere`, async (it) => {
    await open(it, path)
    const links = await it.page.evaluate<readonly string[]>(LINKS)
    assert.ok(links.length > 5)
    for (const link of links.filter((one) => !one.includes('#') && !followed.has(one))) {
      followed.add(link)
      assert.ok(link.startsWith(`${running.address}/`), link)
      const { ok, status } = await fetch(link)
      assert.ok(ok, `${path} links to ${link}, which is ${status}`)
    }
    const broken = await it.page.evaluate<readonly string[]>(
      `[...document.querySelectorAll('a[href^="#"]')].map((it) => it.getAttribute('href')).filter((it) => document.getElementById(decodeURIComponent(it.slice(1))) === null)`,
    )
    assert.equal(broken, [])
  })

for (const width of [320, 768, 1000, 1160, 1400])
  inBrowser(`fits ${width} pixels without scrolling sideways, and breaks no word`, async (it) => {
    await it.page.setViewportSize({ width, height: 800 })
    for (const path of PAGES) {
      await open(it, path)
      const wide = await it.page.evaluate<number>(`document.documentElement.scrollWidth`)
      assert.ok(wide <= width, `${path} is ${wide} wide`)
      assert.equal(await it.page.evaluate<readonly string[]>(BROKEN_WORDS), [], path)
    }
  })

/** Cells of one short plain word that take more than a line. */
const BROKEN_WORDS = `[...document.querySelectorAll('td')].filter((it) => {
  if (it.children.length > 0 || !/^\\w{1,12}$/.test(it.textContent)) return false
  const range = document.createRange()
  range.selectNodeContents(it)
  return new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size > 1
}).map((it) => it.textContent)`

inBrowser('leads from the start by the nouns to an element, its type and back', async (it) => {
  const { page } = it
  await page.setViewportSize({ width: 1200, height: 800 })
  await open(it, '/')
  await page.click('a[href="/docs"]')
  assert.is(await page.title(), 'Nouns · cimgate')
  await page.click('main a[href="/docs/DERGroups"]')
  assert.is(await page.title(), 'DERGroups · cimgate')
  const type = await page.evaluate<string>(
    `document.querySelector('table.tree a[href^="#"]').getAttribute('href')`,
  )
  await page.click(`table.tree a[href="${type}"]`)
  assert.is(new URL(page.url()).hash, type)
  const top = await page.evaluate<number>(
    `document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top`,
  )
  assert.ok(top >= 0 && top < 800, `the type is at ${top}`)
  await page.click('header a.home')
  assert.is(new URL(page.url()).pathname, '/')
})

inBrowser('what is folded opens by a click, and the content is one key away', async (it) => {
  const { page } = it
  await open(it, '/docs/guide/http')
  const isOpen = () => page.evaluate<boolean>(`document.querySelector('details').open`)
  const before = await isOpen()
  await page.click('details > summary')
  assert.is.not(await isOpen(), before)
  await open(it, '/docs')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  assert.is(new URL(page.url()).hash, '#main')
})

inBrowser('an example of a path is a resource that answers', async (it) => {
  await open(it, '/')
  assert.not.match(
    await it.page.evaluate<string>(`document.body.innerText`),
    /:resource|:noun|:mRID/,
  )
  await it.page.click('main table a[href^="/api/v1/"]')
  assert.match(await it.page.evaluate<string>(`document.body.innerText`), /"next":null/)
})

test.run()
