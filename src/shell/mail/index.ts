// Mails by SMTP (RFC 5321). The only file that knows nodemailer, which is loaded when the first mail goes. A mail counts as sent when
// the server has taken it; a process that ends between that and its note sends it again, under the same Message-ID.

import type { Leg } from '../../gateway/ledger.ts'
import type { MailServer } from '../../gateway/mail-rules.ts'
import { addresseesOf, noticeOf } from '../../gateway/notice.ts'
import type { NotifyBinding } from '../../gateway/parties/party.ts'
import type { Answered, PeerAnswer } from '../../gateway/peer.ts'

/** Sends what a leg tells people as one mail; answered at once where nobody is to have one. */
export type SendMail = (binding: NotifyBinding, leg: Leg) => Promise<PeerAnswer>

/** @param server that is in force; undefined where there is none */
export function mailing(server: () => MailServer | undefined): SendMail {
  return async (binding, leg) => {
    const notice = noticeOf(leg.request)
    const to = notice === undefined ? [] : addresseesOf(notice, binding)
    const by = server()
    if (notice === undefined || to.length === 0) return DONE
    if (by === undefined) return refused(NO_SERVER)
    const [, host = ''] = /@([^\s<>@]+)>?$/.exec(by.from) ?? []
    return sent(by, {
      to,
      subject: lineOf(notice.subject),
      text: `${notice.text}\n`,
      // Follows from the message, so that each try is the same mail.
      messageId: `<${leg.id}@${host}>`,
      date: new Date(leg.at),
    })
  }
}

const NO_SERVER = 'There is no server for mails: add mail.host and mail.from to the configuration.'

interface Mail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly date: Date
}

async function sent(server: MailServer, mail: Mail): Promise<PeerAnswer> {
  const { createTransport } = await import('nodemailer')
  const { host, port, security, credential, authorities, timeoutMs, from } = server
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(credential === undefined
      ? {}
      : { auth: { user: credential.username, pass: credential.password } }),
    tls: { minVersion: 'TLSv1.2', ...(authorities === undefined ? {} : { ca: authorities }) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    // No machine is to answer it (RFC 3834).
    const headers = { 'Auto-Submitted': 'auto-generated' }
    const taken = await transport.sendMail({ ...mail, to: [...mail.to], from, headers })
    return {
      ...DONE,
      bytes: new TextEncoder().encode(saidIn(taken.response, taken.rejected.length)),
    }
  } catch (error) {
    return failed(error as SmtpError)
  } finally {
    transport.close()
  }
}

const DONE: Answered = {
  kind: 'answered',
  status: 200,
  contentType: 'text/plain',
  bytes: new Uint8Array(),
}

/** For the row of the try: what the server has said. */
function saidIn(response: string, rejected: number): string {
  return rejected === 0
    ? lineOf(response)
    : `${rejected} of the addresses were not taken: ${lineOf(response)}`
}

/** What nodemailer says besides its message. */
interface SmtpError extends Error {
  /** `ECONNECTION`, `EAUTH`, `ETLS` … */
  readonly code?: string
  /** of SMTP */
  readonly responseCode?: number
  /** at which it happened */
  readonly command?: string
}

/** 5xx is for good (RFC 5321 4.2.1), and so is a proof that is not taken; whatever else happens may pass. */
function failed({ code = '', responseCode = 0, message, command = '' }: SmtpError): PeerAnswer {
  const reason = `The mail server cannot be used: ${lineOf(message)}`
  if (responseCode >= 500 || code === 'EAUTH') return refused(reason)
  // After DATA nobody knows whether the mail was taken.
  return { kind: 'unreachable', reason, sent: command === 'DATA', permanent: false }
}

function refused(reason: string): PeerAnswer {
  return { kind: 'unreachable', reason, sent: false, permanent: true }
}

/** A header is one line: what follows a line break would be another one. */
function lineOf(text: string): string {
  return text.replace(/[\u0000-\u001f]+/g, ' ').slice(0, 200)
}
