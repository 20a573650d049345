import { signed } from '@runnel/models/embeddings/aws-signature'
import { AppError } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'
import { askService } from './ask-service.ts'

export interface S3Account {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** us-east-1 unless given. */
  readonly region: string
  readonly bucket: string
}

const MOST_BYTES = 100 * 1024 * 1024

/** The objects of a bucket of Amazon S3. @throws AppError `invalid_field` for what is no bucket */
export function s3Bucket(
  { accessKeyId, secretAccessKey, region: given, bucket: name }: S3Account,
  context: RunContext,
) {
  const bucket = name.trim()
  const region = given.trim() || 'us-east-1'
  if (!/^[a-z0-9][a-z0-9.-]+$/.test(bucket)) {
    throw new AppError('invalid_field', [`"${bucket}" is no name of a bucket.`])
  }
  const signer = { accessKeyId, secretAccessKey, region, service: 's3' }
  async function ask(method: 'GET' | 'PUT', key: string, body?: Uint8Array) {
    const path = key.split('/').map(encodeURIComponent).join('/')
    const url = `https://${bucket}.s3.${region}.amazonaws.com/${path}`
    const request = { method, url, body: body ?? '', headers: {} }
    const { host: _host, ...headers } = signed(request, { ...signer, now: Date.now() })
    return askService(url, { method, headers, ...(body && { body }), maxBytes: MOST_BYTES }, context)
  }
  return {
    /** @throws AppError `bad_request` with what S3 says */
    read: async (key: string): Promise<Uint8Array> => (await ask('GET', key)).body,
    /** Answers where the object is. @throws AppError `bad_request` with what S3 says */
    write: async (key: string, body: Uint8Array): Promise<string> => (await ask('PUT', key, body)).url,
  }
}
