// What every command needs of the terminal.

/** Standard output for results, standard error for everything else. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** standard output is a terminal that shows colours */
  readonly colour: boolean
  readonly width: number
}

/** What a command ends with. */
export type ExitCode = 0 | 1 | 2
