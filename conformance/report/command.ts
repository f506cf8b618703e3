// The command line that shows a finding once more.

import { NEGATIVE } from '../negative.ts'
import type { Results } from '../results-shape.ts'

/** To be typed in the folder of the run, where its capability statement lies. */
export function commandFor({ run }: Pick<Results, 'run'>, scenario: string): string {
  const again = ['npx', 'cimgate', 'conformance', 'run']
  // What others have exchanged is not played once more: it is judged once more.
  if (['offline', 'middle'].includes(run.mode)) {
    const schemas = (run.options ?? []).filter(({ name }) => name === '--xsd')
    return line([...again, '--mode', 'offline', '--messages', 'wire', ...wordsOf(schemas)])
  }
  const isNegative = scenario.startsWith(`${NEGATIVE}/`)
  const options = (run.options ?? []).filter(
    ({ name }) => isNegative || !['--negative', '--count'].includes(name),
  )
  return line([
    ...[...again, '--ics', 'ics.json'],
    ...(isOfTester(run) ? [] : ['--target', run.target]),
    ...(run.mode === 'client' ? [] : ['--mode', run.mode]),
    ...(run.strict ? ['--strict'] : []),
    ...wordsOf(options),
    ...['--only', scenario, '--seed', run.seed],
  ])
}

/** A server is called at an address that the tester had then; in a pair it may have played everybody. */
function isOfTester({ mode, clock }: Results['run']): boolean {
  return mode === 'server' || (mode === 'pair' && clock === 'virtual')
}

function wordsOf(options: NonNullable<Results['run']['options']>): readonly string[] {
  return options.flatMap(({ name, value }) => [name, value])
}

function line(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

/** For a shell of POSIX: what is more than a plain word stands in single quotes. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
