import { deleteKnowledgeChunks, updateKnowledgeChunk } from '@runnel/protocol/knowledge-chunks'
import { Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { TextArea } from '../../ui/input.tsx'
import { type Pair, PairList } from '../../ui/pair-list.tsx'
import { Badge } from '../../ui/status.tsx'
import { metadataOf, pairsOf } from './chunk-metadata.ts'

export interface ChunkCardProps {
  readonly base: string
  readonly chunk: {
    readonly id: string
    readonly content: string
    readonly metadata: Readonly<Record<string, unknown>>
  }
  /** How near it is to what was asked: 1 is the same text. */
  readonly score?: number | null
}

/** One text of a knowledge base with what is kept with it; it can be corrected and taken out. */
export function ChunkCard({ base, chunk: { id, content, metadata }, score }: ChunkCardProps): ReactNode {
  const { t, i18n } = useTranslation('knowledge')
  const [edited, setEdited] = useState<{ readonly text: string; readonly pairs: readonly Pair[] }>()
  const params = { kb_name: base }

  async function save(text: string, pairs: readonly Pair[]): Promise<void> {
    const body = { content: text, metadata: metadataOf(pairs, metadata) }
    const worked = await attempt(t('failed'), () =>
      client.call(updateKnowledgeChunk, { params: { ...params, chunk_id: id }, body }),
    )
    if (!worked) return
    setEdited(undefined)
    await knowledgeChanged()
  }
  async function takeOut(): Promise<void> {
    const question = { title: t('chunk.removeTitle'), text: t('chunk.removeText'), confirm: t('chunk.remove') }
    if (!(await confirm({ ...question, danger: true }))) return
    await attempt(t('failed'), () => client.call(deleteKnowledgeChunks, { params, body: { chunk_ids: [id] } }))
    await knowledgeChanged()
  }

  return (
    <li className="rounded-md border border-border p-3 text-sm" data-testid="chunk">
      {edited === undefined ? (
        <div className="flex items-start gap-1">
          <p className="wrap-anywhere line-clamp-6 min-w-0 flex-1 whitespace-pre-wrap">{content}</p>
          <IconButton
            label={t('chunk.edit')}
            size="sm"
            onClick={() => setEdited({ text: content, pairs: pairsOf(metadata) })}
          >
            <Pencil size={14} />
          </IconButton>
          <IconButton label={t('chunk.remove')} size="sm" onClick={() => void takeOut()}>
            <Trash2 size={14} />
          </IconButton>
        </div>
      ) : (
        <form
          className="flex flex-col gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void save(edited.text, edited.pairs)
          }}
        >
          <TextArea
            rows={6}
            value={edited.text}
            aria-label={t('chunk.text')}
            onChange={(event) => setEdited({ ...edited, text: event.target.value })}
          />
          <PairList
            label={t('adding.metadata')}
            pairs={edited.pairs}
            onChange={(pairs) => setEdited({ ...edited, pairs })}
          />
          <div className="flex gap-2">
            <Button type="submit" look="primary" size="sm" disabled={edited.text.trim() === ''}>
              {t('chunk.save')}
            </Button>
            <Button size="sm" onClick={() => setEdited(undefined)}>
              {t('chunk.leave')}
            </Button>
          </div>
        </form>
      )}
      <div className="mt-2 flex flex-wrap gap-1">
        {typeof score === 'number' ? (
          <Badge tone="accent">
            {t('find.score', { score: score.toLocaleString(i18n.language, { maximumFractionDigits: 3 }) })}
          </Badge>
        ) : null}
        <Badge>{t('characterCount', { count: content.length })}</Badge>
        {pairsOf(metadata).map(([name, value]) => (
          <Badge key={name}>
            {name}: {value}
          </Badge>
        ))}
      </div>
    </li>
  )
}
