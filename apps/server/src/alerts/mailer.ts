import type { Config } from '../config.ts'
import { isLoopbackAddress } from '../http/origin.ts'

export interface Mail {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
}

/** Sends mail. Resolves when the mail server has taken it; throws what the mail server says. */
export type Mailer = (mail: Mail) => Promise<void>

const TIMEOUT_MS = 10_000
/** Where mail servers speak TLS from the first byte on. */
const TLS_PORT = 465

/** Undefined while the settings name no mail server and sender. A password is only sent over TLS, or to this machine. */
export function createMailer({
  smtpHost: host,
  smtpPort: port,
  smtpUser: user,
  smtpPassword: pass,
  smtpFrom: from,
}: Pick<Config, 'smtpHost' | 'smtpPort' | 'smtpUser' | 'smtpPassword' | 'smtpFrom'>): Mailer | undefined {
  if (host === undefined || from === undefined) return undefined
  return async ({ to, subject, text }) => {
    // Loaded only when used: most installations never do.
    const { createTransport } = await import('nodemailer')
    const transport = createTransport({
      host,
      port,
      secure: port === TLS_PORT,
      requireTLS: user !== undefined && !isLoopbackAddress(host),
      ...(user !== undefined && { auth: { user, pass: pass ?? '' } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    try {
      await transport.sendMail({ from, to: [...to], subject, text })
    } finally {
      transport.close()
    }
  }
}
