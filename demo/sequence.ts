// A scenario as a sequence diagram: as Mermaid text, and as plain text for a terminal.

import { changeText } from './compared.ts'
import type { Step } from './compared.ts'
import type { Change } from './passed.ts'

/** Id and name of whoever takes part, from left to right. */
export type Participants = readonly (readonly [id: string, name: string])[]

/** Whoever sends or is sent something, in the order of a list. */
export function participantsIn(steps: readonly Step[], ids: readonly string[]): readonly string[] {
  const seen = new Set(steps.flatMap(({ passed }) => [passed.from, passed.to]))
  return ids.filter((it) => seen.has(it))
}

/** For Mermaid. */
export function mermaid(steps: readonly Step[], all: Participants): string {
  const id = (it: string) => it.replace(/\W/g, '_')
  return [
    'sequenceDiagram',
    ...all.map(([it, name]) => `  participant ${id(it)} as ${name}`),
    ...steps.flatMap(({ passed: { from, to, verb, noun, changes, reply } }) => {
      const isRefused = reply !== 'OK'
      const sign = isRefused ? '-x' : '->>'
      const line = `  ${id(from)}${sign}${id(to)}: ${verb} ${noun}${isRefused ? ` (${reply})` : ''}`
      return [line, ...changes.map((it) => `  Note over ${id(to)}: ${shown(it, noun)}`)]
    }),
  ].join('\n')
}

/** The noun of the message itself goes without saying. */
function shown(change: Change, noun: string): string {
  const text = changeText(change)
  return change.noun === noun ? text.slice(noun.length + 2) : text
}

/** columns of a lifeline */
const WIDTH = 14

/** For a terminal: one row for each message, its text at the end. */
export function plain(steps: readonly Step[], all: Participants): string {
  const places = new Map(all.map(([id], at) => [id, at * WIDTH + WIDTH / 2]))
  const lines = steps.map(({ passed }, at) => {
    const { from, to, verb, noun, changes, reply } = passed
    const [a = 0, b = 0] = [places.get(from), places.get(to)]
    const said = [
      `${verb} ${noun}`,
      ...changes.map((it) => shown(it, noun)),
      ...(reply === 'OK' ? [] : [reply]),
    ].join('; ')
    return `${String(at + 1).padStart(3)} ${arrow(a, b, lifelines(all.length), reply === 'OK')}  ${said}`
  })
  return [...heads(all), ...lines].map((it) => it.trimEnd()).join('\n')
}

function lifelines(count: number): string {
  return Array.from({ length: count }, () => '|'.padStart(WIDTH / 2 + 1).padEnd(WIDTH)).join('')
}

function arrow(from: number, to: number, line: string, isTaken: boolean): string {
  const [left, right] = from < to ? [from, to] : [to, from]
  const shaft = '-'.repeat(Math.max(0, right - left - 2))
  const tip = isTaken ? (from < to ? '>' : '<') : 'x'
  const drawn = from < to ? `${shaft}${tip}` : `${tip}${shaft}`
  return `${line.slice(0, left + 1)}${drawn}${line.slice(right)}`
}

/** Names, a word on a line. */
function heads(all: Participants): readonly string[] {
  const words = all.map(([, name]) => name.split(' '))
  const height = Math.max(...words.map((it) => it.length))
  return Array.from({ length: height }, (_, at) => {
    const row = words.map((it) => centred(it[at - height + it.length] ?? ''))
    return `    ${row.join('')}`
  })
}

function centred(word: string): string {
  const left = WIDTH / 2 + 1 - Math.ceil(word.length / 2)
  return `${' '.repeat(Math.max(0, left))}${word}`.padEnd(WIDTH).slice(0, WIDTH)
}
