// What is wrong, in the page: by requirement, and each finding with expected and got, clause, whose it is, how to mend it, the
// messages and the command that shows it once more.

import { ABOUT } from '../layer.ts'
import type { Finding, PassedAs, RequirementResult, Results } from '../results-shape.ts'
import { commandFor } from './command.ts'
import { anchor, breakable, markup } from './markup.ts'
import type { Markup } from './markup.ts'
import { excerpt } from './message.ts'
import { elementIn, placeIn } from './place.ts'

/** Octets of a file of the run; undefined where it is not there. */
export type OctetsOf = (file: string) => Uint8Array | undefined

const BLAME: Readonly<Record<string, string>> = {
  target: 'the product under test',
  tester: 'the tester',
}

/** All findings, by requirement in the order of the register. */
export function findingBlocks(results: Results, octets: OctetsOf): readonly Markup[] {
  const findings = results.cases.flatMap((it) => it.findings)
  const known = results.requirements.map((it) => it.id)
  const others = [...new Set(findings.map((it) => it.requirement))].filter(
    (it) => !known.includes(it),
  )
  const groups = [...results.requirements, ...others.map(unlisted)].flatMap((about) => {
    const own = findings.filter((it) => it.requirement === about.id)
    return own.length === 0 ? [] : [{ about, own, weight: heaviest(own) }]
  })
  const sorted = [...groups].sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight))
  return sorted.length === 0
    ? []
    : [
        markup`<ul class="index" aria-label="Requirements with findings">${sorted.map(indexItem)}</ul>`,
        ...sorted.map(({ about, own }) => block(about, own, results, octets)),
      ]
}

const WEIGHTS = ['fail', 'warning', 'waived'] as const
type Weight = (typeof WEIGHTS)[number]

function weightOf({ waived, severity }: Finding): Weight {
  return waived === undefined ? severity : 'waived'
}

function heaviest(own: readonly Finding[]): Weight {
  return WEIGHTS.find((it) => own.some((one) => weightOf(one) === it)) ?? 'waived'
}

function indexItem(it: {
  readonly about: About
  readonly own: readonly Finding[]
  readonly weight: Weight
}): Markup {
  const { about, own, weight } = it
  return markup`<li><a href="#${anchor('finding', about.id)}">${about.id}</a> <span class="v ${weight}">${weight}</span> <span class="quiet">${own.length}</span></li>`
}

/** A requirement that is not in the register has at least its findings shown. */
function unlisted(id: string): Pick<RequirementResult, 'id' | 'text' | 'clause' | 'mend'> {
  return { id, text: 'Not in the register.', clause: '', mend: '' }
}

type About = Pick<RequirementResult, 'id' | 'text' | 'clause' | 'mend'> &
  Partial<Pick<RequirementResult, 'level' | 'status'>>

function block(it: About, own: readonly Finding[], results: Results, octets: OctetsOf): Markup {
  const [first] = own
  const above = first === undefined ? [] : factsOf(first, it)
  const articles = own.map((one, at) =>
    article(one, it, at === 0 ? undefined : above, results, octets),
  )
  const count = own.length === 1 ? 'one finding' : `${own.length} findings`
  return markup`<section class="requirement" id="${anchor('finding', it.id)}">
    <h3>${it.id} <span class="quiet">${[it.level, it.status, count].filter((one) => one !== undefined).join(' · ')}</span></h3>
    <p>${it.text}</p>
    ${doubt(it)}
    ${articles.slice(0, 1)}${folded(articles.slice(1), own.slice(1))}
  </section>`
}

/** What whoever is blamed may hold against it. */
const DOUBTS: Readonly<Record<string, string>> = {
  draft:
    'Draft: this is how the suite reads its source, and no working group has confirmed it yet.',
  disputed: 'Disputed: the source is read in two ways. Say so before you change a product for it.',
}

function doubt({ status }: About): Markup | undefined {
  const text = DOUBTS[status ?? 'agreed']
  return text === undefined ? undefined : markup`<p class="note">${text}</p>`
}

