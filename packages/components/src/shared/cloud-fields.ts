import { field } from '@runnel/sdk'

/** Where files may lie. */
export const storageLocations = [
  { name: 'Local', icon: 'hard-drive' },
  { name: 'AWS', icon: 'Amazon' },
  { name: 'Google Drive', icon: 'google' },
] as const

/** The fields of cloud storage that reading and writing share; hidden until a cloud is chosen. */
export const cloudFields = {
  aws_access_key_id: field.secret({
    label: 'AWS Access Key ID',
    info: 'The key of the AWS account.',
    advanced: true,
    show: false,
  }),
  aws_secret_access_key: field.secret({
    label: 'AWS Secret Key',
    info: 'The secret of the AWS account.',
    advanced: true,
    show: false,
  }),
  bucket_name: field.string({ label: 'S3 Bucket Name', info: 'The bucket.', advanced: true, show: false }),
  aws_region: field.string({ label: 'AWS Region', info: 'The region of the bucket.', advanced: true, show: false }),
  service_account_key: field.secret({
    label: 'GCP Credentials Secret Key',
    info: 'The JSON key of the Google account.',
    advanced: true,
    show: false,
  }),
}

/** Those of them that are about Amazon S3. */
export const awsFieldNames = ['aws_access_key_id', 'aws_secret_access_key', 'bucket_name', 'aws_region']

/** Whether the chosen place has a field; undefined for one that is of no place. */
export function isFieldOfPlace(
  places: Readonly<Record<string, readonly string[]>>,
  chosen: unknown,
  name: string,
): boolean | undefined {
  if (!Object.values(places).some((names) => names.includes(name))) return undefined
  const [place = 'Local'] = chosenNames(chosen)
  return places[place]?.includes(name) ?? false
}

/** The names chosen in a list that can be sorted: rows with a name, or one name as text. */
export function chosenNames(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (!Array.isArray(value)) return []
  return value.flatMap((row: unknown) => {
    const name = typeof row === 'object' && row !== null ? (row as { readonly name?: unknown }).name : row
    return typeof name === 'string' && name !== '' ? [name] : []
  })
}
