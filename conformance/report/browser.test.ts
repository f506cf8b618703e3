// report.html in a real browser, from a disk and without a network: everything in it can be reached and read, by keyboard, on a
// telephone, light and dark, and axe finds nothing serious. Skipped, with the reason, where no browser can be started.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { openGround } from '../ground.fixture.ts'
import { openBrowser } from '../../src/serve/browser.fixture.ts'
import type { Window } from '../../src/serve/browser.fixture.ts'
import { DERMS_OPERATIONS } from '../peers/derms-operations.ts'
import { played } from '../selftest/playing.ts'
import { capturedPage, pageOf, scenarioPage, sendingPage } from './pages.fixture.ts'

const test = suite('conformance report: browser')
const folder = mkdtempSync(join(tmpdir(), 'cimgate-report-browser-'))
/** a page of each kind of run */
const FILES = ['report.html', 'sending.html', 'captured.html', 'scenario.html'] as const
const fileOf = (name: (typeof FILES)[number]) => join(folder, name)
const file = fileOf('report.html')

const opened = await openBrowser()
const window = 'missing' in opened ? undefined : opened
if ('missing' in opened) console.log(`skipped: no browser: ${opened.missing}`)

const BAD = `<ResponseMessage xmlns="http://iec.ch/TC57/2011/schema/message">
<Header><Verb>reply</Verb><Noun>DERGroups</Noun><CorrelationID>${'W'.repeat(300)}</CorrelationID></Header>
<Reply><Result>OK</Result></Reply></ResponseMessage>`

test.before(async () => {
  if (window === undefined) return
  const ground = await openGround()
  const ran = await played(DERMS_OPERATIONS, ground, {
    only: ['DERG-1a', '100/header/correlation-echoed', '100/header/repeated'],
    between: ({ name }) => ({
      name,
      send: async () => ({
        kind: 'answered',
        status: 200,
        contentType: 'application/xml',
        bytes: Buffer.from(BAD),
      }),
    }),
  })
  writeFileSync(file, pageOf(ran))
  writeFileSync(fileOf('sending.html'), await sendingPage(ground))
  writeFileSync(fileOf('captured.html'), await capturedPage(ground))
  writeFileSync(fileOf('scenario.html'), await scenarioPage(ground))
  await ground.close()
})

