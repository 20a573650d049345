import { data, defineComponent, field, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { doing, googleApi, googleToken } from '../shared/google-access.ts'
import { DRIVE_SCOPE, type DriveFile, driveFiles } from '../shared/google-drive.ts'

const inputs = {
  token_string: field.secret({
    label: 'Token String',
    info: 'Credentials in JSON: what Google OAuth Token gives, or the file of a service account.',
    required: true,
  }),
  query_item: field.dropdown({
    label: 'Query Item',
    info: 'What of a file is compared.',
    options: [
      'name',
      'fullText',
      'mimeType',
      'modifiedTime',
      'viewedByMeTime',
      'trashed',
      'starred',
      'parents',
      'owners',
      'writers',
      'readers',
      'sharedWithMe',
      'createdTime',
      'properties',
      'appProperties',
      'visibility',
      'shortcutDetails.targetId',
    ],
    required: true,
  }),
  valid_operator: field.dropdown({
    label: 'Valid Operator',
    info: 'How it is compared.',
    options: ['contains', '=', '!=', '<=', '<', '>', '>=', 'in', 'has'],
    required: true,
  }),
  search_term: field.text({ label: 'Search Term', info: 'What it is compared with.', required: true }),
  query_string: field.text({
    label: 'Query String',
    info: "A whole query as Drive writes it, instead of the fields above: name contains 'plan' and trashed = false",
  }),
} as const
type Args = RunArguments<typeof inputs>

const texts = { type: 'Any', types: ['Text'] } as const

export const googleDriveSearch = defineComponent({
  type: 'GoogleDriveSearchComponent',
  displayName: 'Google Drive Search',
  description: 'Finds files on Google Drive.',
  icon: 'Google',
  category: 'google',
  legacy: true,
  replacement: ['google.GoogleDriveListComponent'],
  inputs,
  outputs: {
    doc_urls: { ...texts, label: 'Document URLs', method: 'search_doc_urls', run: each(({ url }) => url) },
    doc_ids: { ...texts, label: 'Document IDs', method: 'search_doc_ids', run: each(({ id }) => id) },
    doc_titles: { ...texts, label: 'Document Titles', method: 'search_doc_titles', run: each(({ title }) => title) },
    Data: {
      type: 'Data',
      label: 'Data',
      method: 'search_data',
      run: async (args) => data({ text: (await found(args)).map(({ title, url }) => ({ title, url })) }),
    },
  },
})

function each(part: (file: DriveFile) => string) {
  return async (args: Args): Promise<readonly string[]> => (await found(args)).map(part)
}

function found({ inputs: chosen, context }: Args): Promise<readonly DriveFile[]> {
  return oncePerBuild(context, 'files', () =>
    doing('Error searching Google Drive', context, async () => {
      const token = await googleToken(chosen.token_string, [DRIVE_SCOPE], context)
      return driveFiles(queryOf(chosen), googleApi(token, context))
    }),
  )
}

/** Drive reads a term between single quotes; a quote in it is marked by a backslash. */
function queryOf({ query_string, query_item, valid_operator, search_term }: Args['inputs']): string {
  if (query_string.trim() !== '') return query_string
  const term = `'${search_term.replace(/[\\']/g, '\\$&')}'`
  return valid_operator === 'in' ? `${term} in ${query_item}` : `${query_item} ${valid_operator} ${term}`
}
