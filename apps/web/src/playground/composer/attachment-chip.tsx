import { CircleAlert, File as FileIcon, RotateCcw, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import type { Attachment } from '../model/drafts.ts'

export interface AttachmentChipProps {
  readonly attachment: Attachment
  readonly onRemove: () => void
  readonly onRetry: () => void
}

/** A file beside the text: its picture, how far its upload is, and away with it. */
export function AttachmentChip({ attachment, onRemove, onRetry }: AttachmentChipProps): ReactNode {
  const { t } = useTranslation('playground')
  const { file, state, progress } = attachment
  const preview = usePreview(file)
  return (
    <li
      data-testid="attachment"
      data-state={state}
      className={classNames(
        'flex max-w-56 items-center gap-1.5 rounded-md border bg-surface py-1 pr-1 pl-1.5 text-xs',
        state === 'failed' ? 'border-danger' : 'border-border',
      )}
    >
      {preview ? (
        <img src={preview} alt="" className="size-7 rounded-sm object-cover" />
      ) : (
        <FileIcon size={16} className="shrink-0 text-text-muted" />
      )}
      <span className="min-w-0 flex-1 truncate">{file.name}</span>
      {state === 'uploading' ? <Ring share={progress} label={t('files.uploading', { name: file.name })} /> : null}
      {state === 'failed' ? (
        <>
          <CircleAlert size={14} className="text-danger" aria-label={t('files.failed')} />
          <IconButton size="sm" label={t('files.retry')} onClick={onRetry}>
            <RotateCcw size={12} />
          </IconButton>
        </>
      ) : null}
      <IconButton size="sm" label={t('files.remove', { name: file.name })} onClick={onRemove}>
        <X size={12} />
      </IconButton>
    </li>
  )
}

function usePreview(file: File): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!file.type.startsWith('image/')) return
    const made = URL.createObjectURL(file)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [file])
  return address
}

const Ring = ({ share, label }: { readonly share: number; readonly label: string }): ReactNode => (
  <svg
    viewBox="0 0 20 20"
    className="size-4 shrink-0 -rotate-90"
    role="progressbar"
    aria-label={label}
    aria-valuenow={Math.round(share * 100)}
    aria-valuemin={0}
    aria-valuemax={100}
  >
    <circle cx="10" cy="10" r="8" fill="none" stroke="var(--border)" strokeWidth="3" />
    <circle
      cx="10"
      cy="10"
      r="8"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="3"
      pathLength="1"
      strokeDasharray={`${share} 1`}
    />
  </svg>
)
