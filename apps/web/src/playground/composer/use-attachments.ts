import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { notify } from '../../ui/notifications.tsx'
import { usePlayground } from '../playground-context.tsx'
import { ACCEPTED, type Attachment, accepts } from './attachments.ts'

export interface Attachments {
  readonly list: readonly Attachment[]
  /** Stored paths, when every upload is done; undefined before. */
  readonly paths: readonly string[] | undefined
  readonly add: (files: readonly File[]) => void
  readonly retry: (key: string) => void
  readonly remove: (key: string) => void
  readonly set: (list: readonly Attachment[]) => void
  /** Whether files can be sent at all. */
  readonly isOffered: boolean
}

const BYTES_PER_MEGABYTE = 1024 * 1024

/** The files that go with the next message: uploaded at once, refused before that when they cannot be taken. */
export function useAttachments(): Attachments {
  const { t } = useTranslation('playground')
  const { backend } = usePlayground()
  const { upload } = backend
  const { data: config } = useQuery({ ...configQuery, enabled: upload !== undefined })
  const [list, setList] = useState<readonly Attachment[]>([])
  const running = useRef(new Map<string, AbortController>())
  const change = (key: string, with_: Partial<Attachment>): void =>
    setList((all) => all.map((one) => (one.key === key ? { ...one, ...with_ } : one)))

  function start({ key, file }: Pick<Attachment, 'key' | 'file'>): void {
    if (!upload) return
    const abort = new AbortController()
    running.current.set(key, abort)
    change(key, { state: 'uploading', progress: 0 })
    upload(file, (progress) => change(key, { progress }), abort.signal).then(
      (path) => change(key, { state: 'ready', progress: 1, path }),
      () => abort.signal.aborted || change(key, { state: 'failed' }),
    )
  }
  const refusalOf = (file: File): string | undefined => {
    const limit = config?.max_file_size_upload ?? Number.POSITIVE_INFINITY
    if (file.size > limit * BYTES_PER_MEGABYTE) return t('files.tooLarge', { limit: `${limit} MB` })
    return accepts(file, ACCEPTED) ? undefined : t('files.wrongType', { name: file.name, types: ACCEPTED.join(', ') })
  }
  return {
    list,
    isOffered: upload !== undefined,
    paths: list.every(({ state }) => state === 'ready') ? list.flatMap(({ path }) => path ?? []) : undefined,
    add(files) {
      const refusals = files.flatMap((file) => refusalOf(file) ?? [])
      if (refusals.length > 0) notify('error', t('files.refused'), { details: refusals })
      const taken = files
        .filter((file) => refusalOf(file) === undefined)
        .map(
          (file): Attachment => ({ key: crypto.randomUUID(), file, state: 'uploading', progress: 0, path: undefined }),
        )
      setList((all) => [...all, ...taken])
      taken.forEach(start)
    },
    retry(key) {
      const one = list.find((attachment) => attachment.key === key)
      if (one) start(one)
    },
    remove(key) {
      running.current.get(key)?.abort()
      setList((all) => all.filter((one) => one.key !== key))
    },
    set: setList,
  }
}
