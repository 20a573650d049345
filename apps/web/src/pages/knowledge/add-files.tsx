import type { KnowledgeBaseRead } from '@runnel/protocol/knowledge-bases'
import { previewChunks } from '@runnel/protocol/knowledge-chunks'
import { ingestIntoKnowledgeBase } from '@runnel/protocol/knowledge-runs'
import { useQuery } from '@tanstack/react-query'
import { Eye, FolderUp, Upload, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { knowledgeChanged } from '../../api/knowledge.ts'
import { configQuery } from '../../api/server-info.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { bytesText } from '../../ui/bytes.ts'
import { chooseFiles, chooseFolder, FileDrop } from '../../ui/file-drop.tsx'
import { Field, TextInput } from '../../ui/input.tsx'
import { notify } from '../../ui/notifications.tsx'
import { type Pair, PairList } from '../../ui/pair-list.tsx'
import { documentNames } from './document-names.ts'

const MEGABYTE = 1024 * 1024

type Preview = Awaited<ReturnType<typeof client.call<typeof previewChunks>>>['files']

export interface AddFilesProps {
  readonly base: KnowledgeBaseRead
  readonly onStarted: () => void
}

/** Chooses files, says how they are cut, shows the pieces, and adds them. */
export function AddFiles({ base, onStarted }: AddFilesProps): ReactNode {
  const { t, i18n } = useTranslation('knowledge')
  const [files, setFiles] = useState<readonly File[]>([])
  const [size, setSize] = useState(String(base.chunk_size))
  const [overlap, setOverlap] = useState(String(base.chunk_overlap))
  const [separator, setSeparator] = useState(base.separator)
  const [metadata, setMetadata] = useState<readonly Pair[]>([])
  const [preview, setPreview] = useState<Preview>([])
  const [isBusy, setBusy] = useState(false)
  const { data: config } = useQuery(configQuery)
  const limit = (config?.max_file_size_upload ?? Number.POSITIVE_INFINITY) * MEGABYTE
  const names = documentNames(files)
  const isTooLarge = files.reduce((sum, file) => sum + file.size, 0) > limit
  const overlapError = Number(overlap) >= Number(size) ? t('adding.overlapRule') : undefined

  const canSend = !isBusy && files.length > 0 && !isTooLarge && overlapError === undefined

  function form(): FormData {
    const data = new FormData()
    data.append('chunk_size', size)
    data.append('chunk_overlap', overlap)
    data.append('separator', separator)
    const named = metadata.filter(([name]) => name.trim() !== '')
    if (named.length > 0) data.append('metadata', JSON.stringify(Object.fromEntries(named)))
    // Without a name said, a file of a folder would be sent under its path.
    for (const [index, file] of files.entries()) data.append('files', file, names[index])
    return data
  }
  async function show(): Promise<void> {
    setBusy(true)
    await attempt(t('failed'), async () => setPreview((await client.call(previewChunks, { form: form() })).files))
    setBusy(false)
  }
  async function add(): Promise<void> {
    setBusy(true)
    const worked = await attempt(t('failed'), () =>
      client.call(ingestIntoKnowledgeBase, { params: { kb_name: base.id }, form: form() }),
    )
    setBusy(false)
    await knowledgeChanged()
    if (worked) onStarted()
  }
  const take = (chosen: readonly File[]): void => {
    setPreview([])
    setFiles((before) => [...before, ...chosen])
  }

  return (
    <FileDrop text={t('adding.drop')} onDrop={take} className="flex flex-col gap-4">
      <div className="flex flex-col items-center gap-2 rounded-lg border border-border border-dashed p-6">
        <p className="text-sm text-text-muted">{t('adding.hint')}</p>
        <div className="flex gap-2">
          <Button data-focus-first="" onClick={() => chooseFiles('', take)}>
            <Upload size={14} />
            {t('adding.choose')}
          </Button>
          <Button
            onClick={() =>
              chooseFolder((chosen, hidden) => {
                take(chosen)
                if (hidden > 0) notify('notice', t('adding.hidden', { count: hidden }))
              })
            }
          >
            <FolderUp size={14} />
            {t('adding.folder')}
          </Button>
        </div>
      </div>
      <ul className="flex flex-col gap-1 text-sm">
        {files.map((file, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
          <li key={index} className="flex items-center gap-2 rounded-md bg-surface-muted px-3 py-1">
            <span className="min-w-0 flex-1 truncate">{names[index]}</span>
            <span className="text-text-muted">{bytesText(file.size, i18n.language)}</span>
            <IconButton
              label={t('adding.remove', { name: names[index] })}
              size="sm"
              onClick={() => {
                setPreview([])
                setFiles(files.filter((_, at) => at !== index))
              }}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      {isTooLarge ? (
        <p role="alert" className="text-danger text-sm">
          {t('adding.tooLarge', { limit: bytesText(limit, i18n.language) })}
        </p>
      ) : null}
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t('adding.size')}>
          <TextInput
            type="number"
            min={1}
            max={100000}
            value={size}
            onChange={(event) => setSize(event.target.value)}
          />
        </Field>
        <Field label={t('adding.overlap')} error={overlapError}>
          <TextInput type="number" min={0} value={overlap} onChange={(event) => setOverlap(event.target.value)} />
        </Field>
        <Field label={t('adding.separator')} hint={t('adding.separatorHint')}>
          <TextInput value={separator} onChange={(event) => setSeparator(event.target.value)} />
        </Field>
      </div>
      <PairList label={t('adding.metadata')} pairs={metadata} onChange={setMetadata} />
      <div className="flex gap-2">
        <Button disabled={!canSend} onClick={() => void show()}>
          <Eye size={14} />
          {t('adding.preview')}
        </Button>
        <Button look="primary" disabled={!canSend} onClick={() => void add()}>
          {t('adding.start', { count: files.length })}
        </Button>
      </div>
      {preview.map((file, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
        <section key={index} className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">
            {t('adding.pieces', { name: file.file_name, count: file.total_chunks })}
          </h3>
          {file.error === null ? null : <p className="text-danger text-sm">{file.error}</p>}
          <ol className="flex flex-col gap-1 empty:hidden">
            {file.preview_chunks.map((chunk) => (
              <li key={chunk.index} className="wrap-anywhere rounded-md bg-surface-muted p-2 font-mono text-xs">
                {chunk.content}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </FileDrop>
  )
}
