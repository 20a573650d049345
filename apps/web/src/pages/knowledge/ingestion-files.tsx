import type { KnowledgeRunRead } from '@runnel/protocol/knowledge-runs'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { bytesText } from '../../ui/bytes.ts'
import { Badge } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'

const TONES = { waiting: 'neutral', succeeded: 'success', failed: 'danger', skipped: 'neutral' } as const

export interface IngestionFilesProps {
  readonly files: KnowledgeRunRead['files']
  /** Of the upload. */
  readonly name: string
  /** Nothing is added any more: what still waits was left out. */
  readonly hasEnded: boolean
}

/** What became of each file of an upload. */
export function IngestionFiles({ files, name, hasEnded }: IngestionFilesProps): ReactNode {
  const { t, i18n } = useTranslation('knowledge')
  return (
    <Table label={t('files.title', { name })}>
      <HeadRow>
        <Head>{t('files.file')}</Head>
        <Head>{t('status')}</Head>
        <Head className="text-right">{t('size')}</Head>
        <Head className="text-right">{t('chunks')}</Head>
      </HeadRow>
      <tbody>
        {files.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
          <Row key={index}>
            <Cell className="wrap-anywhere">
              {file.name}
              {file.error ? <p className="text-danger text-xs">{file.error}</p> : null}
            </Cell>
            <Cell>
              <Badge tone={TONES[file.status]}>
                {t(`file.${hasEnded && file.status === 'waiting' ? 'left' : file.status}`)}
              </Badge>
            </Cell>
            <Cell className="whitespace-nowrap text-right text-text-muted">{bytesText(file.size, i18n.language)}</Cell>
            <Cell className="text-right text-text-muted tabular-nums">{file.chunks}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}