test.after(async () => {
  await window?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A test that needs the browser, and is counted as skipped without it. */
function inBrowser(name: string, run: (it: Window) => Promise<void>): void {
  if (window === undefined) test.skip(name)
  else test(name, () => run(window))
}

async function open({ page }: Window, width = 1200, name = FILES[0] as (typeof FILES)[number]) {
  await page.setViewportSize({ width, height: 800 })
  await page.goto(pathToFileURL(fileOf(name)).href)
}

inBrowser(
  'it opens from a disk, asks for nothing else, and nothing goes wrong in it',
  async (it) => {
    const [asked, wrong] = [it.requests.length, it.troubles.length]
    await open(it)
    assert.equal(it.requests.slice(asked), [pathToFileURL(file).href])
    assert.equal(it.troubles.slice(wrong), [])
    assert.match(await it.page.title(), /: fail · conformance report$/)
    const border = `getComputedStyle(document.querySelector('.finding.fail')).borderLeftStyle`
    assert.is(await it.page.evaluate<string>(border), 'solid', 'the style sheet is not applied')
    const outside = `[...document.querySelectorAll('[src],link,script,iframe,object,form')].length`
    assert.is(await it.page.evaluate<number>(outside), 0)
  },
)

/** Elements with text of their own that is cut off, or stands outside the window. */
const CUT = `[...document.querySelectorAll('body *')].filter((it) => {
  if (![...it.childNodes].some((one) => one.nodeType === 3 && one.data.trim() !== '')) return false
  if (it.closest('svg, .skip, thead, style, title')) return false
  const range = document.createRange()
  range.selectNodeContents(it)
  return [...range.getClientRects()].some((one) => one.width > 0 && (one.right > innerWidth + 1 || one.left < -1))
}).map((it) => it.outerHTML.slice(0, 200))`

const OPEN_ALL = `document.querySelectorAll('details').forEach((it) => { it.open = true })`

for (const width of [360, 768, 1200])
  inBrowser(`nothing is cut or wider than the window at ${width} pixels`, async (it) => {
    for (const name of FILES) {
      await open(it, width, name)
      await it.page.evaluate(OPEN_ALL)
      assert.equal(await it.page.evaluate<readonly string[]>(CUT), [], name)
      const wide = await it.page.evaluate<number>(`document.documentElement.scrollWidth`)
      assert.ok(wide <= width, `${name}: ${wide} wide`)
    }
  })

inBrowser('what a person had sent is marked, and what that means is said', async (it) => {
  await open(it, 390, 'sending.html')
  const text = (selector: string) =>
    it.page.evaluate<string>(
      `[...document.querySelectorAll('${selector}')].map((it) => it.textContent.trim()).join('\\n')`,
    )
  assert.is(await text('.case .mark'), 'attested\nattested\nattested')
  assert.match(
    await text('#cases > p'),
    /^3 of 4 cases are attested: a person had the product send/,
  )
  const unmatched = (await text('#unmatched summary')).replace(/\s+/g, ' ')
  assert.match(
    unmatched,
    /unmatched-DOP-message-request.xml to DOP: no case waits for change DERGroups/,
  )
  assert.match(unmatched, /to tester: its address \/somewhere.* is none of this run/)
  await it.page.click('nav a[href="#unmatched"]')
  assert.match(await text('#unmatched pre'), /<Verb>change</)
})

inBrowser('each party has its verdict, what it sent and what of that is not met', async (it) => {
  await open(it, 390, 'captured.html')
  const rows = await it.page.evaluate<readonly string[]>(
    `[...document.querySelectorAll('#parties tbody tr')].map((it) => it.textContent.replace(/\\s+/g, ' ').trim())`,
  )
  assert.is(rows.length, 12)
  assert.ok(
    rows.some((one) => /^party 0 ?fail ?1 ?HDR-04$/.test(one)),
    rows.join('\n'),
  )
  assert.ok(
    rows.some((one) => /^party 1 ?pass ?1 ?nothing$/.test(one)),
    rows.join('\n'),
  )
  await it.page.click('header a[href="#parties"]')
})

/** Every place in a diagram, a window high, that shows no role name; and whether it is said that it has to be scrolled. */
const DIAGRAM = `(() => {
  document.querySelector('details.case').open = true
  const figure = document.querySelector('.sequence')
  const scroll = figure.querySelector('.scroll')
  const tops = [...figure.querySelectorAll('.party rect')].map((it) => it.getBoundingClientRect().top)
  const { top, bottom } = scroll.getBoundingClientRect()
  const blind = []
  for (let at = top; at + 640 < bottom; at += 40)
    if (!tops.some((it) => it >= at && it < at + 640)) blind.push(at - top)
  return {
    blind,
    isWide: scroll.scrollWidth > scroll.clientWidth,
    isSaid: figure.querySelector('.hint').checkVisibility(),
  }
})()`

inBrowser(
  'a diagram shows whose line is whose wherever one looks, and says where it scrolls',
  async (it) => {
    for (const [width, isWide] of [
      [390, true],
      [1100, false],
    ] as const) {
      await open(it, width, 'scenario.html')
      assert.equal(
        await it.page.evaluate(DIAGRAM),
        { blind: [], isWide, isSaid: isWide },
        `${width}`,
      )
    }
  },
)

/** What can be reached, in the order of the document. */
const REACHABLE = `[...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((it) => it.checkVisibility()).length`

const MARK = `(() => {
  const all = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((it) => it.checkVisibility())
  const it = document.activeElement
  return { at: all.indexOf(it), outline: getComputedStyle(it).outlineStyle, seen: it.getBoundingClientRect().width > 0 }
})()`

inBrowser(
  'by keyboard everything is reached once, in the order of the page, and is seen',
  async (it) => {
    await open(it)
    const count = await it.page.evaluate<number>(REACHABLE)
    assert.ok(count > 30)
    for (let at = 0; at < count; at += 1) {
      await it.page.keyboard.press('Tab')
      const focus = await it.page.evaluate<{ at: number; outline: string; seen: boolean }>(MARK)
      assert.equal(focus, { at, outline: 'solid', seen: true })
    }
  },
)

inBrowser('a link to a case opens it, and what is folded opens by a key', async (it) => {
  await open(it)
  await it.page.click('.finding h4 a')
  const isOpen = `document.querySelector(location.hash.replace(/[.]/g, '\\\\.')).closest('details').open`
  assert.ok(await it.page.evaluate<boolean>(isOpen))
  await open(it)
  await it.page.evaluate(`document.querySelector('details.case summary').focus()`)
  await it.page.keyboard.press('Enter')
  assert.ok(await it.page.evaluate<boolean>(`document.querySelector('details.case').open`))
})

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SERIOUS = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({
  passes: passes.length,
  serious: violations
    .filter((it) => ['serious', 'critical'].includes(it.impact))
    .map((it) => it.id + ': ' + it.nodes.slice(0, 3).map((one) => one.html.slice(0, 160)).join(' | ')),
}))`

for (const colorScheme of ['light', 'dark'] as const)
  inBrowser(`axe finds nothing serious (${colorScheme})`, async (it) => {
    await it.page.emulateMedia({ colorScheme })
    for (const name of FILES) {
      await open(it, name === 'report.html' ? 1200 : 390, name)
      await it.page.evaluate(OPEN_ALL)
      await it.page.evaluate(AXE)
      const { passes, serious } = await it.page.evaluate<{
        readonly passes: number
        readonly serious: readonly string[]
      }>(SERIOUS)
      assert.ok(passes > 15, `only ${passes} rules apply`)
      assert.equal(serious, [], name)
    }
  })

test.run()
