import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filesChanged, uploadWithProgress } from '../../api/files.ts'
import { bytesText } from '../../ui/bytes.ts'
import { notify } from '../../ui/notifications.tsx'

export interface Upload {
  readonly id: number
  readonly file: File
  /** From 0 to 1. */
  readonly progress: number
  /** Why it failed. */
  readonly error: string | undefined
  /** Over the limit: another try would fail alike. */
  readonly isTooLarge: boolean
  readonly abort: AbortController
}

export interface Uploads {
  /** Those on their way, and those that failed. */
  readonly list: readonly Upload[]
  readonly start: (files: readonly File[]) => Promise<void>
  readonly retry: (upload: Upload) => Promise<void>
  /** Stops it, or forgets that it failed. */
  readonly drop: (upload: Upload) => void
}

let lastId = 0

/** Uploads files one after another; each has its own progress, failure and second try. */
export function useUploads(maxBytes: number | undefined): Uploads {
  const { t, i18n } = useTranslation('files')
  const [list, setList] = useState<readonly Upload[]>([])
  const change = (id: number, part: Partial<Upload>): void =>
    setList((before) => before.map((one) => (one.id === id ? { ...one, ...part } : one)))
  const forget = (id: number): void => setList((before) => before.filter((one) => one.id !== id))

  async function send({ id, file, abort }: Upload): Promise<boolean> {
    change(id, { progress: 0, error: undefined })
    try {
      await uploadWithProgress(file, {
        signal: abort.signal,
        onProgress: (progress) => change(id, { progress }),
      })
      forget(id)
      return true
    } catch (error) {
      if (!abort.signal.aborted) change(id, { error: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  return {
    list,
    async start(files) {
      const added = files.map((file): Upload => {
        const isTooLarge = maxBytes !== undefined && file.size > maxBytes
        const limit = bytesText(maxBytes ?? 0, i18n.language)
        lastId += 1
        return {
          id: lastId,
          file,
          progress: 0,
          error: isTooLarge ? t('tooLarge', { limit }) : undefined,
          isTooLarge,
          abort: new AbortController(),
        }
      })
      setList((before) => [...before, ...added])
      let count = 0
      for (const upload of added) {
        if (upload.error === undefined && (await send(upload))) count += 1
      }
      await filesChanged()
      if (count > 0) notify('success', t('uploaded', { count }))
    },
    async retry(upload) {
      if (await send(upload)) notify('success', t('uploaded', { count: 1 }))
      await filesChanged()
    },
    drop(upload) {
      upload.abort.abort()
      forget(upload.id)
    },
  }
}
