import { useQuery } from '@tanstack/react-query'
import { FolderUp, Upload } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filesQuery, uploadFile } from '../../api/files.ts'
import { configQuery } from '../../api/server-info.ts'
import { listed } from '../../i18n/listed.ts'
import { nameOf } from '../../pages/files/visible-files.ts'
import { Button } from '../../ui/button.tsx'
import { bytesText } from '../../ui/bytes.ts'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/input.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { ErrorState, Spinner } from '../../ui/status.tsx'
import { extensionOf, fits, ofFolder, rangeBetween } from './file-list.ts'
import { FileRow } from './file-row.tsx'

export interface FilePickerProps {
  readonly title: string
  /** Extensions without dots that the component reads; all when there are none. */
  readonly extensions: readonly string[]
  readonly isMultiple: boolean
  /** Paths. */
  readonly chosen: readonly string[]
  readonly isDisabled: boolean
  readonly onSelect: (files: readonly { readonly path: string; readonly name: string }[]) => void
  /** A file the field may hold is gone. */
  readonly onDeleted: (path: string) => void
  readonly onClose: () => void
}

const FIRST_TYPES = 3

/** The user's files, with room to drop new ones. What is uploaded here is chosen at once. */
export function FilePicker(props: FilePickerProps): ReactNode {
  const { title, extensions, isMultiple, isDisabled, onSelect, onDeleted, onClose } = props
  const { t, i18n } = useTranslation('fields')
  const { data: files = [], isPending, error, refetch } = useQuery(filesQuery)
  const { data: config } = useQuery(configQuery)
  const [chosen, setChosen] = useState<readonly string[]>(props.chosen)
  const [search, setSearch] = useState('')
  /** Wanted to go on without a file. */
  const [isAsked, setAsked] = useState(false)
  const [uploading, setUploading] = useState(0)
  const [isOver, setOver] = useState(false)
  const last = useRef<string>(undefined)
  const input = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const shown = files.filter((file) => nameOf(file).toLowerCase().includes(search.trim().toLowerCase()))
  const limit = (config?.max_file_size_upload ?? 0) * 1024 * 1024

  async function upload(given: readonly File[]): Promise<void> {
    for (const file of isMultiple ? given : given.slice(0, 1)) {
      if (!fits(extensionOf(file.name), extensions)) {
        notifyError(t('files.wrongType', { name: file.name, types: listed(extensions) }))
      } else if (limit > 0 && file.size > limit) {
        notifyError(t('files.tooLarge', { name: file.name, limit: bytesText(limit, i18n.language) }))
      } else {
        setUploading((count) => count + 1)
        try {
          const { path } = await uploadFile(file)
          setChosen((before) => (isMultiple ? [...before, path] : [path]))
        } catch (failure) {
          notifyError(t('files.notUploaded', { name: file.name }), failure)
        } finally {
          setUploading((count) => count - 1)
        }
      }
    }
  }
  const toggle = (path: string, isRange: boolean): void => {
    const paths = shown.filter((file) => fits(extensionOf(file.path), extensions)).map((file) => file.path)
    const range = isRange && isMultiple && last.current ? rangeBetween(paths, last.current, path) : [path]
    const isOn = chosen.includes(path)
    last.current = path
    if (!isMultiple) setChosen(isOn ? [] : [path])
    else setChosen(isOn ? chosen.filter((one) => !range.includes(one)) : [...new Set([...chosen, ...range])])
  }
  const select = (): void => {
    const found = chosen.flatMap((path) => files.find((file) => file.path === path) ?? [])
    if (found.length === 0) {
      setAsked(true)
      return
    }
    onSelect(found.map((file) => ({ path: file.path, name: nameOf(file) })))
    onClose()
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={isMultiple ? t('files.selectMany') : t('files.selectOne')}
      width="md"
      tall
      footer={
        <>
          {isAsked && chosen.length === 0 ? (
            <span role="alert" className="mr-auto self-center text-danger text-sm">
              {t('files.selectOneAtLeast')}
            </span>
          ) : (
            <span className="mr-auto self-center text-sm text-text-muted">{t('chosen', { count: chosen.length })}</span>
          )}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            look="primary"
            disabled={isDisabled || uploading > 0}
            onClick={select}
            data-testid="select-files-modal-button"
          >
            {t('files.select')}
          </Button>
        </>
      }
    >
      <div className="flex h-full flex-col gap-3">
        <button
          type="button"
          disabled={isDisabled}
          onClick={() => input.current?.click()}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault()
            setOver(false)
            void upload([...event.dataTransfer.files])
          }}
          data-testid="drag-files-component"
          className={classNames(
            'flex flex-col items-center gap-1 rounded-md border border-dashed px-4 py-5 text-sm',
            isOver ? 'border-accent bg-accent-soft' : 'border-border-strong hover:bg-surface-hover',
          )}
        >
          {uploading > 0 ? <Spinner label={t('files.uploading')} /> : <Upload size={18} className="text-text-muted" />}
          {t('files.drop')}
          <span className="text-text-muted text-xs">
            {listed(extensions.slice(0, FIRST_TYPES))}
            {extensions.length > FIRST_TYPES ? (
              <span title={listed(extensions)}>
                {' '}
                {t('files.moreTypes', { count: extensions.length - FIRST_TYPES })}
              </span>
            ) : null}
            {limit > 0 ? ` · ${t('files.limit', { limit: bytesText(limit, i18n.language) })}` : ''}
          </span>
        </button>
        <input
          ref={input}
          type="file"
          multiple={isMultiple}
          accept={extensions.map((extension) => `.${extension}`).join(',')}
          aria-label={t('files.upload')}
          className="hidden"
          data-testid="file-input"
          onChange={(event) => {
            const given = [...(event.target.files ?? [])]
            event.target.value = ''
            void upload(given)
          }}
        />
        {isMultiple ? (
          <>
            <Button
              size="sm"
              className="self-start"
              disabled={isDisabled}
              onClick={() => folder.current?.click()}
              data-testid="upload-folder-button"
            >
              <FolderUp size={14} />
              {t('files.folder')}
            </Button>
            <input
              ref={folder}
              type="file"
              // React knows the attribute by no other name.
              {...{ webkitdirectory: '' }}
              aria-label={t('files.folder')}
              className="hidden"
              data-testid="folder-input"
              onChange={(event) => {
                const { files: found, hidden, unfit } = ofFolder([...(event.target.files ?? [])], extensions)
                event.target.value = ''
                const left = [
                  ...(hidden > 0 ? [t('files.hidden', { count: hidden })] : []),
                  ...(unfit > 0 ? [t('files.unfit', { count: unfit })] : []),
                ]
                if (left.length > 0) notify('notice', t('files.leftOut'), { details: left })
                void upload(found)
              }}
            />
          </>
        ) : null}
        <TextInput
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('files.search')}
          aria-label={t('files.search')}
          data-testid="search-files-input"
        />
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {isPending ? <Spinner label={t('loading')} /> : null}
        <ul className="flex min-h-0 flex-1 flex-col overflow-y-auto">
          {shown.map((file) => (
            <FileRow
              key={file.id}
              file={file}
              isChosen={chosen.includes(file.path)}
              isMultiple={isMultiple}
              isFitting={fits(extensionOf(file.path), extensions)}
              onToggle={(isRange) => toggle(file.path, isRange)}
              onDeleted={() => {
                setChosen(chosen.filter((path) => path !== file.path))
                onDeleted(file.path)
              }}
            />
          ))}
          {!isPending && shown.length === 0 ? (
            <li className="py-6 text-center text-sm text-text-muted">
              {files.length === 0 ? t('files.none') : t('noValues')}
            </li>
          ) : null}
        </ul>
      </div>
    </Dialog>
  )
}
