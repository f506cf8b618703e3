// What a flow is: one business use of noun and verb, as data. Routes, topics, documentation and tests are derived.

import type { Acknowledged } from './acknowledged.ts'
import type { Verb } from '../envelope/verbs.ts'
import type { Lifecycle, Stepped } from '../lifecycles/lifecycle.ts'
import type { Json, JsonObject } from '../schema/json-text.ts'
import type { Asking } from './asking.ts'
import type { Choices } from './choices.ts'
import type { Claim, Claims } from './claim.ts'
import type { Belongs } from './in-order.ts'
import type { Drift } from './drift.ts'
import type { FacadeStep, ItemSteps } from './facade-step.ts'
import type { Frozen } from './frozen.ts'
import type { Criteria } from './likeness.ts'
import type { Following } from './next.ts'
import type { Part } from './part.ts'
import type { ByRole, Role } from './role.ts'
import type { PolicyName } from './policy.ts'
import type { Quantities } from './quantities.ts'
import type { RuleName } from './rules/index.ts'
import type { Saying } from './saying.ts'
import type { FindAll, Findable, Search } from './search.ts'
import type { FallsShort } from './short.ts'
import type { Standing } from './standing-alarm.ts'
import type { Status } from './status.ts'
import type { Timely } from './turns.ts'

export type { Claim } from './claim.ts'

/** Something that a business rule does not allow. */
export interface Breach {
  /** rule id, carried in details as `rule=<id>`; how it is mended stands in its row */
  readonly rule: RuleName
  /** reply code */
  readonly code: string
  readonly reason: string
  /** one sentence where this case is mended otherwise than the row of its rule says */
  readonly mend?: string
  /** what is meant, where it is not the object as a whole */
  readonly about?: About
}

/** Something inside an object that has mRID or Names, or that is known otherwise. */
export interface About {
  readonly objectType: string
  readonly object: Json
}

/** An object and the state that it is in. */
export interface Placed {
  readonly state: string
  readonly object: JsonObject
}

/** An object that another one names by mRID or Names. */
export interface Reference {
  readonly noun: string
  readonly object: Json | undefined
  /** instead: whichever object of the noun has this claim */
  readonly claim?: Pick<Claim, 'key'> & {
    readonly rule: string
    /** where several may have it: which of them, from 0 */
    readonly place?: number
  }
}

/** What a rule may look at besides the object itself. */
export interface Around {
  /** ISO 8601 with Z */
  readonly now: string
  /** true where objects of this noun are kept here, so that one that is not found does not exist */
  readonly keeps: (noun: string) => boolean
  /** true where some object of this noun is known here, kept or only passed on its way to others */
  readonly knows?: (noun: string) => boolean
  /** true where objects of this noun are made here and nowhere else, also while there are none */
  readonly makes: (noun: string) => boolean
  /** what is named, as far as it is there and the sender may know of it */
  readonly find: (it: Reference) => Placed | undefined
  /** the parties that have to know an object, and have not acknowledged it; needs its ledger among what the flow refers to */
  readonly unaware?: (it: Reference) => readonly string[]
  /** mRIDs and names of all objects of a noun that the flow watches */
  readonly identities?: (noun: string) => readonly string[]
  /** what the flow searches for */
  readonly all?: FindAll
  /** true where the sender has told everything of the noun once, as its flow `begins` */
  readonly hasBegun?: () => boolean
}

/** A step that a change of one object means for another. */
export interface Move extends Reference {
  /** absent = what the change is, by the object's own flow */
  readonly trigger?: string
  /** what the step makes of the object's content; by default what the flow asks for by this verb, else nothing */
  readonly change?: (object: JsonObject) => JsonObject
  /** taken where it can be: what is not there, or knows no such step, stays as it is */
  readonly optional?: true
}

/** An object that others may know by other names than a message has. */
export interface NamedElsewhere {
  readonly references: (named: Json | undefined) => readonly Reference[]
  /** as entries of Names */
  readonly names: (object: JsonObject) => readonly JsonObject[]
}

