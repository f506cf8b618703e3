// What a dialect is: one vendor's JSON, resource by resource, as pure functions and data.
// The words of this ring only; how rows are read stands in translate.ts, what a vendor has in its folder.

import type { Json, JsonObject } from '../schema/json-text.ts'

/** A value and where it stands, as a JSON Pointer (RFC 6901). */
export interface Placed {
  readonly path: string
  readonly value: Json
}

/** What a translation could not carry over, or had to add: never silent, also where nothing is wrong. */
export interface Losses {
  /** fields of the source that have no target, with all that is in them */
  readonly dropped: readonly Placed[]
  /** fields of the target that no field of the source has filled */
  readonly defaulted: readonly Placed[]
  /** values of the source that a code list does not have; each is a problem too */
  readonly unmapped: readonly Placed[]
}

/** Why a value cannot be translated: the sender's fault, error `unmappable`. */
export interface Problem {
  /** JSON Pointer into the source; empty for the whole of it */
  readonly path: string
  /** one sentence: what is wrong */
  readonly message: string
  /** one sentence: how to mend it */
  readonly mend: string
}

/** One run. With problems `json` lacks what they name and is not to be used. */
export interface Translation<T extends Json> {
  readonly json: T
  readonly losses: Losses
  readonly problems: readonly Problem[]
}

/** Vendor JSON, one object or an array of them -> content of the noun's root: `{"<element>":[…]}`. */
export type ToCim = (vendorJson: Json) => Translation<JsonObject>

/** Content of the noun's root -> the vendor's objects: always an array, also for one object. */
export type ToVendor = (cimJson: Json) => Translation<readonly JsonObject[]>

/** One path of a vendor's own API. */
export interface VendorRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** below `/vendor/<dialect>`; `{…}` names the segment that holds the mRID */
  readonly path: string
  readonly noun: string
  /** what it does to the noun's objects */
  readonly action: 'create' | 'list' | 'read' | 'change' | 'remove'
  /** body and answer hold one vendor object as it is, or an array; `one-or-many` answers as it was asked */
  readonly shape: 'one' | 'many' | 'one-or-many'
  /** members of the vendor object that the path says; a body may repeat them, and say nothing else of them */
  readonly given?: JsonObject
}

/** What the file of a vendor resource exports, and nothing else. */
export interface Resource {
  readonly toCim: ToCim
  readonly toVendor: ToVendor
  readonly routes: readonly VendorRoute[]
}

/** Every resource of one vendor by the name of its file. */
export type Dialect = Readonly<Record<string, Resource>>
