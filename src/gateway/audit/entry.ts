// What stands in the audit log, and how it is asked for.

/** What a line of the audit log says: who did what, from where; never a payload, never a secret. */
export interface AuditEntry {
  /** ISO 8601 with Z */
  readonly at: string
  /** party, or `cimgate` for what the gateway does by itself; empty = nobody knows */
  readonly who: string
  /** address that it was asked from; absent or empty = from nowhere but this process */
  readonly from?: string
  readonly what: string
  readonly subject: string
  readonly details: string
}

/** Which lines of the audit log are wanted; all that is given has to fit. */
export interface AuditQuery {
  /** with a greater number */
  readonly after?: number
  /** with a lesser number, the newest first */
  readonly before?: number
  /** any of them */
  readonly what?: readonly string[]
  readonly who?: string
  /** at or after */
  readonly since?: string
  /** before */
  readonly until?: string
  readonly limit: number
}
