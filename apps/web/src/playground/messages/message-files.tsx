import { downloadFlowFile, showFlowImage } from '@runnel/protocol/files'
import { useQuery } from '@tanstack/react-query'
import { Download, File as FileIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { request } from '../../api/client.ts'
import { bytesText } from '../../ui/bytes.ts'
import { Picture } from '../markdown/chat-markdown.tsx'
import { Media, mediaKind } from './media.tsx'

const IMAGE = /\.(png|jpe?g|gif|webp|bmp|avif)$/i

/** The name a file was uploaded under: what is stored begins with the time. */
export const fileName = (path: string): string =>
  (path.split('/').at(-1) ?? path).replace(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_/, '')

function addressOf(path: string, endpoint: string): string {
  const [flowId = '', ...name] = path.split('/')
  return endpoint.replace(':flow_id', flowId).replace(':file_name', encodeURIComponent(name.join('/')))
}

/** The files of a message: pictures as such, others to be downloaded. */
export function MessageFiles({ files }: { readonly files: readonly string[] }): ReactNode {
  const { t } = useTranslation('playground')
  return (
    <ul className="flex max-w-full flex-wrap gap-2">
      {files.map((path) => (
        <li key={path} className="max-w-full">
          {IMAGE.test(path) ? (
            <Picture src={addressOf(path, showFlowImage.path)} alt={fileName(path)} />
          ) : mediaKind(path) ? (
            <Media src={addressOf(path, downloadFlowFile.path)} name={fileName(path)} />
          ) : (
            <a
              href={addressOf(path, downloadFlowFile.path)}
              download={fileName(path)}
              aria-label={t('files.download', { name: fileName(path) })}
              className="flex items-center gap-2 rounded-md border border-border bg-surface px-2.5 py-1.5 text-sm hover:bg-surface-hover"
            >
              <FileIcon size={16} className="shrink-0 text-text-muted" />
              <span className="min-w-0">
                <span className="block truncate">{fileName(path)}</span>
                <FileSize address={addressOf(path, downloadFlowFile.path)} />
              </span>
              <Download size={14} className="shrink-0 text-text-muted" />
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}

/** How large a file is, once the server has said. */
function FileSize({ address }: { readonly address: string }): ReactNode {
  const { i18n } = useTranslation('playground')
  const { data: size } = useQuery({
    queryKey: ['file-size', address],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { ok, headers } = await request(address, { method: 'HEAD', signal })
      const length = headers.get('content-length')
      return ok && length !== null ? Number(length) : null
    },
  })
  if (typeof size !== 'number') return null
  return <span className="block text-text-muted text-xs">{bytesText(size, i18n.language)}</span>
}
