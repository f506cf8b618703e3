// report.html: one file that needs nothing but itself, opens from a disk, and runs nothing. Made from the results of a run and
// the octets that passed.

import { createHash } from 'node:crypto'
import type { Results } from '../results-shape.ts'
import { ledgerBlock } from './ledger.ts'
import { caseBlock } from './case-block.ts'
import { findingBlocks } from './finding-block.ts'
import type { OctetsOf } from './finding-block.ts'
import { harnessBlock } from './harness-block.ts'
import { anchor, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { matrix } from './matrix.ts'
import { factsOf } from './facts.ts'
import { partyBlock } from './parties.ts'
import { profileBlock } from './profiles.ts'
import { TEMPLATE } from '../statement.ts'
import { STYLE } from './style.ts'
import { unmatchedBlock } from './unmatched.ts'

/** Only this style sheet, by its hash: nothing is loaded, run, sent or framed. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The whole document. */
export function page(results: Results, octets: OctetsOf): string {
  const { name, version } = results.product
  const findings = findingBlocks(results, octets)
  const document = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${name} ${version}: ${results.verdict} · conformance report</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<a class="skip" href="#main">To the content</a>
${header(results)}
<main id="main" tabindex="-1">
${section('findings', 'Findings', findings.length > 0 ? findings : [markup`<p>None.</p>`])}
${harnessBlock(results)}
${partyBlock(results)}
${profileBlock(results)}
${section('requirements', 'Requirements', matrix(results))}
${section('cases', 'Cases', [...attested(results), ...casesByPack(results, octets)])}
${unmatchedBlock(results, octets)}
${section('run', 'The run', [factsOf(results)])}
${ledgerSection(results)}
</main>
</body>
</html>
`
  return document.html
}

const SAID: Readonly<Record<Results['verdict'], string>> = {
  'harness-error': 'The suite could not judge everything: this is no verdict on the product.',
  fail: 'Requirements are not met.',
  inconclusive: 'Some cases came to no decision.',
  'not-run': 'Cases that are due were not run.',
  'needs-review': 'Somebody has to look at what cannot be judged by a machine.',
  warning: 'All that must be is met; some of what should be is not.',
  pass: 'All that was tested is met.',
  'not-applicable': 'No case applies.',
}

function header(results: Results): Markup {
  const { product, verdict, why, counts } = results
  const count = Object.entries(counts).map(([name, number]) => `${number} ${name}`)
  return markup`<header>
<p class="kind">Conformance report, IEC 61968</p>
<h1>${product.name} ${product.version}</h1>
<p class="quiet">${product.vendor}</p>
${unnamed(results)}
<p class="verdict ${verdict}"><strong>${verdict}</strong> ${why ?? SAID[verdict]}</p>
${judged(results)}
<p class="counts">${count.join(' · ')}</p>
${selftested(results)}
<nav aria-label="Parts of the report"><ul>
${partsOf(results).map((it) => markup`<li><a href="#${it.toLowerCase()}">${it}</a></li>`)}
</ul></nav>
</header>`
}

/** Evidence of nobody knows which product is none. */
function unnamed({ product }: Results): Markup | undefined {
  if (product.name !== TEMPLATE.name && product.vendor !== TEMPLATE.vendor) return undefined
  return markup`<p class="mark">The capability statement does not say which product this is: fill in its name, version and vendor.</p>`
}

/** more parties than that stand in their section alone */
const MOST_PARTIES = 8

function judged({ roles, parties = [] }: Results): Markup {
  const all = [...roles.map((it) => ({ ...it, name: it.role })), ...parties]
  const left = all.length - MOST_PARTIES
  return markup`<ul class="roles" aria-label="Verdict on each role or party">
${all.slice(0, MOST_PARTIES).map((it) => markup`<li><b>${it.name}</b> <span class="v ${it.verdict}">${it.verdict}</span></li>`)}
${left > 0 ? markup`<li><a href="#parties">and ${left} more</a></li>` : undefined}
</ul>`
}

function partsOf({ parties = [], profiles, unmatched = [] }: Results): readonly string[] {
  const has = (name: string, list: readonly unknown[]) => (list.length > 0 ? [name] : [])
  return [
    ...['Findings', ...has('Parties', parties), ...has('Profiles', profiles)],
    ...['Requirements', 'Cases', ...has('Unmatched', unmatched), 'Run'],
  ]
}

/** What the word means that stands with some cases. */
function attested({ cases }: Results): readonly Markup[] {
  const count = cases.filter((it) => it.attested === true).length
  if (count === 0) return []
  return [
    markup`<p class="quiet">${count} of ${cases.length} cases ${count === 1 ? 'is' : 'are'} <b>attested</b>: a person had the product send what they need. What came is judged as everything else; that the product sends it when it has to is the word of that person, which a run with <code>--backchannel</code> does not need.</p>`,
  ]
}

/** How far the suite itself can be trusted. */
function selftested({ selftest, suite }: Results): Markup {
  const figures =
    selftest === undefined
      ? 'not run with this report'
      : `${selftest.killed} of ${selftest.run} mutants found, ${selftest.falseAlarms} false alarms`
  return markup`<p class="quiet">${suite.name} ${suite.version}, self-test: ${figures}.</p>`
}

function ledgerSection(results: Results): Markup | undefined {
  const block = ledgerBlock(results)
  return block === undefined ? undefined : section('ledger', 'Ledger', [block])
}

function section(id: string, title: string, content: readonly Markup[]): Markup {
  return markup`<section id="${id}"><h2>${title}</h2>${content}</section>`
}

function casesByPack(results: Results, octets: OctetsOf): readonly Markup[] {
  const packs = [...new Set(results.cases.map((it) => it.pack))]
  return packs.map(
    (pack) => markup`<h3 id="${anchor('pack', pack)}">${pack}</h3>
${results.cases.filter((it) => it.pack === pack).map((it) => caseBlock(it, results, octets))}`,
  )
}
