import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field } from '@runnel/sdk'
import { doing, googleApi, googleToken } from '../shared/google-access.ts'
import { DRIVE_SCOPE, driveDocument } from '../shared/google-drive.ts'

export const googleDrive = defineComponent({
  type: 'GoogleDriveComponent',
  displayName: 'Google Drive Loader',
  description: 'Reads a document on Google Drive.',
  icon: 'Google',
  category: 'google',
  legacy: true,
  inputs: {
    json_string: field.secret({
      label: 'JSON String of the Service Account Token',
      info: 'Credentials in JSON: what Google OAuth Token gives, or the file of a service account.',
      required: true,
    }),
    document_id: field.text({
      label: 'Document ID',
      info: 'The part of the address of a document that names it.',
      required: true,
    }),
  },
  outputs: {
    docs: {
      type: 'Data',
      label: 'Loaded Documents',
      method: 'load_documents',
      async run({ inputs: { json_string, document_id }, context }) {
        const id = document_id.trim()
        if (id === '') throw new AppError('invalid_field', ['Expected a single document ID'])
        const document = await doing('Error loading documents', context, async () =>
          driveDocument(id, googleApi(await googleToken(json_string, [DRIVE_SCOPE], context), context)),
        )
        context.setStatus([document])
        return data({ text: [document] })
      },
    },
  },
})
