// A run that somebody ends before it is over: what was judged stays, and what is open stays open.

/** A run that can be ended. */
export interface Stoppable {
  /** Resolves when somebody has had enough; without, nobody ever has. */
  readonly stopped?: () => Promise<unknown>
}

/** Asked before each case, and while one is played. */
export interface Stopping {
  readonly isStopped: () => boolean
  /** What is being played, or undefined where the run was stopped meanwhile: nobody waits for that any more. */
  readonly unlessStopped: <T>(playing: Promise<T>) => Promise<T | undefined>
}

/** Why a case was not run, and who wanted it so. */
export const STOPPED = 'the run was stopped'

/** That of a run. */
export function stoppingBy({ stopped }: Stoppable): Stopping {
  let isStopped = false
  const end =
    stopped === undefined
      ? new Promise<undefined>(() => undefined)
      : stopped().then(() => {
          isStopped = true
          return undefined
        })
  return {
    isStopped: () => isStopped,
    unlessStopped: (playing) => Promise.race([playing, end]),
  }
}
