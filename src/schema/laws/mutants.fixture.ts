// For tests only: wrong messages, judged; each has to give the findings that it announces, and no other.

import { writeJson } from '../json-text.ts'
import { SCHEMAS, judged } from './laws.fixture.ts'
import { messageFromJson } from '../message-xml.ts'
import { mutants } from '../mutate/mutate.ts'
import type { Expectation, Mutant, MutantOptions } from '../mutate/mutate.ts'

/** As a set: the engine may say one thing twice, and order says nothing. */
function setOf(list: readonly Expectation[]): string {
  return [...new Set(list.map((it) => `${it.rule} ${it.path}`))].sort().join('\n')
}

function findingsOf({ xml, json }: Mutant): readonly Expectation[] {
  return xml === undefined ? messageFromJson(json ?? null, SCHEMAS).issues : judged(xml).findings
}

/** How many mutants there are, and what is told of those that are found guilty of anything but what is due. */
export function inexact(
  noun: string,
  options: MutantOptions,
): { readonly count: number; readonly broken: readonly string[] } {
  const all = mutants(SCHEMAS, noun, options)
  const broken = all.flatMap((it) => {
    const [found, due] = [setOf(findingsOf(it)), setOf(it.expect)]
    if (found === due && due !== '') return []
    const text = it.xml ?? writeJson(it.json ?? null)
    return [
      `${noun} ${JSON.stringify(options)} ${it.name}\ndue:\n${due}\nfound:\n${found}\n${text}`,
    ]
  })
  return { count: all.length, broken }
}
