import type { HttpAnswer, HttpRequest } from '@runnel/sdk'

interface SignedRequest {
  readonly method: string
  readonly url: string
  readonly body: string | Uint8Array
  readonly headers: Readonly<Record<string, string>>
}
interface Signer {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
  readonly service: string
  readonly now: number
}

/** How requests are signed, which stands with the models. */
export type Sign = (request: SignedRequest, signer: Signer) => Readonly<Record<string, string>>

/** Amazon S3 in `eu-west-1`, for the key `AKIA` with the secret `secret`: objects, by their addresses. */
export function fakeS3(sign: Sign, objects: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(objects))
  const http = (url: string, { method = 'GET', headers = {}, body = '' }: HttpRequest): Partial<HttpAnswer> => {
    const now = Date.parse(String(headers['x-amz-date']).replace(/(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'))
    const signer = { accessKeyId: 'AKIA', secretAccessKey: 'secret', region: 'eu-west-1', service: 's3', now }
    if (sign({ method, url, body, headers: {} }, signer).authorization !== headers.authorization) {
      return { status: 403, body: Buffer.from('<Code>SignatureDoesNotMatch</Code>') }
    }
    if (method === 'PUT') {
      kept.set(url, Buffer.from(body).toString())
      return { status: 200 }
    }
    const found = kept.get(url)
    return found === undefined
      ? { status: 404, body: Buffer.from('<Code>NoSuchKey</Code>') }
      : { status: 200, body: Buffer.from(found) }
  }
  return { kept, http }
}
