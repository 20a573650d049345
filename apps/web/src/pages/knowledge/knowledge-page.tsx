import { deleteKnowledgeBases, type KnowledgeBaseRead } from '@runnel/protocol/knowledge-bases'
import { useQuery } from '@tanstack/react-query'
import { BookOpen, Plus, Workflow } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeBasesQuery, knowledgeChanged } from '../../api/knowledge.ts'
import { useListState } from '../../app/list-state.ts'
import { usedByText } from '../../flows/used-by.tsx'
import { Button } from '../../ui/button.tsx'
import { bytesText } from '../../ui/bytes.ts'
import { Page } from '../../ui/page.tsx'
import { NameButton, RemovableList } from '../../ui/removable-list.tsx'
import { remove } from '../../ui/remove.ts'
import { useSelection } from '../../ui/selection.ts'
import { Badge } from '../../ui/status.tsx'
import { Cell, Head } from '../../ui/table.tsx'
import { BaseDialog } from './base-dialog.tsx'
import { IngestionFlow } from './ingestion-flow.tsx'
import { NewBaseDialog } from './new-base-dialog.tsx'

const NONE: readonly KnowledgeBaseRead[] = []
const TONES = { empty: 'neutral', ingesting: 'info', ready: 'success', failed: 'danger' } as const

/** The user's knowledge bases. */
export function KnowledgePage(): ReactNode {
  const { t, i18n } = useTranslation('knowledge')
  const query = useQuery(knowledgeBasesQuery)
  const { data: bases = NONE } = query
  const [{ q, base }, setState] = useListState({ q: '', base: '' })
  const [isNewOpen, setNewOpen] = useState(false)
  const [isFlowOpen, setFlowOpen] = useState(false)
  const shown = bases.filter(({ name }) => name.toLowerCase().includes(q.trim().toLowerCase()))
  const selection = useSelection(shown.map(({ id }) => id))
  const opened = bases.find(({ id }) => id === base)
  const number = (value: number): string => Math.round(value).toLocaleString(i18n.language)

  async function removeSelected(): Promise<void> {
    const count = selection.ids.size
    const outcome = await remove({
      title: t('remove.title', { count }),
      text: (
        <>
          <p className="mb-2">{t('remove.text')}</p>
          {await usedByText('knowledge_base', [...selection.ids])}
        </>
      ),
      confirm: t('remove.confirm', { count }),
      done: t('remove.done', { count }),
      failed: t('failed'),
      perform: () => client.call(deleteKnowledgeBases, { body: { kb_names: [...selection.ids] } }),
    })
    if (outcome === 'declined') return
    if (outcome === 'done') selection.clear()
    await knowledgeChanged()
  }

  const add = (
    <Button look="primary" data-testid="new-knowledge-btn" onClick={() => setNewOpen(true)}>
      <Plus size={16} />
      {t('add')}
    </Button>
  )
  return (
    <Page title={t('title')} description={t('text')} testId="mainpage_title" actions={add}>
      <RemovableList
        query={query}
        isEmpty={bases.length === 0}
        icon={<BookOpen size={36} />}
        title={t('empty.title')}
        hint={t('empty.hint')}
        actions={
          <>
            {add}
            <Button data-testid="new-ingestion-flow" onClick={() => setFlowOpen(true)}>
              <Workflow size={16} />
              {t('ingestion.make')}
            </Button>
          </>
        }
        label={t('title')}
        shown={shown}
        selection={selection}
        search={{ label: t('search'), value: q, onChange: (next) => setState({ q: next }) }}
        words={{
          selectAll: t('selectAll'),
          select: ({ name }) => t('select', { name }),
          bulk: t('bulk'),
          delete: t('delete'),
        }}
        onRemove={() => void removeSelected()}
        onOpen={({ id }) => setState({ base: id })}
        heads={
          <>
            <Head>{t('name')}</Head>
            <Head>{t('status')}</Head>
            <Head>{t('model')}</Head>
            <Head className="text-right">{t('size')}</Head>
            <Head className="text-right">{t('words')}</Head>
            <Head className="text-right">{t('characters')}</Head>
            <Head className="text-right">{t('chunks')}</Head>
            <Head className="text-right">{t('average')}</Head>
          </>
        }
        cells={(one) => (
          <>
            <Cell>
              <NameButton onClick={() => setState({ base: one.id })}>{one.name}</NameButton>
            </Cell>
            <Cell>
              <Badge tone={TONES[one.status]} className="whitespace-nowrap">
                {t(`state.${one.status}`)}
              </Badge>
            </Cell>
            <Cell className="whitespace-nowrap text-text-muted">
              {one.embedding_provider} · {one.embedding_model}
            </Cell>
            <Cell className="whitespace-nowrap text-right text-text-muted">{bytesText(one.size, i18n.language)}</Cell>
            {[one.words, one.characters, one.chunks, one.avg_chunk_size].map((value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
              <Cell key={index} className="text-right text-text-muted tabular-nums">
                {number(value)}
              </Cell>
            ))}
          </>
        )}
      />
      {isNewOpen ? (
        <NewBaseDialog onClose={() => setNewOpen(false)} onMade={({ id }) => setState({ base: id })} />
      ) : null}
      {isFlowOpen ? <IngestionFlow onClose={() => setFlowOpen(false)} /> : null}
      {opened ? <BaseDialog base={opened} onClose={() => setState({ base: '' })} /> : null}
    </Page>
  )
}
