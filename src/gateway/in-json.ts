// Replies in the notation of who has asked: as CIM-JSON, from what was written as XML. What is sent is judged first.

import { CimError } from '../envelope/errors.ts'
import { hasErrors } from '../envelope/finding.ts'
import { writeJson } from '../schema/json-text.ts'
import { JSON_TYPE } from './facade/answer.ts'
import type { Validate, Validated } from './ports.ts'
import type { Rendered, Unrendered } from './received.ts'
import { renderXml } from './responder.ts'

/** What a reply cannot mend of its request is no fault of its own. */
const INHERITED: readonly string[] = ['COR-01', 'NOU-02']

const HOW = { json: true, own: true, tolerate: INHERITED } as const

/** In CIM-JSON where that takes no waiting, because the schema is a shipped one; else as XML. */
export function renderingJson({ judgeShipped }: Pick<Validate, 'judgeShipped'>) {
  return (it: Unrendered): Rendered => {
    const rendered = renderXml(it)
    const judged = judgeShipped(octets(rendered), HOW)
    return judged === undefined ? rendered : written(rendered, judged)
  }
}

/** In CIM-JSON, whatever it is in. @throws {CimError} `internal` when it is not valid */
export async function inJson(
  rendered: Rendered,
  { judge }: Pick<Validate, 'judge'>,
): Promise<Rendered> {
  return isJson(rendered.contentType)
    ? rendered
    : written(rendered, await judge(octets(rendered), HOW))
}

/** True for JSON of any kind. */
export function isJson(contentType: string): boolean {
  return /^\s*application\/(?:json|[\w.-]+\+json)\s*(?:;|$)/i.test(contentType)
}

function octets({ text }: Rendered): Uint8Array {
  return new TextEncoder().encode(text)
}

function written(rendered: Rendered, { json, findings }: Validated): Rendered {
  if (json === undefined || hasErrors(findings)) throw new CimError('internal')
  return { ...rendered, text: writeJson(json), contentType: JSON_TYPE }
}
