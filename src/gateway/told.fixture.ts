// For tests only: what a problem document says, and where in the body that was sent.

import { member } from '../schema/json-text.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { RouteAnswer } from './routes.ts'

/** A finding of a problem document. */
export interface Told {
  readonly layer: string
  readonly path: string
  readonly line: number
  readonly column: number
  readonly found: string
  readonly expected: string
  readonly message: string
  readonly mend: string
}

/** The body of an answer. */
export const json = ({ text }: RouteAnswer): JsonObject => JSON.parse(text) as JsonObject
/** Findings of a problem document. */
export const findingsIn = (answer: RouteAnswer) =>
  (json(answer)['findings'] ?? []) as unknown as Told[]

/** The text from a place on. */
export function textAt(text: string, { line, column }: Told): string {
  return text.split('\n')[line - 1]?.slice(column - 1) ?? ''
}

/** The value at a JSON Pointer; undefined where there is none. */
export function valueAt(body: Json, pointer: string): Json | undefined {
  const steps = pointer.split('/').slice(1)
  return steps.reduce<Json | undefined>(
    (at, step) =>
      Array.isArray(at)
        ? (at as readonly Json[])[Number(step)]
        : member(at, step.replaceAll('~1', '/').replaceAll('~0', '~')),
    body,
  )
}
