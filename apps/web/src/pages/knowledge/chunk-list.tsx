import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chunksQuery } from '../../api/knowledge.ts'
import { IconButton } from '../../ui/button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Badge, EmptyState, ErrorState, Skeleton } from '../../ui/status.tsx'

/** The texts a knowledge base holds, each with where it comes from. */
export function ChunkList({ base }: { readonly base: string }): ReactNode {
  const { t } = useTranslation('knowledge')
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const { data, isPending, error, refetch } = useQuery(chunksQuery({ base, search, page }))
  return (
    <div className="flex flex-col gap-3">
      <SearchInput
        value={search}
        onChange={(next) => {
          setSearch(next)
          setPage(1)
        }}
        label={t('searchChunks')}
      />
      {isPending ? <Skeleton className="h-40" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data && data.total === 0 ? <EmptyState title={search ? t('noChunksMatch') : t('noChunks')} /> : null}
      <ol className="flex flex-col gap-2">
        {data?.chunks.map((chunk) => (
          <li key={chunk.id} className="rounded-md border border-border p-3 text-sm">
            <p className="wrap-anywhere line-clamp-6 whitespace-pre-wrap">{chunk.content}</p>
            <div className="mt-2 flex flex-wrap gap-1">
              <Badge>{t('characterCount', { count: chunk.char_count })}</Badge>
              {Object.entries(chunk.metadata).map(([name, value]) => (
                <Badge key={name}>
                  {name}: {String(value)}
                </Badge>
              ))}
            </div>
          </li>
        ))}
      </ol>
      {data && data.total_pages > 1 ? (
        <div className="flex items-center justify-end gap-2 text-sm text-text-muted">
          {t('page', { page: data.page, pages: data.total_pages })}
          <IconButton label={t('before')} disabled={page <= 1} onClick={() => setPage(page - 1)}>
            <ChevronLeft size={16} />
          </IconButton>
          <IconButton label={t('after')} disabled={page >= data.total_pages} onClick={() => setPage(page + 1)}>
            <ChevronRight size={16} />
          </IconButton>
        </div>
      ) : null}
    </div>
  )
}
