import { deleteKnowledgeChunks, updateKnowledgeChunk } from '@runnel/protocol/knowledge-bases'
import { Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { TextArea } from '../../ui/input.tsx'
import { Badge } from '../../ui/status.tsx'

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
  const [edited, setEdited] = useState<string>()
  const params = { kb_name: base }

  async function save(text: string): Promise<void> {
    const worked = await attempt(t('failed'), () =>
      client.call(updateKnowledgeChunk, { params: { ...params, chunk_id: id }, body: { content: text } }),
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
          <IconButton label={t('chunk.edit')} size="sm" onClick={() => setEdited(content)}>
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
            void save(edited)
          }}
        >
          <TextArea
            rows={6}
            value={edited}
            aria-label={t('chunk.text')}
            onChange={(event) => setEdited(event.target.value)}
          />
          <div className="flex gap-2">
            <Button type="submit" look="primary" size="sm" disabled={edited.trim() === '' || edited === content}>
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
        {Object.entries(metadata).map(([name, value]) => (
          <Badge key={name}>
            {name}: {String(value)}
          </Badge>
        ))}
      </div>
    </li>
  )
}
