// Tells when files have changed. Folders are watched, because editors replace files and Kubernetes replaces links;
// and files are looked at every now and then, because not every file system tells.

import { realpathSync, statSync, watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { dirname } from 'node:path'

/** How it is looked; all have defaults. */
export interface WatchOptions {
  /** milliseconds between two looks */
  readonly everyMs?: number
  /** milliseconds in which nothing more may change: a file may be half written */
  readonly settleMs?: number
}

/** What watches. */
export interface Watch {
  readonly close: () => void
}

const EVERY_MS = 2_000
const SETTLE_MS = 100

/**
 * The first look counts as a change, so that none is missed that came before.
 * @param files asked anew each time
 */
export function watchFiles(
  files: () => readonly string[],
  changed: () => void,
  { everyMs = EVERY_MS, settleMs = SETTLE_MS }: WatchOptions = {},
): Watch {
  const watchers = new Map<string, FSWatcher>()
  let seen = ''
  let coming = ''
  let settling: NodeJS.Timeout | undefined

  function look(): void {
    const now = files().map(stampOf).join('\n')
    if (now === seen) return
    if (now === coming && settling !== undefined) return
    coming = now
    clearTimeout(settling)
    settling = setTimeout(settled, settleMs)
  }

  function settled(): void {
    settling = undefined
    if (files().map(stampOf).join('\n') !== coming) return look()
    seen = coming
    follow()
    changed()
  }

  /** Folders of the files, and of what links lead to. */
  function follow(): void {
    const wanted = new Set(files().flatMap(foldersOf))
    for (const [folder, it] of watchers) if (!wanted.has(folder)) stop(folder, it)
    for (const folder of wanted) if (!watchers.has(folder)) begin(folder)
  }

  function begin(folder: string): void {
    try {
      const it = watch(folder, { persistent: false }, look)
      watchers.set(folder, it)
      it.on('error', () => stop(folder, it))
    } catch {
      // Too many are watched, or the folder is gone: looking every now and then is enough.
    }
  }

  function stop(folder: string, it: FSWatcher): void {
    it.close()
    watchers.delete(folder)
  }

  const timer = setInterval(look, everyMs).unref()
  follow()
  look()
  return {
    close: () => {
      clearInterval(timer)
      clearTimeout(settling)
      for (const [folder, it] of watchers) stop(folder, it)
    },
  }
}

/** Of what stands at the end of all links; another one when it is written or replaced. */
function stampOf(file: string): string {
  try {
    const { ino, size, mtimeNs, ctimeNs } = statSync(file, { bigint: true })
    return `${file} ${ino} ${size} ${mtimeNs} ${ctimeNs}`
  } catch (error) {
    return `${file} ${(error as NodeJS.ErrnoException).code}`
  }
}

function foldersOf(file: string): readonly string[] {
  try {
    return [dirname(file), dirname(realpathSync(file))]
  } catch {
    return [dirname(file)]
  }
}