/** The first says what it is about; the others say the same of other messages, and only what is another. */
function folded(articles: readonly Markup[], own: readonly Finding[]): Markup | undefined {
  if (articles.length === 0) return undefined
  const cases = [...new Set(own.map((it) => it.scenario))]
  const more = cases.length > MOST ? ' …' : ''
  return markup`<details>
    <summary>${articles.length} more, in ${cases.slice(0, MOST).join(', ')}${more}</summary>
    ${articles}
  </details>`
}

/** so many cases are named */
const MOST = 3

/** What is said of a finding beside its messages: names and texts. */
type Facts = readonly (readonly [name: string, text: string])[]

function factsOf(it: Finding, about: About): Facts {
  const check = it.check === it.requirement ? '' : ` · rule ${it.check}`
  const where = [it.wire, it.line > 0 ? `line ${it.line}` : '', it.path].filter((one) => one !== '')
  const facts = [
    ['Expected', it.expected],
    ['Got', it.got],
    ['Fault of', BLAME[it.blame] ?? it.blame],
    ['Where', where.length === 0 ? 'nothing came' : where.join(', ')],
    ['Clause', about.clause === '' ? 'a rule of ours' : about.clause],
    ['Layer', `${it.layer}, ${ABOUT[it.layer]}${check}`],
    ['To mend it', it.mend === '' ? about.mend : it.mend],
    ['Waived', it.waived ?? ''],
  ] as const
  return facts.filter(([, text]) => text !== '')
}

/** These are nearly always the same for all that is found of one requirement. */
const COMMON = ['Fault of', 'Clause', 'Layer', 'To mend it']

/** @param above what the first of its requirement says: it is said again only where it is something else; undefined: it is the first */
function article(
  it: Finding,
  about: About,
  above: Facts | undefined,
  results: Results,
  octets: OctetsOf,
): Markup {
  const weight = weightOf(it)
  const isSaid = ([name, text]: readonly [string, string]) =>
    COMMON.includes(name) && above?.some((one) => one[0] === name && one[1] === text) === true
  return markup`<article class="finding ${weight}">
    <h4>
      <span class="v ${weight}">${weight}</span>
      <a href="#${anchor('case', it.scenario)}">${it.scenario}</a> step ${it.step}
    </h4>
    <p class="message-text">${breakable(it.message)}</p>
    <dl>
      ${factsOf(it, about)
        .filter((one) => !isSaid(one))
        .map(fact)}
    </dl>
    <details ${above === undefined ? markup`open` : undefined}>
      <summary>Messages, and the command that shows it again</summary>
      ${messages(it, results, octets)}
      <pre class="command"><code>${commandFor(results, it.scenario)}</code></pre>
    </details>
  </article>`
}

function fact([name, text]: readonly [string, string]): Markup {
  return markup`<div>
    <dt>${name}</dt>
    <dd>${breakable(text)}</dd>
  </div>`
}

/** Those of its step, in their order; in the others stands marked what has to do with it. */
function messages(it: Finding, { wire }: Results, octets: OctetsOf): readonly Markup[] {
  const own = wire.filter((one) => one.scenario === it.scenario && one.step === it.step)
  const missing = own.some((one) => one.direction === 'reply') || it.wire !== ''
  return [
    ...own.map((one) => shownMessage(one, it, octets)),
    ...(missing ? [] : [markup`<p class="note">No message came back.</p>`]),
  ]
}

function shownMessage(passed: PassedAs, it: Finding, octets: OctetsOf): Markup {
  const bytes = octets(passed.file)
  if (bytes === undefined) return markup`<p class="note">${passed.file} is not in the folder.</p>`
  const isIt = passed.file === it.wire
  const place = isIt ? placeIn(bytes, it) : elementIn(bytes, related(it.path))
  return excerpt(passed, bytes, place)
}

/** The same element of the other message. What stands only in a reply has none there. */
function related(path: string): string {
  const [, header] = /(?:^|\/)(Header\/\w+)/.exec(path) ?? []
  if (header !== undefined) return `**/${header}`
  const [, payload] = /(?:^|\/)Payload\/(.+)$/.exec(path) ?? []
  return payload === undefined ? '' : `**/Payload/${payload}`
}
