// For tests only: captured messages of two products by somebody else, and what is said of them without a network.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conformance } from '../index.ts'
import type { ConformanceOptions } from '../index.ts'
import type { Results } from '../results-shape.ts'

let runs = 0

/** Judges the files, which are written first. @param folder for what is written */
export async function judged(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  more: Partial<ConformanceOptions> = {},
) {
  const messages = join(folder, `in-${(runs += 1)}`)
  mkdirSync(messages)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(messages, name, '..'), { recursive: true })
    writeFileSync(join(messages, name), content)
  }
  return judgedIn(folder, messages, more)
}

export async function judgedIn(
  folder: string,
  messages: string,
  more: Partial<ConformanceOptions> = {},
) {
  const report = join(folder, `out-${(runs += 1)}`)
  let [out, err] = ['', '']
  const terminal = { out: (it: string) => void (out += it), err: (it: string) => void (err += it) }
  const defaults = { only: [], strict: false, wait: 1, header: {}, mode: 'offline' as const }
  const exit = await conformance(
    'run',
    { ...defaults, messages, report, ...more },
    { xsd: [] },
    terminal,
  )
  const results = () => JSON.parse(readFileSync(join(report, 'results.json'), 'utf8')) as Results
  return { exit, out, err, report, results }
}

export const NS = 'http://iec.ch/TC57/2011/schema/message'
const GET =
  '<DERGroupQueries xmlns="http://iec.ch/TC57/2017/DERGroupQueries#"><EndDeviceGroup><mRID>g-1</mRID></EndDeviceGroup></DERGroupQueries>'

export const FUNCTIONS = [
  ...['connectDisconnect', 'frequencyWattCurveFunction', 'maxRealPowerLimiting'],
  ...['rampRateControl', 'reactivePowerDispatch', 'realPowerDispatch', 'voltageRegulation'],
  ...['voltVarCurveFunction', 'voltWattCurveFunction'],
]
  .map((it) => `<${it}>true</${it}>`)
  .join('')

interface Ids {
  readonly id: string
  readonly correlation?: string
  readonly source?: string
}

export function header(verb: string, noun: string, { id, correlation, source }: Ids): string {
  const optional = (name: string, text: string | undefined) =>
    text === undefined ? '' : `<${name}>${text}</${name}>`
  return `<Header><Verb>${verb}</Verb><Noun>${noun}</Noun><Timestamp>2026-07-14T09:00:00Z</Timestamp>${optional('Source', source)}<MessageID>${id}</MessageID>${optional('CorrelationID', correlation)}</Header>`
}

export function request(ids: Ids): string {
  return `<RequestMessage xmlns="${NS}">${header('get', 'DERGroupQueries', ids)}<Request>${GET}</Request></RequestMessage>`
}

export function reply(ids: Ids, noun = 'DERGroupQueries', verb = 'reply'): string {
  const error =
    '<Error><code>99.1</code><reason>There is no such group.</reason><ID>g-1</ID></Error>'
  return `<ResponseMessage xmlns="${NS}">${header(verb, noun, ids)}<Reply><Result>FAILED</Result>${error}</Reply></ResponseMessage>`
}

export const FAULT = `<FaultMessage xmlns="${NS}"><Reply><Result>FAILED</Result><Error><code>1.8</code><reason>It cannot be read.</reason></Error></Reply></FaultMessage>`

/** Requirement, step and blame of what was found. */
export const told = ({ cases }: Results) =>
  [
    ...new Set(
      cases.flatMap((it) => it.findings).map((it) => `${it.requirement} ${it.step} ${it.blame}`),
    ),
  ].sort()
