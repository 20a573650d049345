import { ClientError } from '@runnel/client'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonProps } from './button.tsx'
import { copyText } from './copy-text.ts'

/** What the server's log calls the request that failed. */
export const requestIdOf = (error: unknown): string | undefined =>
  error instanceof ClientError ? error.requestId : undefined

/** What whoever runs the server needs to find a failure: its name, the page, the request, where it happened. */
export function reportOf(thrown: unknown, page: string): string {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  return [`${error.name}: ${error.message}`, page, requestIdOf(error), error.stack].filter(Boolean).join('\n')
}

export interface CopyReportProps extends Pick<ButtonProps, 'look'> {
  readonly error: unknown
}

/** Copies the report of a failure, and says so. */
export function CopyReport({ error, look = 'secondary' }: CopyReportProps): ReactNode {
  const { t } = useTranslation('common')
  const [isCopied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await copyText(reportOf(error, location.href))
    setCopied(true)
  }
  return (
    <Button look={look} onClick={() => void copy()}>
      {isCopied ? t('copied') : t('error.copy')}
    </Button>
  )
}

/** The number under which the server's log has a failure. */
export function RequestNumber({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useTranslation('common')
  const id = requestIdOf(error)
  return id === undefined ? null : (
    <p className="text-text-muted text-xs">
      {t('error.request')} <code className="font-mono">{id}</code>
    </p>
  )
}
