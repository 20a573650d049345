import { useQuery } from '@tanstack/react-query'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chunksQuery, type KeptEntry, keptEntriesQuery, knowledgeSourcesQuery } from '../../api/knowledge.ts'
import { IconButton } from '../../ui/button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/status.tsx'
import { ChunkCard } from './chunk-card.tsx'

/** Stands for all files, or for whatever is kept; nothing has such a name. */
const ALL = '/'

const nameOf = ({ key, value }: KeptEntry): string => `${key}: ${value}`

export interface ChunkListProps {
  readonly base: string
  /** The file whose texts are shown first; without, those of all. */
  readonly of?: string | undefined
}

/** The texts a knowledge base holds, each with where it comes from. */
export function ChunkList({ base, of = ALL }: ChunkListProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const [search, setSearch] = useState('')
  const [source, setSource] = useState(of)
  const [kept, setKept] = useState(ALL)
  const [page, setPage] = useState(1)
  const { data: entries = [] } = useQuery(keptEntriesQuery(base))
  const { data: sources = [] } = useQuery(knowledgeSourcesQuery(base))
  const { data, isPending, error, refetch } = useQuery(
    chunksQuery({
      base,
      search,
      source: source === ALL ? '' : source,
      kept: entries.find((one) => nameOf(one) === kept),
      page,
    }),
  )
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <SearchInput
          className="min-w-56 flex-1"
          value={search}
          onChange={(next) => {
            setSearch(next)
            setPage(1)
          }}
          label={t('searchChunks')}
        />
        <Select
          label={t('source')}
          value={source}
          options={[
            { value: ALL, label: t('allSources') },
            ...sources.flatMap(({ source: name }) => (name ? [{ value: name, label: name }] : [])),
          ]}
          onChange={(next) => {
            setSource(next)
            setPage(1)
          }}
          className="max-w-64"
        />
        {entries.length > 0 ? (
          <Select
            label={t('kept')}
            value={kept}
            options={[
              { value: ALL, label: t('anyKept') },
              ...entries.map((one) => ({ value: nameOf(one), label: nameOf(one) })),
            ]}
            onChange={(next) => {
              setKept(next)
              setPage(1)
            }}
            className="max-w-64"
          />
        ) : null}
      </div>
      {isPending ? <Skeleton className="h-40" /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data && data.total === 0 ? (
        <EmptyState title={search || source !== ALL || kept !== ALL ? t('noChunksMatch') : t('noChunks')} />
      ) : null}
      <ol className="flex flex-col gap-2">
        {data?.chunks.map((chunk) => (
          <ChunkCard key={chunk.id} base={base} chunk={chunk} />
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
