// The body of a step of the façade, `POST …/{id}:change-provider`: what it has to hold, and how findings about the
// message that it becomes a part of are told of it.

import type { Finding } from '../../envelope/finding.ts'
import type { FacadeStep, Taken } from '../../flows/facade-step.ts'
import { isObject, member } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import { nearest } from '../../schema/nearest.ts'
import type { NounContent } from '../content.ts'
import { toldOfMembers, toldOfPath } from '../json-findings.ts'
import type { JsonBody } from '../json-findings.ts'

/** The body that a step is taken with, or what is wrong with it. */
export type StepBody = { readonly json: JsonObject } | { readonly findings: readonly Finding[] }

/** @param step undefined for one that is a verb, and so takes nothing @param body undefined where none was sent */
export function stepBody(
  name: string,
  step: FacadeStep | undefined,
  body: JsonBody | undefined,
): StepBody {
  const given = body?.json ?? {}
  const json = isObject(given) ? inItsWords(given, step) : given
  const taken = Object.keys(dueIn(step))
  const allowed = Object.keys(takenBy(step))
  const due = taken.length === 0 ? 'nothing' : taken.join(' and ')
  const all = allowed.length === 0 ? 'nothing' : allowed.join(' and ')
  if (!isObject(json))
    return { findings: [wrong('', `${name} takes ${due} in a JSON object.`, mendOf(allowed))] }
  const missing = taken
    .filter((it) => (member(json, it) ?? null) === null)
    .map((it) => wrong('', `${name} lacks ${it}.`, `Add "${it}": ${dueIn(step)[it]?.about ?? ''}.`))
  const strange = Object.keys(json)
    .filter((it) => !allowed.includes(it))
    .map((it) =>
      wrong(pointerTo(it), `${name} takes ${all}, not ${it}.`, strangerMend(it, allowed)),
    )
  const findings = [...strange, ...missing]
  return findings.length === 0 ? { json } : { findings }
}

/** The same with each member under the name that the step has for it; what is written twice stays as it is, and is a stranger. */
function inItsWords(json: JsonObject, step: FacadeStep | undefined): JsonObject {
  const names = new Map(
    Object.entries(takenBy(step)).flatMap(([name, { also }]) =>
      also === undefined || Object.hasOwn(json, name) ? [] : [[also, name] as const],
    ),
  )
  return Object.fromEntries(Object.entries(json).map(([it, value]) => [names.get(it) ?? it, value]))
}

/** The name under which a member stands in a body. */
function writtenAs(name: string, also: string | undefined, json: Json): string {
  return also !== undefined && member(json, name) === undefined ? also : name
}

function dueIn(step: FacadeStep | undefined): Taken {
  return step !== undefined && 'takes' in step ? step.takes : {}
}

function takenBy(step: FacadeStep | undefined): Taken {
  return step !== undefined && 'takes' in step ? { ...step.takes, ...step.mayTake } : {}
}

function mendOf(taken: readonly string[]): string {
  if (taken.length === 0) return 'Send it without a body.'
  return `Send {${taken.map((it) => `"${it}": …`).join(', ')}}.`
}

function strangerMend(written: string, taken: readonly string[]): string {
  const near = nearest(written, taken)
  return near === undefined ? mendOf(taken) : `Did you mean ${near}? ${mendOf(taken)}`
}

function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function wrong(path: string, message: string, mend: string): Finding {
  return {
    layer: 'payload-rule',
    rule: 'STEP-BODY',
    severity: 'error',
    clause: '',
    path,
    line: 0,
    column: 0,
    expected: 'the members that the step takes',
    found: '',
    message,
    mend,
  }
}

/** Findings about the message of a step: told of the member of the body that has become what is found fault with. */
export function toldOfStep(
  findings: readonly Finding[],
  step: FacadeStep | undefined,
  body: JsonBody | undefined,
  { noun, element }: Pick<NounContent, 'noun' | 'element'>,
): readonly Finding[] {
  const root = element === undefined ? [noun] : [noun, element]
  const standings = Object.entries(takenBy(step)).map(([name, { at, also }]) => ({
    below: [...root, ...at.split('.')],
    around: pointerTo(writtenAs(name, also, body?.json ?? {})),
  }))
  return body === undefined ? toldOfPath(findings) : toldOfMembers(findings, body, standings)
}
