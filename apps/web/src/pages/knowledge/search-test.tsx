import { searchKnowledgeBase } from '@runnel/protocol/knowledge-chunks'
import { useMutation } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { TextInput } from '../../ui/input.tsx'
import { Select } from '../../ui/select.tsx'
import { EmptyState, ErrorState } from '../../ui/status.tsx'
import { ChunkCard } from './chunk-card.tsx'

const METHODS = ['meaning', 'words', 'both'] as const

/** Asks a knowledge base as a flow would, and shows what it finds and how near it is. */
export function SearchTest({ base }: { readonly base: string }): ReactNode {
  const { t } = useTranslation('knowledge')
  const [query, setQuery] = useState('')
  const [method, setMethod] = useState<(typeof METHODS)[number]>('meaning')
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      client.call(searchKnowledgeBase, {
        params: { kb_name: base },
        body: { query: query.trim(), method, limit: 10 },
      }),
  })
  return (
    <div className="flex flex-col gap-3">
      <form
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (query.trim() !== '') mutate()
        }}
      >
        <TextInput
          value={query}
          aria-label={t('find.question')}
          placeholder={t('find.question')}
          className="min-w-56 flex-1"
          onChange={(event) => setQuery(event.target.value)}
        />
        <Select
          label={t('find.method')}
          value={method}
          options={METHODS.map((value) => ({ value, label: t(`find.${value}`) }))}
          onChange={setMethod}
        />
        <Button type="submit" look="primary" disabled={isPending || query.trim() === ''}>
          <Search size={14} />
          {t('find.ask')}
        </Button>
      </form>
      {error ? <ErrorState error={error} onRetry={mutate} /> : null}
      {data?.chunks.length === 0 ? <EmptyState title={t('find.none')} /> : null}
      <ol className="flex flex-col gap-2">
        {data?.chunks.map((chunk) => (
          <ChunkCard key={chunk.id} base={base} chunk={chunk} score={chunk.score} />
        ))}
      </ol>
    </div>
  )
}
