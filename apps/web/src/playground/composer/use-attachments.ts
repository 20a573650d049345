import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { listed } from '../../i18n/listed.ts'
import { notify } from '../../ui/notifications.tsx'
import type { Attachment } from '../model/drafts.ts'
import { draftOf } from '../model/playground-state.ts'
import { useChatPlace, usePlaygroundState } from '../playground-context.tsx'
import { acceptedEndings, accepts } from './attachments.ts'

export type Uploads = Attachment['state']

const uploadsOf = (list: readonly Attachment[]): Uploads =>
  (['failed', 'uploading'] as const).find((state) => list.some((one) => one.state === state)) ?? 'ready'

export interface Attachments {
  readonly list: readonly Attachment[]
  /** How far all of them are together; one that failed is tried again or taken away before anything is sent. */
  readonly uploads: Uploads
  readonly add: (files: readonly File[]) => void
  /** The endings that are taken, without their dots. */
  readonly endings: readonly string[]
  /** Whether files can be sent at all. */
  readonly isOffered: boolean
}

const BYTES_PER_MEGABYTE = 1024 * 1024

/** The files that go with the next message of the open session: refused before an upload when they cannot be taken. */
export function useAttachments(): Attachments {
  const { t } = useTranslation('playground')
  const { playground, fileTypes } = useChatPlace()
  const isOffered = playground.backend.upload !== undefined
  const { data: config } = useQuery({ ...configQuery, enabled: isOffered })
  const list = usePlaygroundState((state) => draftOf(state, state.current).attachments)
  const endings = useMemo(() => acceptedEndings(fileTypes), [fileTypes])
  const refusalOf = (file: File): string | undefined => {
    const limit = config?.max_file_size_upload ?? Number.POSITIVE_INFINITY
    if (file.size > limit * BYTES_PER_MEGABYTE) return t('files.tooLarge', { limit: `${limit} MB` })
    return accepts(file, endings) ? undefined : t('files.wrongType', { name: file.name, types: listed(endings) })
  }
  return {
    list,
    endings,
    isOffered,
    uploads: uploadsOf(list),
    add(files) {
      const refusals = files.flatMap((file) => refusalOf(file) ?? [])
      if (refusals.length > 0) notify('error', t('files.refused'), { details: refusals })
      playground.drafts.attach(files.filter((file) => refusalOf(file) === undefined))
    },
  }
}
