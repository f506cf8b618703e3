// A message in the form in which one party takes it: CIM as XML, SOAP, a vendor's JSON, a file, a notice.

import type { Agreed } from '../../dialects/dialect.ts'
import type { Finding } from '../../envelope/finding.ts'
import { writeJson } from '../../schema/json-text.ts'
import type { Json, JsonObject } from '../../schema/json-text.ts'
import type { Binding, SoapBinding } from '../parties/party.ts'
import { vendorCarried } from './vendor-carriage.ts'

/** One message as it goes out. */
export interface Carried {
  readonly request: string
  readonly contentType: string
  /** as in `Leg` */
  readonly target: string
  /** what is lost by the form that it has; absent = nothing */
  readonly lost?: readonly Finding[]
}

/** Why the binding cannot carry it: nothing that a repetition mends. */
export interface Uncarried {
  readonly reason: string
}

/** What writing a message takes. */
export interface Carriage {
  /** generic, stamped, as CIM-JSON */
  readonly message: JsonObject
  /** the same as XML, with declaration */
  readonly xml: string
  /** what is agreed with a party that speaks a dialect; absent = nothing */
  readonly agreed?: Agreed
}

/** Wraps a message for SOAP; made by soap/. */
export type WriteSoap = (it: Carriage, binding: SoapBinding) => Carried | Uncarried

/** The message for a binding: one, or one for each object where a vendor takes them singly. */
export function carriedBy(
  binding: Binding,
  it: Carriage,
  writeSoap: WriteSoap,
): readonly Carried[] | Uncarried {
  switch (binding.type) {
    case 'cim-xml':
      return [{ request: it.xml, contentType: XML, target: '' }]
    case 'soap': {
      const made = writeSoap(it, binding)
      return 'reason' in made ? made : [made]
    }
    case 'file':
      return [
        binding.format === 'xml'
          ? { request: it.xml, contentType: XML, target: '' }
          : json(it.message, ''),
      ]
    case 'json':
      return binding.dialect === CIM_JSON
        ? [json(it.message, '')]
        : vendorCarried(it.message, binding.dialect, it.agreed ?? {})
    case 'notify':
      // For people: what reads it makes sentences of it.
      return [json(it.message, binding.template)]
  }
}

const XML = 'application/xml; charset=utf-8'
/** the dialect that is none: CIM-JSON as it stands */
export const CIM_JSON = 'cim-json'

function json(it: Json, target: string): Carried {
  return { request: writeJson(it), contentType: 'application/json', target }
}
