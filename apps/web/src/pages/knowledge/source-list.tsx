import { deleteKnowledgeSources, type KnowledgeSource } from '@runnel/protocol/knowledge-sources'
import { useQuery } from '@tanstack/react-query'
import { FileText, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged, knowledgeSourcesQuery } from '../../api/knowledge.ts'
import { IconButton } from '../../ui/button.tsx'
import { ListStates } from '../../ui/list-states.tsx'
import { NameButton } from '../../ui/removable-list.tsx'
import { remove } from '../../ui/remove.ts'
import { SearchInput } from '../../ui/search-input.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'

export interface SourceListProps {
  readonly base: string
  /** Shows what comes from a file. */
  readonly onOpen: (source: string) => void
}

type Named = KnowledgeSource & { readonly source: string }

/** The files a knowledge base is made of, with how much is of each; one can be taken out whole. */
export function SourceList({ base, onOpen }: SourceListProps): ReactNode {
  const { t, i18n } = useTranslation('knowledge')
  const query = useQuery(knowledgeSourcesQuery(base))
  const [search, setSearch] = useState('')
  const files = (query.data ?? []).filter((one): one is Named => one.source !== null)
  const loose = query.data?.find(({ source }) => source === null)
  const words = search.trim().toLowerCase()
  const number = (value: number): string => value.toLocaleString(i18n.language)

  async function takeOut({ source, chunks }: Named): Promise<void> {
    const outcome = await remove({
      title: t('sources.removeTitle', { name: source }),
      text: t('sources.removeText', { count: chunks }),
      confirm: t('sources.remove'),
      done: t('sources.removed', { name: source }),
      failed: t('failed'),
      perform: () => client.call(deleteKnowledgeSources, { params: { kb_name: base }, body: { sources: [source] } }),
    })
    if (outcome !== 'declined') await knowledgeChanged()
  }

  return (
    <div className="flex flex-col gap-3">
      <ListStates query={query} isEmpty={query.data?.length === 0} title={t('noChunks')} />
      {files.length > 0 ? (
        <>
          <SearchInput value={search} onChange={setSearch} label={t('sources.search')} className="max-w-md" />
          <Table label={t('tabs.sources')}>
            <HeadRow>
              <Head>{t('files.file')}</Head>
              <Head className="text-right">{t('chunks')}</Head>
              <Head className="text-right">{t('characters')}</Head>
              <Head label={t('sources.actions')} />
            </HeadRow>
            <tbody>
              {files
                .filter(({ source }) => source.toLowerCase().includes(words))
                .map((file) => (
                  <Row key={file.source}>
                    <Cell className="w-full min-w-36 max-w-0">
                      <span className="flex items-center gap-2">
                        <FileText size={16} className="shrink-0 text-text-muted" />
                        <NameButton className="truncate" onClick={() => onOpen(file.source)}>
                          {file.source}
                        </NameButton>
                      </span>
                    </Cell>
                    {[file.chunks, file.characters].map((value, index) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                      <Cell key={index} className="text-right text-text-muted tabular-nums">
                        {number(value)}
                      </Cell>
                    ))}
                    <Cell className="w-12">
                      <IconButton label={t('sources.take', { name: file.source })} onClick={() => void takeOut(file)}>
                        <Trash2 size={16} />
                      </IconButton>
                    </Cell>
                  </Row>
                ))}
            </tbody>
          </Table>
        </>
      ) : null}
      {loose ? <p className="text-sm text-text-muted">{t('sources.loose', { count: loose.chunks })}</p> : null}
    </div>
  )
}