/** One flow; every field is data or a pure function. */
export interface Flow extends Timely, Findable, Belongs {
  /** also the name of its file and of its folder in samples/ */
  readonly id: string
  readonly noun: string
  readonly verbs: readonly Verb[]
  /** RR = request and reply, EV = event */
  readonly pattern: 'RR' | 'EV'
  /** one sentence for the README */
  readonly about: string
  /** flow ids of the catalogue and cases of EPRI */
  readonly source: string
  /** objectType of IDs in replies */
  readonly objectType: string
  readonly lifecycle: Lifecycle
  /** who may take its steps; absent = nobody is told apart */
  readonly by?: ByRole
  /**
   * Which step of the lifecycle a change from one content to another is; absent = does not exist before or after.
   * @param around absent where nothing else is known
   */
  readonly trigger: (
    before: JsonObject | undefined,
    after: JsonObject | undefined,
    around?: Around,
  ) => string
  /** by what its objects can be asked for besides who they are */
  readonly criteria?: Criteria
  /** the object without what a change has made untrue of it */
  readonly settled?: (before: JsonObject, after: JsonObject) => JsonObject
  /** what the business does not allow of an object as it would be */
  readonly rules?: (
    after: JsonObject,
    around: Around,
    before: Placed | undefined,
  ) => readonly Breach[]
  /** what has to hold of an object whoever tells of it: an event that breaks it is refused too, and told on to nobody */
  readonly invariants?: (
    after: JsonObject,
    around: Around,
    before: Placed | undefined,
  ) => readonly Breach[]
  /** what stays as it is once it is decided, whoever asks for a change or tells of one */
  readonly frozen?: Frozen
  /** what an event about it has to hold besides, before it is told on to anybody; so has one that the gateway makes of it */
  readonly tells?: (
    after: JsonObject,
    around: Around,
    before: Placed | undefined,
  ) => readonly Breach[]
  /** an event about it asks for an acknowledgement, and is sent again until it has one */
  readonly acknowledged?: Acknowledged
  /** for objects with several lives in one, such as an order with several works: takes the place of `trigger` */
  readonly stepped?: (before: Placed | undefined, after: JsonObject) => Stepped
  /** the rules that steps of the lifecycle name as guards: why the step is not allowed, undefined when it is */
  readonly guards?: Readonly<
    Record<string, (after: JsonObject, around: Around) => string | undefined>
  >
  /** other objects that rules and guards look at, and that steps are taken with */
  readonly refers?: (object: JsonObject) => readonly Reference[]
  /**
   * The same of objects that others lead to: asked again with what has been found, until nothing is new.
   * @param find what is known so far
   * @param all of what has been searched for, as far as that has been done
   */
  readonly leadsTo?: (
    object: JsonObject,
    find: Around['find'],
    all: FindAll,
  ) => readonly Reference[]
  readonly claims?: Claims
  /** what a get asks of a party is kept as an object, and what it answers is news */
  readonly asking?: Asking
  /** a shorter name of its resource in the façade */
  readonly resource?: string
  /** nouns of whose objects all mRIDs and names are to be known */
  readonly watches?: readonly string[]
  /** when it may be told on, as xs:dateTime: not before the earliest, and not after the latest */
  readonly hours?: (object: JsonObject) => {
    readonly earliest: string | undefined
    readonly latest: string | undefined
  }
  /** what an object that a party was asked to make falls short of, by the message that asked and by the reply to it */
  readonly short?: FallsShort
  /** its items count all or not at all: what it is changed to at a party that has made some of them and refused others */
  readonly undoes?: (object: JsonObject, isMade: (at: number) => boolean) => JsonObject
  /** true for what is about one device, false for what is about a group of them, which more parties may be shown */
  readonly individual?: (object: JsonObject) => boolean
  /** who serves an object, by its own words: organisations, places of the network; the provider of one of them has it */
  readonly servedBy?: (object: JsonObject) => readonly Json[]
  /** who serves it besides, at this instant: may know of it, too, until it changes next */
  readonly sharedWith?: (object: JsonObject, now: string) => readonly Json[]
  /** true for what everybody may know of */
  readonly isPublic?: true
  /** roles whose parties have to know its objects before others may rely on it: who has acknowledged which revision is kept */
  readonly synchronizedTo?: readonly Role[]
  /** what the parties that have to know its objects have made of them, beside what they have acknowledged */
  readonly drift?: Drift
  /** by what an object is known that has no mRID; absent = by one that it is given */
  readonly idOf?: (object: JsonObject) => string | undefined
  /** a change tells the whole of an object: it takes the place of what was there, and is merged with nothing */
  readonly isWhole?: true
  /** true for an object of a transfer of everything: that its sender has told one is kept */
  readonly begins?: (object: JsonObject) => boolean
  /** member by which an object is known that a vendor has no mRID of, and where it is found by that */
  readonly found?: {
    readonly by: string
    readonly as: (object: JsonObject) => readonly Reference[]
  }
  /** rule by which it is told, at the level INFORM, that an object has been there before */
  readonly repeatRule?: RuleName
  /** members that name an object kept here: by what it is found, and by what names others know it */
  readonly named?: Readonly<Record<string, NamedElsewhere>>
  /** lists whose order says nothing, also those within their items: where only the order is another one, nothing has changed */
  readonly unordered?: readonly string[]
  /** a collection of its objects may be posted that is answered object by object, `POST …:batch`: the member by which each is known besides its place */
  readonly batch?: { readonly by: string }
  /** lists whose items are each about one organisation: of these a provider sees its own alone */
  readonly apart?: Readonly<Record<string, (item: JsonObject) => Json | undefined>>
  /** what is registered by an object: whatever names one of these belongs to its provider too */
  readonly registers?: (object: JsonObject) => readonly (Json | undefined)[]
  /** NameTypes by which an object names what it belongs to, in a profile without an element for it: no names of its own */
  readonly links?: readonly string[]
  readonly status?: Status
  /** steps of other objects that go with this change; all or none are taken */
  readonly moves?: (
    before: JsonObject | undefined,
    after: JsonObject,
    find: Around['find'],
    all: FindAll,
    now: string,
  ) => readonly Move[]
  /** the same when it is cancelled, closed or deleted */
  readonly leaves?: (before: JsonObject, around: Around) => readonly Move[]
  /** steps of other objects when whoever was to carry it out has refused, or could not be reached for good */
  readonly refused?: (object: JsonObject, find: Around['find']) => readonly Move[]
  /** objects of other flows that may wait for it in vain where it was refused as a part of what was asked */
  readonly holdsUp?: (object: JsonObject) => readonly Reference[]
  /** milliseconds at which it is over by the clock, and is closed by itself; undefined = by word alone */
  readonly endsAt?: (it: Placed) => number | undefined
  /** what is otherwise where the configuration asks for it, by the name of the policy */
  readonly policies?: Readonly<Partial<Record<PolicyName, Partial<Omit<Flow, 'policies'>>>>>
  /** what is otherwise by the numbers that the configuration gives */
  readonly quantities?: (
    values: Quantities,
    asked: readonly PolicyName[],
  ) => Partial<Omit<Flow, 'policies' | 'quantities'>>
  /** and by what it has chosen */
  readonly choices?: (chosen: Choices) => Partial<Omit<Flow, 'policies' | 'quantities' | 'choices'>>
  /** what is told of an object that is accepted all the same, at the level WARNING, and stands as an alarm */
  readonly warnings?: (
    after: JsonObject,
    around: Around,
    before: Placed | undefined,
  ) => readonly Breach[]
  /** by state: an alarm for as long as an object is in it, or is held up in it */
  readonly alarms?: Readonly<Record<string, Standing>>
  /** the state that an object is in by now, where something ends by the clock and nobody need tell of it */
  readonly byNow?: (it: Placed, around: Around) => string
  /** the same when it is gone */
  readonly ends?: (before: JsonObject, find: Around['find'], all: FindAll) => readonly Move[]
  /** what of an object that has come into the state has not come about: accepted as it is, and answered PARTIAL with one Error for each */
  readonly unfinished?: (object: JsonObject, state: string) => readonly Breach[]
  /** said at the level INFORM beside OK: when the object has come into the state, and whenever it is asked for */
  readonly says?: (object: JsonObject, state: string, around?: Around) => Saying | undefined
  /** what a verb without content asks an object to be; by default the lifecycle has a trigger of the verb's name */
  readonly asks?: Readonly<Partial<Record<'cancel' | 'close', (object: JsonObject) => JsonObject>>>
  /** what a PUT of one object says beside it, unless it says otherwise itself */
  readonly puts?: JsonObject
  /** steps with a name of their own in the façade, `POST …/{id}:approve`: the change that each is */
  readonly steps?: Readonly<Record<string, FacadeStep>>
  /** the same of the items of a list, `POST …/{id}/stages/{item}:start`: what each is asked to be */
  readonly itemSteps?: ItemSteps
  /** what has to be sent when an object has changed, in this order */
  readonly next?: readonly Following[]
  /** objects of other flows that may have waited for a change: what has to be sent next of these is asked anew */
  readonly furthers?: (before: JsonObject | undefined, after: JsonObject) => readonly Reference[]
  /** the same of objects that it does not name */
  readonly awaits?: (after: JsonObject) => readonly Search[]
  /** by the name of the member that holds them */
  readonly parts?: Readonly<Record<string, Part>>
  /** member of the object that counts its changes: raised by each change that does not set it itself */
  readonly version?: string
  /** which changes it counts; absent = all */
  readonly counts?: (before: JsonObject, after: JsonObject) => boolean
}

/** Keeps a declaration's exact type. */
export function defineFlow<const F extends Flow>(flow: F): F {
  return flow
}
