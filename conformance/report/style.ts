// The style sheet of report.html: light and dark by the system, from a telephone to paper. Nothing in it is loaded.

import { widthOf } from './sequence.ts'

/** From so many roles on a diagram can be wider than its place. */
const LANES = Array.from({ length: 12 }, (_it, at) => at + 2)

/** As it stands in the page. */
export const STYLE = `
:root {
  --paper: #fdfdfc; --ink: #1d2125; --quiet: #59636e; --line: #d8dce0; --sheet: #f4f5f6;
  --link: #0b57a4; --bad: #a4161a; --odd: #7a4d00; --good: #1b6338; --none: #59636e;
  --hit: #fff1c2; --hit-ink: #1d2125;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --ink: #e4e7ea; --quiet: #a0a9b3; --line: #33393f; --sheet: #1c2024;
    --link: #82b7f5; --bad: #ff8f8a; --odd: #e8b75a; --good: #7ccf9b; --none: #a0a9b3;
    --hit: #4a3c10; --hit-ink: #fff6dc;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
  overflow-wrap: break-word;
}
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .25rem .5rem; background: var(--paper); }
h1, h2, h3, h4, h5 { line-height: 1.25; font-weight: 600; margin: 0; }
h1 { font-size: 2rem; letter-spacing: -.015em; }
h2 { font-size: 1.35rem; margin: 3.5rem 0 1rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 2.25rem 0 .5rem; }
h4 { font-size: .95rem; }
summary h3 { display: inline; margin: 0; font-size: inherit; }
h5 { font-size: .8rem; font-weight: 400; margin: .75rem 0 .25rem; }
p { margin: .25rem 0 .75rem; max-width: 46rem; }
.kind { text-transform: uppercase; letter-spacing: .08em; font-size: .75rem; color: var(--quiet); margin-bottom: .5rem; }
.quiet, .note { color: var(--quiet); font-size: .875rem; font-weight: 400; }
.verdict { font-size: 1.1rem; margin: 1.25rem 0 1rem; padding-left: .875rem; border-left: 4px solid var(--none); }
.verdict strong { margin-right: .35rem; }
.verdict.fail, .verdict.harness-error { border-color: var(--bad); }
.verdict.warning, .verdict.inconclusive, .verdict.needs-review { border-color: var(--odd); }
.verdict.pass { border-color: var(--good); }
.v { font: 600 .75rem/1.4 var(--mono); color: var(--none); white-space: nowrap; }
.v.fail, .v.harness-error { color: var(--bad); }
.v.warning, .v.inconclusive, .v.needs-review { color: var(--odd); }
.v.pass { color: var(--good); }
.mark { font: 600 .75rem/1.4 var(--mono); color: var(--odd); white-space: nowrap; }
p.mark { white-space: normal; }
.unmatched { font-size: .9rem; }
code { font: .9em var(--mono); }
ul.roles, ul.layers, ul.index, nav ul { list-style: none; margin: 0 0 .75rem; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav ul { margin-top: 1.25rem; }
ul.index { font-size: .9rem; gap: .15rem 1.5rem; }
ul.layers { font-size: .8rem; gap: .1rem 1rem; }
.counts { font-size: .9rem; }
.finding { margin: 1rem 0 1.5rem; padding-left: 1rem; border-left: 3px solid var(--line); }
.finding.fail { border-color: var(--bad); }
.finding.warning { border-color: var(--odd); }
.message-text { font-size: 1.05rem; margin: .25rem 0 .5rem; }
dl { margin: 0 0 .5rem; font-size: .9rem; }
dl > div { display: grid; grid-template-columns: 7rem 1fr; gap: 0 .75rem; padding: .1rem 0; }
dl.facts > div { grid-template-columns: 10rem 1fr; }
dt { color: var(--quiet); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; padding: .3rem 0; font-size: .9rem; }
summary .id { font-weight: 600; }
.target { scroll-margin-top: 4rem; }
.case { border-bottom: 1px solid var(--line); }
.case[open] { padding-bottom: 1.5rem; }
pre { margin: 0; font: .78rem/1.5 var(--mono); background: var(--sheet); border: 1px solid var(--line); }
pre code { font: inherit; display: block; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; }
pre.octets { padding: .35rem 0; counter-reset: line; }
pre.command { padding: .5rem .75rem; margin-top: .75rem; }
.octets i { display: block; font-style: normal; padding: 0 .75rem 0 3.75rem; text-indent: -3rem; min-height: 1.5em; }
.octets i::before { counter-increment: line; content: counter(line); display: inline-block; width: 2.25rem; margin-right: .75rem; text-indent: 0; text-align: right; color: var(--quiet); user-select: none; }
.octets i[data-n]::before { content: attr(data-n); }
.octets .hit { box-shadow: inset 3px 0 var(--bad); }
mark { background: var(--hit); color: var(--hit-ink); padding: .1em 0; }
.cut { display: block; padding: 0 .75rem; color: var(--quiet); }
.message h4 { margin: 1.25rem 0 .35rem; font-size: .8rem; font-weight: 400; }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .9rem; }
caption { text-align: left; color: var(--quiet); font-size: .875rem; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { font-size: .8rem; font-weight: 400; color: var(--quiet); }
tbody th { font-weight: 600; }
/* Names of cases and paths are long words: on a narrow screen the table is moved, and not its letters. */
.ledger { min-width: 44rem; }
.ledger thead th:nth-child(1) { width: 34%; }
.losses { min-width: 56rem; }
.losses thead th:nth-child(1), .losses thead th:nth-child(2) { width: 9%; }
.matrix thead th:nth-child(1) { width: 44%; }
.matrix thead th:nth-child(2) { width: 13%; }
.matrix thead th:nth-child(3) { width: 20%; }
tbody th p { font-weight: 400; margin: .15rem 0 0; }
figure { margin: .75rem 0 1rem; }
.sequence { container-type: inline-size; }
.hint { display: none; color: var(--quiet); font-size: .875rem; margin: 0 0 .5rem; }
${LANES.map((it) => `@container (max-width: ${widthOf(it) - 1}px) { .lanes-${it} > .hint { display: block; } }`).join('\n')}
.scroll {
  overflow-x: auto;
  background:
    linear-gradient(to right, var(--paper), transparent) 0 0 / 3rem 100% no-repeat local,
    linear-gradient(to left, var(--paper), transparent) 100% 0 / 3rem 100% no-repeat local,
    linear-gradient(to right, var(--line), transparent) 0 0 / 1.25rem 100% no-repeat scroll,
    linear-gradient(to left, var(--line), transparent) 100% 0 / 1.25rem 100% no-repeat scroll;
}
.sequence svg { display: block; font: 12px system-ui, sans-serif; fill: var(--ink); }
.sequence ol { margin: .5rem 0 0; padding-left: 1.5rem; font-size: .875rem; }
.step { color: var(--quiet); }
.sequence text { text-anchor: middle; }
.sequence .start { text-anchor: start; }
.sequence .end { text-anchor: end; }
.party rect { fill: var(--sheet); stroke: var(--line); }
.party line { stroke: var(--line); }
.party text { font-weight: 600; }
.preparation rect { fill: var(--line); opacity: .3; }
.preparation text { fill: var(--quiet); font-size: 11px; }
.rest { margin-top: 1rem; }
.begun line { stroke: var(--line); stroke-dasharray: 2 4; }
.begun text { font-weight: 600; font-size: 11px; }
.arrow line, .arrow path { stroke: var(--ink); fill: none; stroke-width: 1.25; }
.arrow path.head { fill: var(--ink); }
.arrow.fail line, .arrow.fail path { stroke: var(--bad); }
.arrow.fail path.head, .arrow.fail text { fill: var(--bad); }
.arrow.warning line, .arrow.warning path { stroke: var(--odd); }
.arrow.warning path.head, .arrow.warning text { fill: var(--odd); }
.arrow.lost line { stroke-dasharray: 4 4; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  dl > div, dl.facts > div { grid-template-columns: 1fr; padding: .2rem 0; }
  dt { font-size: .8rem; }
  .matrix thead { position: absolute; left: -99rem; }
  .matrix tbody, .matrix tr, .matrix td, .matrix th { display: block; width: auto; border: 0; padding: 0 0 .15rem; }
  .matrix tr { border-bottom: 1px solid var(--line); padding: .6rem 0; }
  .matrix td[data-label]::before { content: attr(data-label); color: var(--quiet); }
  .octets i { padding-left: 2.75rem; text-indent: -2.25rem; }
  .octets i::before { width: 1.75rem; margin-right: .5rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --sheet: #fff; --link: #000; --bad: #a4161a; --odd: #7a4d00; --good: #1b6338; --none: #444; --hit: #fff1c2; --hit-ink: #000; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .skip { display: none; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  article, tr, .message { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
}
`
