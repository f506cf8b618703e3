// One run of the sample generator: which model, which choices, how many elements are still to be had.

import { CimError } from '../../envelope/errors.ts'
import type { Json } from '../json-text.ts'
import type { Declared } from '../message-json.ts'
import { key } from '../model.ts'
import type { Model } from '../model.ts'
import { randomOf } from '../random.ts'
import type { Random } from '../random.ts'

/** One run of the generator. */
export interface Sampling {
  readonly model: Model
  readonly random: Random
  /** an example for people: nothing odd, and of the optional parts only those that identify */
  readonly tidy: boolean
  /** levels down to which a tidy sample shows the objects that belong to an object */
  readonly related: number
  /**
   * Notes that so many elements are about to be made, so many levels below the outermost.
   * @throws {CimError} `unusable-schema` where the schema asks for more than a sample can have
   */
  readonly make: (count: number, levels: number) => void
  /**
   * Ends the run: the schema asks for what no document can hold.
   * @throws {CimError} `unusable-schema`, with the place and the reason
   */
  readonly refuse: (reason: string) => never
  /** in a tidy sample: everything that may be there, instead of what a person takes in at a glance */
  readonly full: boolean
  /** takes one from the elements that may be made beyond the necessary ones; false when none is left */
  readonly spend: () => boolean
}

/** Children of the outermost type whose value is given; undefined where the child is to be left out. */
export type Given = ReadonlyMap<string, Json | undefined>

/** elements of one sample, those included that the schema asks for */
const MOST_MADE = 20_000
/** levels of one sample; a document may have 64 */
const MOST_LEVELS = 100

/** an object, what it consists of, and what that refers to */
const RELATED_LEVELS = 5

/**
 * A run of its own.
 * @param root outermost element, or that of the message which what is made belongs to
 * @param seed 0 = tidy
 * @param size elements beyond the necessary ones, at most
 * @param topic tells apart the runs for one message: the name of what is made, and a number where there are several
 */
export function samplingOf(
  { model, decl }: Declared,
  seed: number,
  size: number,
  topic: string,
): Sampling {
  let left = size
  const spend = () => {
    left -= 1
    return left >= 0
  }
  const subject = topic.replace(/ .*/, '')
  const unusable = (what: string) =>
    new CimError('unusable-schema', `${model.placeOf(key(decl.ns, decl.name)) ?? decl.ns}: ${what}`)
  let made = 0
  const make = (count: number, levels: number) => {
    made += count
    if (made > MOST_MADE || levels > MOST_LEVELS)
      throw unusable(
        `A sample of ${subject} would have more than ${MOST_MADE} elements, or more than ${MOST_LEVELS} levels of them, as its schema requires`,
      )
  }
  const refuse = (reason: string) => {
    throw unusable(
      `There is no sample of ${subject}: ${reason}; messages are validated all the same`,
    )
  }
  const random = randomOf(seed, topic)
  return {
    ...{ model, random, tidy: seed === 0, related: RELATED_LEVELS, full: false },
    make,
    refuse,
    spend,
  }
}
