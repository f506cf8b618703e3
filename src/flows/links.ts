// Links: names by which an object of a profile without an element for it says what it belongs to. The NameType says what
// is named, the name is its mRID, or one of its names.

import type { Json, JsonObject } from '../schema/json-text.ts'
import { namesOfType } from './reference.ts'

/** What may be linked. */
export type LinkType = 'ServiceRequest' | 'EndDeviceEvent' | 'ProgramEnrollment' | 'customer'

/** The names of a type that an object bears. */
export function linksIn(object: Json | undefined, type: LinkType): readonly string[] {
  return namesOfType(object, type)
}

/** What a link names, as far as it is known by its mRID. */
export function linked(name: string | undefined): JsonObject | undefined {
  return name === undefined ? undefined : { mRID: name }
}
