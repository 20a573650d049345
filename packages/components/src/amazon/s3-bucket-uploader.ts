import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field, type InputsOf, type RunContext, textOfData, toDataList } from '@runnel/sdk'
import { s3Bucket } from '../shared/s3-bucket.ts'

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
        const bucket = s3Bucket(
          {
            accessKeyId: chosen.aws_access_key_id,
            secretAccessKey: chosen.aws_secret_access_key,
            region: chosen.aws_region,
            bucket: chosen.bucket_name,
          },
          context,
        )
        const written = []
        for (const { key, body } of await objectsOf(chosen, context)) {
          written.push(data({ s3_key: key, url: await bucket.write(key, body) }))
        }
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
