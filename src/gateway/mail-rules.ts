// Whom mails go to, and by which server: as the configuration says it.

/** A server that takes mails (SMTP, RFC 5321). */
export interface MailServer {
  readonly host: string
  readonly port: number
  /** `tls` from the first octet, `starttls` before anything is said, `none` in the open */
  readonly security: 'tls' | 'starttls' | 'none'
  /** sender, as a mail address with or without a name */
  readonly from: string
  readonly credential?: { readonly username: string; readonly password: string }
  /** authorities that are believed in place of those of the system, PEM */
  readonly authorities?: string
  /** milliseconds from connecting to the server's last word */
  readonly timeoutMs: number
}

/** What a report may have come to; a stakeholder is told of some of it. */
export const MAIL_OCCASIONS = ['success', 'error', 'noFile'] as const

export type MailOccasion = (typeof MAIL_OCCASIONS)[number]

/** Who is told by mail. */
export interface MailRecipients {
  /** who looks after network, servers and proofs of identity */
  readonly technical: readonly string[]
  /** who looks after programmes and customers */
  readonly business: readonly string[]
  readonly occasions: readonly MailOccasion[]
}

/** Nobody is told by mail. */
export const NO_RECIPIENTS: MailRecipients = {
  technical: [],
  business: [],
  occasions: ['success', 'error'],
}
