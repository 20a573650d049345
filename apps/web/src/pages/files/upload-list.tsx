import { CircleAlert, RotateCw, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { Spinner } from '../../ui/status.tsx'
import type { Uploads } from './uploads.ts'

/** Files on their way, and those that did not get through. */
export function UploadList({ uploads }: { readonly uploads: Uploads }): ReactNode {
  const { t } = useTranslation('files')
  if (uploads.list.length === 0) return null
  return (
    <ul aria-label={t('uploads')} className="mb-4 flex flex-col divide-y divide-border rounded-lg border border-border">
      {uploads.list.map((upload) => (
        <li key={upload.id} className="flex items-center gap-3 px-3 py-2 text-sm">
          {upload.error === undefined ? (
            <Spinner label={t('uploading', { name: upload.file.name })} />
          ) : (
            <CircleAlert size={16} className="shrink-0 text-danger" />
          )}
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{upload.file.name}</span>
            {upload.error === undefined ? (
              <progress
                className="h-1.5 w-full accent-accent"
                value={upload.progress}
                aria-label={t('uploading', { name: upload.file.name })}
              />
            ) : (
              <span role="alert" className="text-danger text-xs">
                {upload.error}
              </span>
            )}
          </span>
          {upload.error !== undefined && !upload.isTooLarge ? (
            <Button size="sm" onClick={() => void uploads.retry(upload)}>
              <RotateCw size={12} />
              {t('tryAgain')}
            </Button>
          ) : null}
          <IconButton label={t('cancelUpload')} size="sm" onClick={() => uploads.drop(upload)}>
            <X size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
