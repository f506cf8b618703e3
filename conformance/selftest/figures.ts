// The figures of the last self-test, shipped with the suite: every run shows them, as long as they are of the suite that runs.

import { existsSync, readFileSync } from 'node:fs'
import type { Figures } from './selftest.ts'

/** As they are shipped. */
export interface Shipped extends Figures {
  /** hash of the suite that they are of */
  readonly suite: string
}

/** Made by `npm run selftest:figures`. */
export const FIGURES = new URL('../../../conformance/selftest/figures.json', import.meta.url)

/** Those of the suite with this hash; undefined where it has changed since. */
export function figuresFor(hash: string): Figures | undefined {
  if (!existsSync(FIGURES)) return undefined
  const { suite, ...figures } = JSON.parse(readFileSync(FIGURES, 'utf8')) as Shipped
  return suite === hash ? figures : undefined
}
