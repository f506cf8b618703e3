// Topics that no event can ever match: whoever asks for one is told so, and does not wait for ever.

import { DELIVERY } from '../delivery/transition.ts'
import { nearestNoun } from '../nouns.ts'
import { noParameter } from '../parameters.ts'
import type { SchemaSet } from '../../schema/schemas.ts'

/** By what WS /status can be asked. */
const ASKED: readonly string[] = ['topics', 'since']

/**
 * What is wrong with the query of a request for WS /status, and how to mend it; undefined when nothing is.
 * @param query names with all their values
 */
export function statusFault(
  query: ReadonlyMap<string, readonly string[]>,
  schemas: SchemaSet,
): string | undefined {
  const unknown = [...query.keys()].find((it) => !ASKED.includes(it))
  if (unknown !== undefined) {
    const { reason, mend } = noParameter(unknown, ASKED)
    return `${reason} ${mend}`
  }
  if ((query.get('since') ?? []).length > 1) return 'since stands there twice; write it once.'
  return topicFault(query.get('topics') ?? [], schemas)
}

const EVERYTHING: readonly string[] = ['*', '*/*']
const FORM = 'A topic is <Noun>/<mRID>, <Noun>/*, messages/<MessageID>, messages/* or *'

/**
 * What is wrong with the topics of a request for WS /status, and how to mend it; undefined when nothing is. Nouns are those
 * of the schemas in use, dropped-in ones included.
 * @param all each value of `topics` in the query; none, and an empty one, stand for everything
 */
export function topicFault(all: readonly string[], schemas: SchemaSet): string | undefined {
  if (all.length > 1) return 'topics stands there twice; write all of them into one, with commas.'
  const [text = ''] = all
  if (text.trim() === '') return undefined
  for (const topic of text.split(',')) {
    const fault = faultOf(topic.trim(), schemas)
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultOf(topic: string, schemas: SchemaSet): string | undefined {
  if (topic === '') return 'A topic is empty; leave out the comma beside it.'
  if (EVERYTHING.includes(topic)) return undefined
  const at = topic.indexOf('/')
  const noun = at < 0 ? topic : topic.slice(0, at)
  if (noun !== DELIVERY && !isKept(noun, schemas)) return unknown(topic, noun, schemas)
  if (at < 0 || at === topic.length - 1)
    return `${topic} names no object. ${FORM}; write ${noun}/* for all of them.`
  return undefined
}

/** A query is no object to which something could happen. */
function isKept(noun: string, { catalogue }: SchemaSet): boolean {
  return catalogue.isNoun(noun) && catalogue.queried(noun) === undefined
}

function unknown(topic: string, noun: string, schemas: SchemaSet): string {
  if (noun === '' || noun === '*') return `${topic} can match nothing. ${FORM}.`
  const asked = schemas.catalogue.queried(noun)
  if (asked !== undefined) return `Nothing happens to ${noun}, a query; write ${asked}/*.`
  const near = nearestNoun(schemas, noun)
  const mend = near === undefined ? 'GET /docs lists the nouns' : `did you mean ${near}/*`
  return `There is no noun ${noun}, so that ${topic} can match nothing; ${mend}${near === undefined ? '.' : '?'}`
}
