import { createHash, createHmac } from 'node:crypto'

export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface AwsSigner extends AwsCredentials {
  readonly region: string
  readonly service: string
  /** Epoch milliseconds. */
  readonly now: number
}

export interface AwsRequest {
  /** POST unless given. */
  readonly method?: string
  readonly url: string
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** The headers of a request with those of AWS's signature, version 4. */
export function signed(
  request: AwsRequest,
  { accessKeyId, secretAccessKey, sessionToken, region, service, now }: AwsSigner,
): Readonly<Record<string, string>> {
  const url = new URL(request.url)
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
  const day = stamp.slice(0, 8)
  const isStorage = service === 's3'
  const headers: Readonly<Record<string, string>> = {
    ...request.headers,
    host: url.host,
    'x-amz-date': stamp,
    ...(sessionToken && { 'x-amz-security-token': sessionToken }),
    ...(isStorage && { 'x-amz-content-sha256': sha256(request.body) }),
  }
  const names = Object.keys(headers).sort()
  const canonical = [
    request.method ?? 'POST',
    // What the path holds is encoded once more, but for S3.
    isStorage ? url.pathname : url.pathname.split('/').map(encodeURIComponent).join('/'),
    url.searchParams.toString(),
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`)
  const signature = hmac(key, ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')).toString('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
