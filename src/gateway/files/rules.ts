// What the configuration says of one folder of files, and by what names files are known in it.

import type { FileKind } from '../../flows/file-kind.ts'
import { MANIFEST_SUFFIX } from './layout.ts'
import type { Layout } from './layout.ts'

/** How names tell what has become of files: an ending of ours, or a beginning as Oracle's ConfigProps have it. */
export const TAGS = {
  suffix: { done: (name: string) => `${name}.done`, failed: (name: string) => `${name}.failed` },
  prefix: { done: (name: string) => `Sent-${name}`, failed: (name: string) => `Error-${name}` },
} as const

/** Names that tell that a file is over, or that it is none yet. */
const TAGGED = /\.(done|failed|part|tmp)$|^(Sent-|Error-|\.)/

/** What becomes of records with the same key that are not the same. */
export type TwicePolicy = 'quarantine' | 'rejectFile' | 'lastWins' | 'firstWins'

/** One folder that is looked into. */
export interface FolderRules {
  /** its name in the configuration */
  readonly id: string
  readonly kind: FileKind
  /** path; who gives files there is trusted with no other */
  readonly folder: string
  /** party in whose name the records are told */
  readonly from: string
  /** milliseconds between two looks */
  readonly everyMs: number
  /** names that are files of this kind; `*` stands for any text */
  readonly names: string
  /** `required`: a file is whole when its manifest is there; `optional`: also when it has not grown for a while */
  readonly manifest: 'required' | 'optional'
  /** milliseconds for which a file without manifest has not changed */
  readonly settledMs: number
  /** where its manifest does not say */
  readonly layout: Layout
  readonly tags: keyof typeof TAGS
  readonly twice: TwicePolicy
  /** what becomes of a file in which records are wrong: the others are taken, or none is */
  readonly wrong: 'quarantine' | 'rejectFile'
  /** records of one message */
  readonly collection: number
  /** octets of a file at most */
  readonly mostBytes: number
}

/** What applies where the configuration does not say. */
export const FOLDER = {
  everyMs: 300_000,
  names: '*',
  manifest: 'required',
  settledMs: 10_000,
  tags: 'suffix',
  twice: 'quarantine',
  wrong: 'quarantine',
  collection: 1_000,
  // Oracle's guides name 1 GB as the most that is transferred.
  mostBytes: 1_073_741_824,
} as const satisfies Partial<FolderRules>

/** True for the name of a file of this kind that nothing has become of yet. */
export function isWaiting(name: string, { names }: Pick<FolderRules, 'names'>): boolean {
  return !TAGGED.test(name) && !name.endsWith(MANIFEST_SUFFIX) && patternOf(names).test(name)
}

function patternOf(names: string): RegExp {
  const parts = names.split('*').map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
