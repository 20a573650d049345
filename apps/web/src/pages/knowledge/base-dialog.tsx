import type { KnowledgeBaseRead } from '@runnel/protocol/knowledge-bases'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFreshContents } from '../../api/knowledge.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ChoiceTabs } from '../../ui/tabs.tsx'
import { AddFiles } from './add-files.tsx'
import { BaseIndex } from './base-index.tsx'
import { ChunkList } from './chunk-list.tsx'
import { IngestionList } from './ingestion-list.tsx'
import { SearchTest } from './search-test.tsx'
import { SourceList } from './source-list.tsx'

type Tab = 'chunks' | 'sources' | 'find' | 'add' | 'runs' | 'index'

export interface BaseDialogProps {
  readonly base: KnowledgeBaseRead
  readonly onClose: () => void
}

/** One knowledge base: what it holds, adding files, how that went, and its model. */
export function BaseDialog({ base, onClose }: BaseDialogProps): ReactNode {
  const { t } = useTranslation('knowledge')
  const [tab, setTab] = useState<Tab>(base.chunks === 0 ? 'add' : 'chunks')
  useFreshContents(base)
  /** The file whose texts are looked at. */
  const [source, setSource] = useState<string>()
  const open = (name: string): void => {
    setSource(name)
    setTab('chunks')
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={base.name}
      description={`${base.embedding_provider} · ${base.embedding_model}`}
      width="lg"
      tall
    >
      <ChoiceTabs
        label={t('tabs.label')}
        value={tab}
        tabs={[
          { value: 'chunks', label: t('tabs.chunks') },
          { value: 'sources', label: t('tabs.sources') },
          { value: 'find', label: t('tabs.find') },
          { value: 'add', label: t('tabs.add') },
          { value: 'runs', label: t('tabs.runs') },
          { value: 'index', label: t('tabs.index') },
        ]}
        onChange={(next) => {
          setSource(undefined)
          setTab(next)
        }}
        className="mb-4"
      />
      {tab === 'chunks' ? <ChunkList base={base.id} of={source} /> : null}
      {tab === 'sources' ? <SourceList base={base.id} onOpen={open} /> : null}
      {tab === 'find' ? <SearchTest base={base.id} /> : null}
      {tab === 'add' ? (
        <AddFiles base={base} onStarted={() => setTab((now) => (now === 'add' ? 'runs' : now))} />
      ) : null}
      {tab === 'runs' ? <IngestionList base={base.id} /> : null}
      {tab === 'index' ? <BaseIndex base={base} onStarted={() => setTab('runs')} /> : null}
    </Dialog>
  )
}
