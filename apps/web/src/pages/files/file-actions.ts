import {
  deleteUserFiles,
  downloadUserFiles,
  renameUserFile,
  type UserFileRead,
  uploadUserFile,
} from '@runnel/protocol/files'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { contentOf, filesChanged, readFile } from '../../api/files.ts'
import { usedByText } from '../../flows/used-by.tsx'
import { attempt } from '../../ui/attempt.ts'
import { confirm } from '../../ui/confirm.tsx'
import { saveFile } from '../../ui/file-drop.tsx'
import { notify } from '../../ui/notifications.tsx'
import { nameOf } from './visible-files.ts'

/** What can be done with the user's files; each says how it went. */
export function useFileActions() {
  const { t } = useTranslation('files')
  const change = async (perform: () => Promise<unknown>): Promise<boolean> => {
    const worked = await attempt(t('failed'), perform)
    await filesChanged()
    return worked
  }
  return {
    rename: (file: UserFileRead, name: string) =>
      change(() => client.call(renameUserFile, { params: { file_id: file.id }, query: { name } })),

    download: (files: readonly UserFileRead[]) =>
      attempt(t('failed'), async () => {
        const [first] = files
        if (!first) return
        if (files.length === 1) return saveFile(await readFile(first), nameOf(first))
        const response = await client.request(downloadUserFiles, { body: files.map(({ id }) => id) })
        saveFile(await contentOf(response), 'files.zip')
      }),

    duplicate: (file: UserFileRead) =>
      change(async () => {
        const form = new FormData()
        form.append('file', await readFile(file), nameOf(file))
        await client.call(uploadUserFile, { form })
        notify('success', t('duplicated', { name: nameOf(file) }))
      }),

    /** Asks first. */
    async remove(files: readonly UserFileRead[]): Promise<boolean> {
      const count = files.length
      const [first] = files
      if (!first) return false
      const yes = await confirm({
        title: count === 1 ? t('remove.one', { name: nameOf(first) }) : t('remove.title', { count }),
        text: await usedByText(
          'file',
          files.map(({ path }) => path),
        ),
        confirm: t('remove.confirm', { count }),
        danger: true,
      })
      if (!yes) return false
      return change(async () => {
        await client.call(deleteUserFiles, { body: files.map(({ id }) => id) })
        notify('success', t('remove.done', { count }))
      })
    },
  }
}

export type FileActions = ReturnType<typeof useFileActions>
