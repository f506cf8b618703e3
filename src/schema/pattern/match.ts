// Does a text match a pattern? Where the expression of the language could try an exponential number of ways, the
// pattern is walked in all ways at once instead: no pattern and no text takes longer than their lengths multiplied.

import { LONGEST_JUDGED } from '../decimal.ts'
import { patternOf } from './pattern.ts'
import { parsePattern } from './parse.ts'
import type { Node } from './parse.ts'

/** Undefined where it cannot be told within bounds: the XSD engine alone judges it. */
export function matches(pattern: string, text: string): boolean | undefined {
  const expression = patternOf(pattern)
  if (expression === undefined || text.length > LONGEST_JUDGED) return undefined
  const program = programOf(pattern)
  return program === 'safe' ? expression.test(text) : program?.(text)
}

type Program = ((text: string) => boolean | undefined) | 'safe' | undefined

const programs = new Map<string, Program>()

function programOf(pattern: string): Program {
  if (!programs.has(pattern)) programs.set(pattern, compiled(pattern))
  return programs.get(pattern)
}

function compiled(pattern: string): Program {
  const node = parsePattern(pattern)
  if (node === undefined) return undefined
  if (!isRisky(node)) return 'safe'
  const steps: Step[] = []
  return write(node, steps) ? (text) => run(steps, text) : undefined
}

/** variable quantifiers that an expression may have one after the other */
const MOST_CHOICES = 4
/** repetitions above which a quantifier counts as endless */
const MANY = 8

/** True where repetitions could be divided in many ways: one inside the other, or several in a row. */
function isRisky(node: Node): boolean {
  const loops = loopsIn(node)
  const variable = loops.filter((it) => it.min !== it.max)
  const nested = loops.some(({ max, item }) => max > 1 && isVariable(item))
  const endless = variable.filter((it) => it.max > MANY)
  return nested || variable.length > MOST_CHOICES || endless.length > 1
}

type Loop = Node & { readonly kind: 'loop' }

function loopsIn(node: Node): readonly Loop[] {
  if (node.kind === 'one') return []
  if (node.kind === 'loop') return [node, ...loopsIn(node.item)]
  return node.items.flatMap(loopsIn)
}

function isVariable(node: Node): boolean {
  if (node.kind === 'one') return false
  if (node.kind === 'loop') return node.min !== node.max || isVariable(node.item)
  return (node.kind === 'either' && node.items.length > 1) || node.items.some(isVariable)
}

/** One step of a program: takes a character, or goes on at several places. */
type Step = { readonly fits: (character: string) => boolean } | { readonly to: number[] }

/** steps of one pattern; repetitions are written out */
const MOST_STEPS = 20_000

/** False where it takes too many steps. */
function write(node: Node, steps: Step[]): boolean {
  if (steps.length > MOST_STEPS) return false
  switch (node.kind) {
    case 'one':
      steps.push({ fits: node.fits })
      return true
    case 'sequence':
      return node.items.every((it) => write(it, steps))
    case 'either':
      return writeEither(node.items, steps)
    default:
      return writeLoop(node, steps)
  }
}

function writeEither(items: readonly Node[], steps: Step[]): boolean {
  const fork: number[] = []
  steps.push({ to: fork })
  const ends = items.map((it) => {
    fork.push(steps.length)
    const isWritten = write(it, steps)
    const end: number[] = []
    steps.push({ to: end })
    return isWritten ? end : undefined
  })
  for (const end of ends) end?.push(steps.length)
  return !ends.includes(undefined)
}

function writeLoop({ item, min, max }: Loop, steps: Step[]): boolean {
  if (min > MOST_STEPS || (max !== Number.POSITIVE_INFINITY && max > MOST_STEPS)) return false
  for (let count = 0; count < min; count += 1) if (!write(item, steps)) return false
  if (max === Number.POSITIVE_INFINITY) return writeEndless(item, steps)
  const skips: number[][] = []
  for (let count = min; count < max; count += 1) {
    const fork = [steps.length + 1]
    skips.push(fork)
    steps.push({ to: fork })
    if (!write(item, steps)) return false
  }
  for (const it of skips) it.push(steps.length)
  return true
}

function writeEndless(item: Node, steps: Step[]): boolean {
  const start = steps.length
  const fork = [start + 1]
  steps.push({ to: fork })
  if (!write(item, steps)) return false
  steps.push({ to: [start] })
  fork.push(steps.length)
  return true
}

/** characters times steps that are walked at most */
const MOST_WORK = 20_000_000

function run(steps: readonly Step[], text: string): boolean | undefined {
  if (text.length * steps.length > MOST_WORK) return undefined
  let here = reached([0], steps)
  for (const character of text) {
    const next = [...here].filter((at) => {
      const step = steps[at]
      return step !== undefined && 'fits' in step && step.fits(character)
    })
    if (next.length === 0) return false
    here = reached(
      next.map((at) => at + 1),
      steps,
    )
  }
  return here.has(steps.length)
}

/** These places, and where they lead to without a character. */
function reached(from: readonly number[], steps: readonly Step[]): ReadonlySet<number> {
  const found = new Set<number>()
  const open = [...from]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue
    found.add(at)
    const step = steps[at]
    if (step !== undefined && 'to' in step) open.push(...step.to)
  }
  return found
}
