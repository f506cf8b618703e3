// Messages as they stood on the wire, judged against xsd/ by cimgate as a library.

import type { Cimgate } from '../src/index.ts'
import type { Leg } from './passed.ts'

/** How many documents there were, and what is wrong with those that are not valid. */
export interface Judged {
  readonly count: number
  readonly wrong: readonly string[]
}

/** Every message and every reply of these legs. */
export async function judged(legs: readonly Leg[], cimgate: Cimgate): Promise<Judged> {
  const texts = legs.flatMap(({ verb, noun, request, reply }) => [
    [`${verb} ${noun}`, request] as const,
    [`the reply to ${verb} ${noun}`, reply] as const,
  ])
  const wrong: string[] = []
  let count = 0
  for (const [what, text] of texts) {
    if (text === null || text === '') continue
    const { verdict, findings } = await cimgate.validate(new TextEncoder().encode(text))
    count += 1
    if (verdict !== 'valid') wrong.push(`${what} is ${verdict}: ${findings[0]?.message ?? ''}`)
  }
  return { count, wrong }
}
