// The command line that shows a finding once more.

import type { Results } from '../results-shape.ts'

/** To be typed in the folder of the run, where its capability statement lies. */
export function commandFor({ run }: Pick<Results, 'run'>, scenario: string): string {
  const again = ['npx', 'cimgate', 'conformance', 'run', '--mode', 'offline', '--messages', 'wire']
  // What others have exchanged is not played once more: it is judged once more.
  if (['offline', 'middle'].includes(run.mode)) return again.join(' ')
  const words = [
    ...['npx', 'cimgate', 'conformance', 'run', '--ics', 'ics.json', '--target', run.target],
    ...(run.mode === 'client' ? [] : ['--mode', run.mode]),
    ...(run.strict ? ['--strict'] : []),
    ...['--only', scenario, '--seed', run.seed],
  ]
  return words.map(quoted).join(' ')
}

/** For a shell of POSIX: what is more than a plain word stands in single quotes. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
