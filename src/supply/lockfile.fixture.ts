// What package.json and package-lock.json say of the packages that cimgate stands on.

import { readFileSync } from 'node:fs'
import { ROOT } from '../layers/sources.fixture.ts'

/** One installed package as the lockfile has it. */
export interface Locked {
  /** from the root: `node_modules/koa/node_modules/statuses` */
  readonly path: string
  readonly name: string
  readonly version: string
  readonly license?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly dev?: boolean
  readonly hasInstallScript?: boolean
  readonly optional?: boolean
}

/** The floors and lists of deploy/supply.json. */
export interface Supply {
  readonly mostRuntimePackages: number
  readonly licences: readonly string[]
  readonly node: { readonly floor: string; readonly deploy: readonly string[] }
  readonly floors: Readonly<Record<string, { readonly floor: string; readonly exact?: boolean }>>
  readonly refused: Readonly<Record<string, string>>
}

/** The manifest, as far as it is asked here. */
export interface Manifest {
  readonly engines: { readonly node: string }
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

export function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(`${ROOT}${path}`, 'utf8')) as T
}

/** Every package of the lockfile, the root itself apart. */
export function lockedIn(lockfile: object): readonly Locked[] {
  const { packages } = lockfile as { readonly packages: Readonly<Record<string, Locked>> }
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, it]) => ({ ...it, path, name: nameAt(path) }))
}

/** Those that are there when cimgate runs, on any platform. */
export function runtimeOf(all: readonly Locked[]): readonly Locked[] {
  return all.filter((it) => it.dev !== true)
}

function nameAt(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

/** Below zero when the first version is the lower one. Versions are `1.2.3`; what stands behind a hyphen is before it. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let at = 0; at < 3; at += 1) {
    const apart = (left.numbers[at] ?? 0) - (right.numbers[at] ?? 0)
    if (apart !== 0) return apart
  }
  return Number(left.isFinal) - Number(right.isFinal)
}

function partsOf(version: string) {
  const [numbers = '', ...rest] = version.split('-')
  return { numbers: numbers.split('.').map(Number), isFinal: rest.length === 0 }
}
