// A run without personal data: pseudonyms made with a key stand in their places, in the messages, in what was judged of them and
// in what the product has said of them. What was equal is equal; length and kind of characters stay, so that a value is still
// one of its type. Without the key nobody can tell whose they are, nor try out whether they are somebody's.

import { createHmac } from 'node:crypto'
import type { CaseResult, Finding, Results, SecondOpinion } from '../results-shape.ts'
import { isKept, isPersonal } from './personal.ts'
import { withTexts } from './texts.ts'
import type { Judged } from './evidence.ts'

/** @param key secret, and not kept with the run */
export function redacted<T extends Judged>(run: T, key: Uint8Array): T {
  const read = run.passed.map((it) => ({ ...it, text: readOctets(it.bytes) }))
  const known = new Set(read.flatMap(({ text }) => personalIn(text.text)))
  const hide = hider(known, key)
  const passed = read.map(({ text, ...it }) => ({
    ...it,
    bytes: text.write(hide.message(text.text)),
  }))
  return { ...run, passed, results: redactedResults(run.results, hide.text) }
}

function personalIn(message: string): readonly string[] {
  const found: string[] = []
  withTexts(message, (names, text) => {
    if (isPersonal(names, text)) found.push(text.trim())
    return text
  })
  return found.filter((it) => it !== '')
}

interface Hider {
  readonly message: (message: string) => string
  /** what is said of a message: the same values, wherever they stand in it */
  readonly text: (text: string) => string
}

/** Shorter values are hidden where they stand by themselves only: `12` is in every other sentence. */
const IS_TELLING = /\p{L}.*[\p{L}\p{N}].*[\p{L}\p{N}]|.{4}/su

function hider(known: ReadonlySet<string>, key: Uint8Array): Hider {
  const made = new Map([...known].map((it) => [it, pseudonym(it, key)]))
  const long = [...known].filter((it) => IS_TELLING.test(it)).sort((a, b) => b.length - a.length)
  const words = long.map((it) => it.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
  const any =
    words.length === 0
      ? undefined
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  const text = (it: string) =>
    made.get(it) ?? (any === undefined ? it : it.replace(any, (one) => made.get(one) ?? one))
  const whole = (it: string) => {
    const inner = it.trim()
    const put = made.get(inner)
    return put === undefined ? text(it) : it.replace(inner, () => put)
  }
  const message = (it: string) => withTexts(it, (names, one) => (isKept(names) ? one : whole(one)))
  return { message, text }
}

function redactedResults(results: Results, hide: (text: string) => string): Results {
  const finding = (it: Finding): Finding => ({
    ...it,
    expected: hide(it.expected),
    got: hide(it.got),
    message: hide(it.message),
    mend: hide(it.mend),
  })
  const ofCase = (it: CaseResult): CaseResult => ({
    ...it,
    ...(it.why === undefined ? {} : { why: hide(it.why) }),
    findings: it.findings.map(finding),
  })
  return {
    ...results,
    run: { ...results.run, redacted: true },
    wire: results.wire.map((it) => ('asked' in it ? { ...it, asked: lineOf(it.asked, hide) } : it)),
    cases: results.cases.map(ofCase),
    ...(results.ledger === undefined
      ? {}
      : {
          ledger: results.ledger.map((it) => ({ ...it, said: hide(it.said), got: hide(it.got) })),
        }),
    ...(results.unmatched === undefined
      ? {}
      : { unmatched: results.unmatched.map((it) => ({ ...it, why: hide(it.why) })) }),
    ...(results.secondOpinion === undefined
      ? {}
      : { secondOpinion: opinion(results.secondOpinion, hide) }),
  }
}

/** A path holds values in a way of writing of its own. */
function lineOf(asked: string, hide: (text: string) => string): string {
  return asked.replace(/[^\s/?&=:]+/g, (part) => {
    const said = decoded(part.replaceAll('+', ' '))
    const hidden = hide(said)
    return hidden === said ? part : encodeURIComponent(hidden)
  })
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function opinion(it: SecondOpinion, hide: (text: string) => string): SecondOpinion {
  if ('missing' in it) return it
  return {
    ...it,
    undecided: it.undecided.map(hide),
    disagreements: it.disagreements.map((one) => ({
      ...one,
      ours: hide(one.ours),
      theirs: hide(one.theirs),
    })),
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Letter for letter, digit for digit; everything else stays. */
export function pseudonym(value: string, key: Uint8Array): string {
  const chance = chanceOf(value, key)
  if (UUID.test(value))
    return value.replace(/[0-9a-f]/gi, (it, at: number) =>
      at === 14 || at === 19 ? it : sameCase(it, '0123456789abcdef'.charAt(chance() % 16)),
    )
  return value.replace(/[\p{L}\p{N}]/gu, (it) => {
    if (/\d/.test(it)) return it === '0' ? '0' : String(1 + (chance() % 9))
    if (/\p{N}/u.test(it)) return it
    return sameCase(it, String.fromCharCode(97 + (chance() % 26)))
  })
}

function sameCase(like: string, letter: string): string {
  return /\p{Lu}/u.test(like) ? letter.toUpperCase() : letter
}

/** Octets that follow from the value and the key, as many as are asked for. */
function chanceOf(value: string, key: Uint8Array): () => number {
  let [block, at, count] = [Buffer.alloc(0), 0, 0]
  return () => {
    if (at === block.length) {
      block = createHmac('sha256', key).update(`${count}\0${value}`).digest()
      ;[at, count] = [0, count + 1]
    }
    at += 1
    return block[at - 1] ?? 0
  }
}

interface Read {
  readonly text: string
  readonly write: (text: string) => Uint8Array
}

/** As text and back: in the encoding that it is in; octet for character where it is in none. */
function readOctets(bytes: Uint8Array): Read {
  const mark = `${bytes[0] ?? ''},${bytes[1] ?? ''}`
  if (mark === '255,254')
    return {
      text: Buffer.from(bytes).toString('utf16le'),
      write: (it) => Buffer.from(it, 'utf16le'),
    }
  if (mark === '254,255') {
    const swapped = (it: Uint8Array) => Buffer.from(it.subarray(0, it.length & ~1)).swap16()
    return {
      text: swapped(bytes).toString('utf16le'),
      write: (it) => Buffer.from(it, 'utf16le').swap16(),
    }
  }
  const text = Buffer.from(bytes).toString('utf8')
  const encoding = Buffer.from(text, 'utf8').equals(bytes) ? 'utf8' : 'latin1'
  return {
    text: Buffer.from(bytes).toString(encoding),
    write: (it) => Buffer.from(it, encoding),
  }
}
