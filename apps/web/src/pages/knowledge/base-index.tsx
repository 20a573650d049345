import type { KnowledgeBaseRead } from '@runnel/protocol/knowledge-bases'
import { reEmbedKnowledgeBase } from '@runnel/protocol/knowledge-runs'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { flowUsesQuery } from '../../api/flow-uses.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState, Skeleton } from '../../ui/status.tsx'
import { EmbeddingChoice, type EmbeddingModel } from './embedding-choice.tsx'

export interface BaseIndexProps {
  readonly base: KnowledgeBaseRead
  readonly onStarted: () => void
}

/** The model a base is embedded with, which can be another, and the flows that use it. */
export function BaseIndex({ base, onStarted }: BaseIndexProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const { embedding_provider, embedding_model } = base
  const [model, setModel] = useState<EmbeddingModel>({ embedding_provider, embedding_model })
  const isSame = model.embedding_provider === embedding_provider && model.embedding_model === embedding_model

  async function reEmbed(): Promise<void> {
    const worked = await attempt(t('failed'), () =>
      client.call(reEmbedKnowledgeBase, { params: { kb_name: base.id }, body: model }),
    )
    await knowledgeChanged()
    if (worked) onStarted()
  }

  return (
    <div className="flex flex-col gap-8">
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void reEmbed()
        }}
      >
        <EmbeddingChoice value={model} onChange={setModel} />
        <p className="max-w-2xl text-sm text-text-muted">{t('index.text')}</p>
        <Button type="submit" look="primary" className="self-start" disabled={isSame || base.status === 'ingesting'}>
          <RefreshCw size={14} />
          {t('index.start')}
        </Button>
      </form>
      <section className="flex flex-col gap-2">
        <h3 className="font-medium text-sm">{t('index.users')}</h3>
        <FlowLinks base={base.id} />
      </section>
    </div>
  )
}

function FlowLinks({ base }: { readonly base: string }): ReactNode {
  const { t } = useTranslation('knowledge')
  const { data: flows, isPending, error, refetch } = useQuery(flowUsesQuery('knowledge_base', [base]))
  if (isPending) return <Skeleton className="h-16" />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (flows.length === 0) return <p className="text-sm text-text-muted">{t('index.noUsers')}</p>
  return (
    <ul className="divide-y divide-border rounded-lg border border-border">
      {flows.map(({ id, name }) => (
        <li key={id} className="px-3 py-2 text-sm">
          <Link to="/flow/$flowId" params={{ flowId: id }} className="text-accent underline">
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
