// What a schema finds in an object of CIM, in the words of the vendor that has said it: at its own field, and how to mend that.

import type { BoundRoute } from '../dialects/index.ts'
import type { Problem } from '../dialects/dialect.ts'
import { pointer } from '../dialects/outcome.ts'
import { vendorPlace } from '../dialects/vendor-place.ts'
import type { Step, VendorPlace } from '../dialects/vendor-place.ts'
import { partsOf } from '../dialects/row.ts'
import type { Finding } from '../envelope/finding.ts'
import type { Json } from '../schema/json-text.ts'
import { inJsonWords } from './json-words.ts'

/** An object of a vendor's message, and what it has become. */
export interface Said {
  readonly route: BoundRoute
  /** the object of CIM, or what stands around the list of them */
  readonly object: Json
  /** pointer to the vendor's object in its message */
  readonly at: string
}

/** Pointer to the object at a place, from 0, in the vendor's message. */
export type PointerTo = (place: number) => string

/** @param list member that holds the objects; absent = the body is the object, or the list */
export function pointersIn(json: Json, list: string | undefined): PointerTo {
  if (list === undefined && !Array.isArray(json)) return () => ''
  const around = list === undefined ? '' : pointer('', list)
  return (place) => pointer(around, place)
}

/**
 * Where the vendor says the parts of an object that a sentence calls as CIM does; empty where it speaks of none.
 * @param at pointer to the vendor's object in its message
 */
export function whereSaid(text: string, { resource: { mapped } }: BoundRoute, at: string): string {
  if (mapped === undefined) return ''
  const named = [...new Set(partsOf(mapped.rows))].flatMap((it) => wordsOf(it, text))
  const all = named.flatMap((words) => {
    const [name = '', ...below] = words.split('.')
    const whole = vendorPlace(mapped, undefined, [name, ...below].map(stepOf))
    const found = whole ?? vendorPlace(mapped, undefined, [{ name }])
    const said = whole === undefined ? name : words
    const last = said.split('.').at(-1) ?? ''
    if (found === undefined || found.path.endsWith(`/${last}`)) return []
    return [`${said} at ${placed(found, at)}`]
  })
  return all.length === 0 ? '' : `This message has ${[...new Set(all)].join(', ')}.`
}

/** A part as a text calls it, also what it speaks of within it: `validityInterval.end`. */
function wordsOf(name: string, text: string): readonly string[] {
  const found = [...text.matchAll(new RegExp(`\\b${name}\\b(?:\\.[a-z]\\w*)*`, 'g'))]
  return [...new Set(found.map(([words]) => words))]
}

/** Each finding as a problem of the vendor's message, one for each of its fields. */
export function inVendorWords(findings: readonly Finding[], said: Said): readonly Problem[] {
  const all = findings.filter(({ severity }) => severity === 'error').map((it) => worded(it, said))
  return all.filter(
    (it, at) => all.findIndex((one) => one.path === it.path) === at || it.path === '',
  )
}

function worded(it: Finding, said: Said): Problem {
  const missing = missingIn(it)
  const [place, ...others] =
    missing.length === 0 ? [placeOf(it, said)] : placesOf(it, said, missing)
  const { message, mend } = inJsonWords(it)
  if (place === undefined) return { path: '', message, mend }
  if (missing.length === 0)
    return { path: place, message: message.replace(lastIn(it.path), () => nameAt(place)), mend }
  const all = [place, ...others].flatMap((one) => (one === undefined ? [] : nameAt(one)))
  const fields = [...new Set(all)].join(' or ')
  return { path: place, message: `${fields} is missing.`, mend: `Write ${fields}.` }
}

function placesOf(it: Finding, said: Said, missing: readonly string[]): readonly string[] {
  return missing.flatMap((name) => placeOf(it, said, name) ?? [])
}

/** The field of the vendor that a finding is about. @param missing the child that is not there, where that is wrong */
function placeOf(it: Finding, { route, object, at }: Said, missing?: string): string | undefined {
  const { mapped } = route.resource
  const steps = stepsTo(it, route, missing)
  const found = mapped && steps && vendorPlace(mapped, object, steps)
  return found && placed(found, at)
}

function lastIn(path: string): string {
  return (/([^/[\]]+)(?:\[\d+\])?$/.exec(path)?.[1] ?? '') || path
}

function placed({ path, isAround }: VendorPlace, at: string): string {
  return isAround === true ? path : `${at}${path}`
}

/** The field that a sentence is about; of an item of a list, that list with its place. */
function nameAt(path: string): string {
  return /([^/]+(?:\/\d+)?)$/.exec(path)?.[1] ?? 'The object'
}

/** the rule that a mandatory child is there, and the one that children stand in their order */
const [MISSING, UNEXPECTED] = ['cvc-complex-type.2.4.b', 'cvc-complex-type.2.4.a']

/** The children of which one is due and none is there; none where something else is wrong. */
function missingIn({ rule, expected }: Finding): readonly string[] {
  if (rule !== MISSING && rule !== UNEXPECTED) return []
  const names = expected.replace(/^one of /, '').split(/, | or /)
  return names.every((it) => /^\w+$/.test(it)) ? names : []
}

/** From the object down to what the finding is about; undefined where it is about something else. */
function stepsTo(
  { path, rule }: Finding,
  { noun, resource }: BoundRoute,
  missing: string | undefined,
): readonly Step[] | undefined {
  const element = resource.mapped?.element ?? ''
  const inObject = new RegExp(`/${noun}/${element}(?:\\[\\d+\\])?(/.*)?$`).exec(path)
  const inRoot = inObject ?? new RegExp(`/${noun}(/.*)?$`).exec(path)
  if (inRoot === null) return undefined
  const own = (inRoot[1] ?? '').split('/').filter((it) => it !== '')
  const holders = rule === UNEXPECTED && missing !== undefined ? own.slice(0, -1) : own
  return [...holders, ...(missing === undefined ? [] : [missing])].map(stepOf)
}

function stepOf(text: string): Step {
  const [, name = text, at] = /^(.*)\[(\d+)\]$/.exec(text) ?? []
  return at === undefined ? { name } : { name, at: Number(at) - 1 }
}
