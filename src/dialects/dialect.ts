// What a dialect is: one vendor's JSON, resource by resource, as pure functions and data.
// The words of this ring only; how rows are read stands in translate.ts, what a vendor has in its folder.

import type { Verb } from '../envelope/verbs.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { AcknowledgementStyle } from './acknowledgement.ts'
import type { Row } from './row.ts'

/** A value and where it stands, as a JSON Pointer (RFC 6901). */
export interface Placed {
  readonly path: string
  readonly value: Json
}

/** A value that the target holds in another form than the source. */
export interface Altered extends Placed {
  /** what stands in the target */
  readonly to: Json
  /** half a sentence: what is lost by it */
  readonly why: string
}

/** What a translation could not carry over, or had to add: never silent, also where nothing is wrong. */
export interface Losses {
  /** how many fields of the source the target holds */
  readonly mapped: number
  /** fields of the source that have no target, with all that is in them */
  readonly dropped: readonly Placed[]
  /** the same, kept beside the object as an extension, so that the way back restores them */
  readonly kept: readonly Placed[]
  /** fields of the target that no field of the source has filled: constants of the mapping */
  readonly defaulted: readonly Placed[]
  /** values of the target that were worked out, because the source does not say them */
  readonly invented: readonly Placed[]
  /** values that the target cannot hold as they are: cut, or without their time of day */
  readonly altered: readonly Altered[]
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
  /** reply code; 1.8 where it is absent */
  readonly code?: string
}

/** One run. With problems `json` lacks what they name and is not to be used. */
export interface Translation<T extends Json> {
  readonly json: T
  readonly losses: Losses
  readonly problems: readonly Problem[]
}

/** What is agreed with whoever speaks, beside what the message says. */
export interface Agreed {
  /** IANA name of the zone in which times without an offset are meant; absent = none is declared */
  readonly timeZone?: string
  /** the vendor is asked for something: what only its answers say is left out */
  readonly isRequest?: true
  /** by which the message is known that the vendor is sent */
  readonly messageID?: string
}

/** Vendor JSON, one object or an array of them -> content of the noun's root: `{"<element>":[…]}`. */
export type ToCim = (vendorJson: Json, agreed?: Agreed) => Translation<JsonObject>

/** Content of the noun's root -> the vendor's objects: always an array, also for one object. */
export type ToVendor = (
  cimJson: Json,
  agreed?: Agreed,
) => Translation<readonly JsonObject[]> & {
  /** which objects of the root each of them says, by their places; absent = one each, in their order */
  readonly places?: readonly (readonly number[])[]
}

/** One path of a vendor's own API. */
export interface VendorRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** below `/vendor/<dialect>`; `{…}` names the segment that holds the mRID */
  readonly path: string
  readonly noun: string
  /** what it does to the noun's objects; `message` = it stands for a message with one of `verbs` */
  readonly action: 'create' | 'list' | 'read' | 'change' | 'remove' | 'message'
  /** of `message`: the first is what a request to this path says; messages with any of them go out here */
  readonly verbs?: readonly Verb[]
  /** body and answer hold one vendor object as it is, or an array; `one-or-many` answers as it was asked */
  readonly shape: 'one' | 'many' | 'one-or-many'
  /** of objects that have no identity of their own: the rule by which the list that names them is claimed */
  readonly foundBy?: { readonly list: string; readonly rule: string }
  /** of objects that the vendor knows by what they are about alone: they are sought as their flow says, and the message is completed */
  readonly isSought?: true
  /** of `message`: acknowledged at once, and answered by a message of our own where the vendor can be spoken to */
  readonly answeredLater?: true
  /** of `message`: the second verb is meant where the object is there already */
  readonly isEither?: true
  /** members of the vendor object that the path says; a body may repeat them, and say nothing else of them */
  readonly given?: JsonObject
  /** members without which an object of the vendor goes another way */
  readonly holds?: readonly string[]
  /** members without which an object that comes by this path says nothing here: it is refused; of several, one is enough */
  readonly needs?: readonly (string | readonly string[])[]
  /** of `message`: it tells of what is known already, unless it says a member without which nothing can be made of it */
  readonly isAboutKnown?: {
    readonly unless: string
    readonly items?: { readonly list: string; readonly unless: string }
  }
  /** of `message`: where it lists some items of an object and not all, it is meant of these: this verb asks that of each */
  readonly partly?: { readonly list: string; readonly verb: Verb; readonly as: JsonObject }
  /** of a change: the message lists all items of an object, so those that are here and that it does not list are so from then on */
  readonly wholly?: { readonly list: string; readonly left: JsonObject }
  /** member of the vendor's message by which it is known when it comes again, step by step */
  readonly repeatedBy?: string
  /** members by which the vendor knows each object in an acknowledgement: the first that is there, step by step */
  readonly namedBy?: string | readonly string[]
  /**
   * members of an object that tell it from another one of that name, the first of them from one of its kind; in an
   * acknowledgement they stand with the name
   */
  readonly repeats?: readonly string[]
  /** the acknowledgement says that name as dacsMessageId, too */
  readonly namesMessage?: true
  /** that a list has come is said once for all of it; what becomes of its objects is told later */
  readonly isReceipt?: true
  /** path of the vendor at which it is told that in the end, in the shape in which it is acknowledged; not published: ours */
  readonly concludedAt?: string
  /**
   * The vendor is told an object whole, as it is by a change and not only what changes of it.
   * `without`: NameType of what names a message, so that it is none of the object in the next one
   */
  readonly whole?: { readonly without: string }
  /** member by which it acknowledges what its sender was sent, and member of that which says the same */
  readonly answers?: { readonly by: string; readonly to: string }
  /** an acknowledgement says the enrollmentId of what was made */
  readonly tellsId?: true
  /** how it is acknowledged; absent = by the objects themselves */
  readonly acknowledged?: AcknowledgementStyle
  /** how it is mended here what a rule refuses, or a reply code where there is no rule, in the words of the vendor */
  readonly mends?: Readonly<Record<string, string>>
  /** path and name are not published by the vendor: they are ours */
  readonly ours?: true
}

/** What the file of a vendor resource exports, and nothing else. */
export interface Resource {
  readonly toCim: ToCim
  readonly toVendor: ToVendor
  readonly routes: readonly VendorRoute[]
  /** what both directions are made from, for the pages about the dialect; absent where they are written by hand */
  readonly mapped?: Mapped
}

/** The rows of one resource, as its pages show them. */
export interface Mapped {
  /** the repeated member of the noun's root */
  readonly element: string
  readonly rows: readonly Row[]
  /** what of it the vendor does not publish, and is ours: one sentence */
  readonly ours?: string
  /** the list of the vendor's message around the objects, and what else stands there */
  readonly around?: Around
}

/** A vendor's message around a list of objects. */
export interface Around {
  /** member that holds the list */
  readonly list: string
  /** member that holds the id of the message: nothing of its objects, and that of our message on the way out */
  readonly id?: string
  /** of the message itself ⇄ members of the noun's root beside its objects */
  readonly rows: readonly Row[]
}

/** Every resource of one vendor by the name of its file. */
export type Dialect = Readonly<Record<string, Resource>>
