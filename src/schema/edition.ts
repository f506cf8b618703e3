// The key of an edition: a short name for a set of schemas, such as `iec-61968-5@2017`. Imported sets are kept under it, and
// a configuration chooses by it.

import { DRAFT_NS } from '../envelope/namespaces.ts'

/** Letters, digits, `.` and `-`, at most one `@` before the edition itself; it is a folder's name too. */
const KEY =
  /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?:@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)?$/

const MOST_CHARACTERS = 64

/** words that stand for something else where an edition is chosen, and `<n>` alone, which is a year */
const RESERVED = /^(?:shipped|draft@.*|\d{4})$/

/** Why a text is no key for an imported set; undefined when it is one. */
export function keyFault(text: string): string | undefined {
  if (!KEY.test(text) || text.includes('..') || text.length > MOST_CHARACTERS)
    return `${text} is no edition key; write letters, digits, "." and "-", and the edition after "@", as in iec-61968-8@2015`
  return RESERVED.test(text) ? `${text} has a meaning of its own; choose another key` : undefined
}

/** The year in a namespace; empty when there is none. */
export function yearOf(ns: string): string {
  return /[/:-](\d{4})(?=[/:#-]|$)/.exec(ns)?.[1] ?? ''
}

/**
 * The key that a namespace suggests: by the part of IEC 61968 where it is known, else by its host.
 * @param part of IEC 61968; empty where it is not known
 */
export function editionKey(ns: string, part: string): string {
  const year = yearOf(ns)
  const name = ns.startsWith(DRAFT_NS) ? 'draft' : isIec(ns) ? iecName(part) : hostName(ns)
  return year === '' ? name : `${name}@${year}`
}

function isIec(ns: string): boolean {
  return /^https?:\/\/(?:www\.)?iec\.ch\/TC57\//i.test(ns)
}

function iecName(part: string): string {
  return part === '' ? 'iec-tc57' : `iec-61968-${part}`
}

/** `http://www.naesb.org/espi` -> `naesb-org`, `urn:iec62325.351:tc57…` -> `iec62325.351` */
function hostName(ns: string): string {
  const host = /^[a-z]+:\/\/(?:www\.)?([^/:?#]+)/i.exec(ns)?.[1]?.replaceAll('.', '-')
  const name = host ?? /^urn:([^:#]+)/i.exec(ns)?.[1] ?? ns
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9.-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '') || 'none'
  )
}
