import { AppError } from '@runnel/protocol/errors'

/** Parameters of an address that say how its servers are spoken to, and neither read files nor use what is the operator's. */
const KNOWN = new Set(
  (
    'appname authmechanism authsource compressors connecttimeoutms directconnection heartbeatfrequencyms journal ' +
    'loadbalanced maxidletimems maxpoolsize maxstalenessseconds minpoolsize readconcernlevel readpreference ' +
    'readpreferencetags replicaset retryreads retrywrites serverselectiontimeoutms sockettimeoutms srvmaxhosts ' +
    'srvservicename ssl tls tlsallowinvalidcertificates tlsallowinvalidhostnames tlsinsecure w waitqueuetimeoutms wtimeoutms'
  ).split(' '),
)
/** Others sign in as the machine the server runs on. */
const MECHANISMS = ['DEFAULT', 'PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256', 'MONGODB-X509']

/** The address as it was given. @throws AppError `invalid_field` for what is none, or says what it may not say */
export function mongodbAddress(given: string): string {
  const address = given.trim()
  const [, parameters = ''] = /^mongodb(?:\+srv)?:\/\/[^/?]+(?:\/[^?]*)?(?:\?(.*))?$/s.exec(address) ?? []
  if (!/^mongodb(\+srv)?:\/\/[^/?]/.test(address)) {
    throw new AppError('invalid_field', ['The address of MongoDB is none. Write mongodb+srv://USER:PASSWORD@HOST/'])
  }
  for (const [name, value] of new URLSearchParams(parameters)) {
    if (!KNOWN.has(name.toLowerCase())) {
      throw new AppError('invalid_field', [`The parameter ${name} of the address of MongoDB cannot be used here.`])
    }
    if (name.toLowerCase() === 'authmechanism' && !MECHANISMS.includes(value)) {
      throw new AppError('invalid_field', [`Signing in to MongoDB with ${value} is not possible here.`])
    }
  }
  return address
}

/** A certificate and its key as they should be, also where a field has made blanks of line ends. */
export function clientCertificate(given: string): string {
  const blocks = [...given.matchAll(/-----BEGIN ([A-Z ]+)-----(.*?)-----END \1-----/gs)]
  if (blocks.length < 2) {
    throw new AppError('invalid_field', ['The client certificate is none: give the private key and the certificate.'])
  }
  return blocks
    .map(
      ([, kind, body = '']) => `-----BEGIN ${kind}-----\n${body.trim().replace(/\s+/g, '\n')}\n-----END ${kind}-----\n`,
    )
    .join('')
}
