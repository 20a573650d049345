import { signed } from '@runnel/models/embeddings/aws-signature'
import { data } from '@runnel/sdk'
import { fakeS3 } from '@runnel/testing/fake-s3'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { s3BucketUploader } from './s3-bucket-uploader.ts'

const given = {
  aws_access_key_id: 'AKIA',
  aws_secret_access_key: 'secret',
  aws_region: 'eu-west-1',
  bucket_name: 'my-bucket',
  data_inputs: [data({ text: 'Hello', file_path: 'user-1/a b.txt' })],
}

const bucket = () => fakeS3(signed)

test('writes the text of Data under its name, behind the prefix', async () => {
  const { kept, http } = bucket()
  const run = await runComponent(s3BucketUploader, { ...given, s3_prefix: 'notes/', strip_path: true }, { http })
  const url = 'https://my-bucket.s3.eu-west-1.amazonaws.com/notes/a%20b.txt'
  expect(run.data).toMatchObject([{ data: { s3_key: 'notes/a b.txt', url } }])
  expect(kept).toEqual(new Map([[url, 'Hello']]))
})

test('writes the file the Data was read from', async () => {
  const { kept, http } = bucket()
  const bytes = new TextEncoder().encode('The whole file')
  const files = { 'user-1/a b.txt': { name: 'a b.txt', mediaType: 'text/plain', bytes } }
  await runComponent(s3BucketUploader, { ...given, strategy: 'Store Original File' }, { http, files })
  expect([...kept]).toEqual([['https://my-bucket.s3.eu-west-1.amazonaws.com/user-1/a%20b.txt', 'The whole file']])
})

test.each([
  [{ aws_secret_access_key: 'wrong' }, 'SignatureDoesNotMatch'],
  [{ bucket_name: 'My Bucket' }, 'is no name of a bucket'],
  [{ data_inputs: [data({ text: 'x' })] }, 'has no name to be written under'],
])('says what is wrong with %j', async (inputs, why) => {
  const run = runComponent(s3BucketUploader, { ...given, ...inputs }, { http: bucket().http })
  await expect(run).rejects.toThrow(why)
})
