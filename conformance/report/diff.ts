// `conformance diff`: what is different between two runs, and whether it is the suite, the product or what it says of itself
// that has changed. Ids and times of a run are not compared: each has its own.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { USAGE } from '../layer.ts'
import { RESULTS } from '../results-shape.ts'
import type { Finding, Results } from '../results-shape.ts'
import { readShape } from '../shape.ts'
import { visible } from './markup.ts'
import { obstacleOf } from '../usage.ts'

/** Where a command writes. */
interface Out {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** 0 the same, 1 different, 2 not to be read. */
export function diffRuns(a: string, b: string, { out, err }: Out): number {
  const [before, after] = [resultsIn(a), resultsIn(b)]
  const problems = [before, after].flatMap((it) => ('problems' in it ? it.problems : []))
  if ('problems' in before || 'problems' in after) {
    err(`${problems.join('\n')}\n`)
    return USAGE
  }
  const changes = changesBetween(before.value, after.value)
  out(changes.length === 0 ? 'no difference\n' : `${changes.map(visible).join('\n')}\n`)
  return changes.length === 0 ? 0 : 1
}

function resultsIn(folder: string) {
  const path = join(folder, 'results.json')
  try {
    return readShape<Results>(RESULTS, readFileSync(path, 'utf8'), path)
  } catch (error) {
    return {
      problems: [`${path}: ${obstacleOf(error)}; a run is a folder that --report has written`],
    }
  }
}

/** A line for each change: first why verdicts may differ, then those, then what was found. */
function changesBetween(a: Results, b: Results): readonly string[] {
  return [
    ...circumstances(a, b),
    ...changed('verdict', [['of the run', a.verdict]], [['of the run', b.verdict]]),
    ...changed('role', a.roles.map(named('role')), b.roles.map(named('role'))),
    ...changed('party', (a.parties ?? []).map(named('name')), (b.parties ?? []).map(named('name'))),
    ...changed('case', a.cases.map(named('id')), b.cases.map(named('id'))),
    ...changed('requirement', a.requirements.map(named('id')), b.requirements.map(named('id'))),
    ...findings(a, b),
  ]
}

type Named = readonly [name: string, value: string]

function named<K extends string>(name: K) {
  return (it: Readonly<Record<K | 'verdict', string>>): Named => [it[name], it.verdict]
}

function circumstances(a: Results, b: Results): readonly string[] {
  return changed('', facts(a), facts(b)).map((it) => it.trim())
}

function facts({ suite, product, run }: Results): readonly Named[] {
  return [
    ['suite', `${suite.version} ${suite.hash}`],
    ['schemas', suite.schemas],
    ['capability statement', run.ics],
    ['product', `${product.name} ${product.version}, ${product.vendor}`],
    ['target', run.target],
    [
      'mode',
      `${run.mode} over ${run.transport}, clock ${run.clock}${run.strict ? ', strict' : ''}`,
    ],
  ]
}

/** What has another value, is new, or is gone. */
function changed(
  what: string,
  before: readonly Named[],
  after: readonly Named[],
): readonly string[] {
  const [old, now] = [new Map(before), new Map(after)]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)]
    return was === is ? [] : [`${what} ${name}: ${was ?? 'not there'} → ${is ?? 'not there'}`]
  })
}

/** Those of one place count: a fault that shows twice is two. */
function findings(a: Results, b: Results): readonly string[] {
  const [old, now] = [counted(a), counted(b)]
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((place) => {
    const [was, is] = [old.get(place), now.get(place)]
    const count = (is?.count ?? 0) - (was?.count ?? 0)
    if (count === 0) return []
    const times = Math.abs(count) === 1 ? '' : ` (${Math.abs(count)} times)`
    return [
      `finding ${count > 0 ? 'new' : 'gone'}: ${place}${times}: ${(is ?? was)?.message ?? ''}`,
    ]
  })
}

interface Counted {
  readonly count: number
  readonly message: string
}

function counted({ cases }: Results): ReadonlyMap<string, Counted> {
  const found = new Map<string, Counted>()
  for (const it of cases.flatMap((one) => one.findings)) {
    const place = placeOf(it)
    found.set(place, { count: (found.get(place)?.count ?? 0) + 1, message: it.message })
  }
  return found
}

/** Without what every run has otherwise: ids, and the names made of them. */
function placeOf(it: Finding): string {
  const rule = it.check === it.requirement ? it.requirement : `${it.requirement} ${it.check}`
  const weight = it.waived === undefined ? it.severity : 'waived'
  return [`${rule} in ${it.scenario}#${it.step}`, it.path, weight]
    .filter((one) => one !== '')
    .join(' ')
}
