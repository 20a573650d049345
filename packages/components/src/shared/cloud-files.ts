import { AppError } from '@runnel/protocol/errors'
import type { RunContext, StoredFile } from '@runnel/sdk'
import { googleApi, googleToken } from './google-access.ts'
import { DRIVE_SCOPE, driveFile, driveUpload } from './google-drive.ts'
import { s3Bucket } from './s3-bucket.ts'

/** What the fields of cloud storage hold. */
export interface CloudAccess {
  readonly aws_access_key_id: string
  readonly aws_secret_access_key: string
  readonly bucket_name: string
  readonly aws_region: string
  readonly service_account_key: string
}

/** The file of that key in a bucket, or of that id on Google Drive. @throws AppError for what is missing or refused */
export async function readCloudFile(
  place: 'AWS' | 'Google Drive',
  access: CloudAccess,
  id: string,
  context: RunContext,
): Promise<StoredFile> {
  if (place === 'AWS') {
    const bucket = s3Of(access, context)
    const key = needed(id, 'S3 File Key', place)
    return { name: key.split('/').at(-1) ?? key, mediaType: '', bytes: await bucket.read(key) }
  }
  const file = needed(id, 'Google Drive File ID', place)
  return driveFile(file, await driveOf(access, DRIVE_SCOPE, context))
}

export interface CloudFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** The prefix in a bucket, or the id of a folder on Google Drive. */
  readonly folder: string
  /** What Google makes of it: a document of its own. */
  readonly becomes?: string | undefined
}

/** Writes a file to the cloud and says where it is. @throws AppError for what is missing or refused */
export async function writeCloudFile(
  place: 'AWS' | 'Google Drive',
  access: CloudAccess,
  file: CloudFile,
  context: RunContext,
): Promise<string> {
  if (place === 'AWS') {
    const prefix = file.folder.trim().replace(/^\/+|\/+$/g, '')
    const key = prefix === '' ? file.name : `${prefix}/${file.name}`
    await s3Of(access, context).write(key, file.bytes)
    return `s3://${access.bucket_name.trim()}/${key}`
  }
  const api = await driveOf(access, 'https://www.googleapis.com/auth/drive', context)
  return driveUpload(file, api)
}

function s3Of(access: CloudAccess, context: RunContext) {
  return s3Bucket(
    {
      accessKeyId: needed(access.aws_access_key_id, 'AWS Access Key ID', 'AWS'),
      secretAccessKey: needed(access.aws_secret_access_key, 'AWS Secret Key', 'AWS'),
      bucket: needed(access.bucket_name, 'S3 Bucket Name', 'AWS'),
      region: access.aws_region,
    },
    context,
  )
}

async function driveOf({ service_account_key: json }: CloudAccess, scope: string, context: RunContext) {
  const key = needed(json, 'GCP Credentials Secret Key', 'Google Drive')
  return googleApi(await googleToken(key, [scope], context), context)
}

function needed(value: string, label: string, place: string): string {
  if (value.trim() !== '') return value.trim()
  throw new AppError('invalid_field', [`${label} is required for ${place} storage.`])
}
