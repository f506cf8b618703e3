// Configurations for tests: files that lie nowhere.

import { load } from './check.ts'
import type { Loaded } from './index.ts'
import { problemText } from './problem.ts'

export const FILE = 'cimgate.yaml'

/** What a text comes to, with other files beside it, `presets/<name>.yaml` among them. */
export function loaded(
  text: string,
  environment: Readonly<Record<string, string>> = {},
  others: Readonly<Record<string, string>> = {},
): Promise<Loaded> {
  const files: Readonly<Record<string, string>> = { ...others, [FILE]: text }
  const read = (path: string) =>
    files[path] === undefined
      ? Promise.reject(new Error('there is no such file'))
      : Promise.resolve(files[path])
  return load(FILE, environment, { read, presets: 'presets' })
}

/** Its problems and warnings, one a line, without the name of the file. */
export async function problemLines(
  text: string,
  environment: Readonly<Record<string, string>> = {},
  others: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const { problems } = await loaded(text, environment, others)
  return problems.map((it) => problemText(it).replace(`${FILE}:`, ''))
}
