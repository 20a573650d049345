import { signed } from '@runnel/models/embeddings/aws-signature'
import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field, type InputsOf, type RunContext, textOfData, toDataList } from '@runnel/sdk'
import { askService } from '../shared/ask-service.ts'

const inputs = {
  aws_access_key_id: field.secret({
    label: 'AWS Access Key ID',
    info: 'Who writes.',
    variable: 'AWS_ACCESS_KEY_ID',
    required: true,
  }),
  aws_secret_access_key: field.secret({
    label: 'AWS Secret Key',
    info: 'The secret of that key.',
    variable: 'AWS_SECRET_ACCESS_KEY',
    required: true,
  }),
  aws_region: field.string({
    label: 'AWS Region',
    info: 'Where the bucket is.',
    default: 'us-east-1',
    advanced: true,
  }),
  bucket_name: field.string({ label: 'Bucket Name', info: 'The bucket to write to.' }),
  strategy: field.dropdown({
    label: 'Strategy for file upload',
    info: 'Write the text of the Data, or the file it was read from.',
    options: ['Store Data', 'Store Original File'],
    default: 'Store Data',
  }),
  data_inputs: field.handle({
    label: 'Data Inputs',
    info: 'What to write, under the name in its file_path.',
    accepts: ['Data', 'JSON'],
    list: true,
    required: true,
  }),
  s3_prefix: field.string({ label: 'S3 Prefix', info: 'What stands before each name.', advanced: true }),
  strip_path: field.bool({
    label: 'Strip Path',
    info: 'Keep the name of a file alone.',
    required: true,
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const s3BucketUploader = defineComponent({
  type: 's3bucketuploader',
  aliases: ['S3BucketUploaderComponent'],
  displayName: 'S3 Bucket Uploader',
  description: 'Writes texts or files to a bucket of Amazon S3.',
  icon: 'Amazon',
  category: 'amazon',
  inputs,
  outputs: {
    data: {
      type: 'Data',
      label: 'Writes to AWS Bucket',
      method: 'process_files',
      async run({ inputs: chosen, context }) {
        const objects = await objectsOf(chosen, context)
        const written = []
        for (const { key, body } of objects)
          written.push(data({ s3_key: key, url: await put(key, body, chosen, context) }))
        context.setStatus(`${written.length} objects written`)
        return written
      },
    },
  },
})

interface S3Object {
  readonly key: string
  readonly body: Uint8Array
}

async function objectsOf(chosen: Inputs, context: RunContext): Promise<readonly S3Object[]> {
  const given: readonly unknown[] = Array.isArray(chosen.data_inputs) ? chosen.data_inputs : [chosen.data_inputs]
  const records = given.flatMap((one) => toDataList(one))
  return Promise.all(
    records.map(async (record) => {
      const path = record.data.file_path
      if (typeof path !== 'string' || path === '') {
        throw new AppError('invalid_field', ['Data without a file_path has no name to be written under.'])
      }
      const name = chosen.strip_path ? (path.split('/').at(-1) ?? path) : path
      const prefix = chosen.s3_prefix.replace(/\/+$/, '')
      const isFile = chosen.strategy === 'Store Original File'
      const body = isFile ? (await context.files.read(path)).bytes : new TextEncoder().encode(textOfData(record))
      return { key: prefix === '' ? name : `${prefix}/${name}`, body }
    }),
  )
}

/** @returns where the object is */
async function put(key: string, body: Uint8Array, chosen: Inputs, context: RunContext): Promise<string> {
  const bucket = chosen.bucket_name.trim()
  if (!/^[a-z0-9][a-z0-9.-]+$/.test(bucket))
    throw new AppError('invalid_field', [`"${bucket}" is no name of a bucket.`])
  const region = chosen.aws_region.trim() || 'us-east-1'
  const path = key.split('/').map(encodeURIComponent).join('/')
  const url = `https://${bucket}.s3.${region}.amazonaws.com/${path}`
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = chosen
  const signer = { accessKeyId, secretAccessKey, region, service: 's3', now: Date.now() }
  const { host: _host, ...headers } = signed({ method: 'PUT', url, body, headers: {} }, signer)
  await askService(url, { method: 'PUT', headers, body }, context)
  return url
}
