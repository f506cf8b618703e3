// Documents as the parties have sent and received them, judged against xsd/ by cimgate as a library.

import type { Cimgate } from '../src/index.ts'

/** How many documents there were, and what is wrong with those that are not valid. */
export interface Judged {
  readonly count: number
  readonly wrong: readonly string[]
}

/** @param documents messages and replies, each as it stood on the wire */
export async function judged(documents: readonly string[], cimgate: Cimgate): Promise<Judged> {
  const wrong: string[] = []
  for (const it of documents) {
    const { verdict, noun, verb, findings } = await cimgate.validate(new TextEncoder().encode(it))
    if (verdict !== 'valid') wrong.push(`${verb} ${noun} is ${verdict}: ${findings[0]?.message}`)
  }
  return { count: documents.length, wrong }
}
