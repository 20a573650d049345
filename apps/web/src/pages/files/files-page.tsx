import type { UserFileRead } from '@runnel/protocol/files'
import { useQuery } from '@tanstack/react-query'
import { Download, Files, SearchX, Trash2, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { filesQuery } from '../../api/files.ts'
import { configQuery } from '../../api/server-info.ts'
import { useListState } from '../../app/list-state.ts'
import { BulkBar } from '../../ui/bulk-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { chooseFiles, FileDrop } from '../../ui/file-drop.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { useSelection } from '../../ui/selection.ts'
import { SelectAllHead } from '../../ui/selection-cells.tsx'
import { EmptyState, ErrorState, TableSkeleton } from '../../ui/status.tsx'
import { Head, HeadRow, Table } from '../../ui/table.tsx'
import { useFileActions } from './file-actions.ts'
import { FileRow } from './file-row.tsx'
import { UploadList } from './upload-list.tsx'
import { useUploads } from './uploads.ts'
import { FILE_LIST, visibleFiles } from './visible-files.ts'

const MEGABYTE = 1024 * 1024
const NONE: readonly UserFileRead[] = []

/** The user's own files. */
export function FilesPage(): ReactNode {
  const { t, i18n } = useTranslation('files')
  const { data: files = NONE, isPending, error, refetch } = useQuery(filesQuery)
  const { data: config } = useQuery(configQuery)
  const [state, setState] = useListState<Record<keyof typeof FILE_LIST, string>>(FILE_LIST)
  const shown = visibleFiles(files, state, i18n.language)
  const selection = useSelection(shown.map(({ id }) => id))
  const selected = shown.filter(({ id }) => selection.has(id))
  const uploads = useUploads(config && config.max_file_size_upload * MEGABYTE)
  const actions = useFileActions()
  const sortBy = (column: string) => ({
    sorted:
      state.sort === column
        ? state.order === 'ascending'
          ? ('ascending' as const)
          : ('descending' as const)
        : undefined,
    onSort: () =>
      setState({
        sort: column,
        order: state.sort === column && state.order === 'ascending' ? 'descending' : 'ascending',
      }),
  })
  const upload = (
    <Button
      look="primary"
      data-testid="upload-file-btn"
      onClick={() => chooseFiles('', (chosen) => void uploads.start(chosen))}
    >
      <Upload size={16} />
      {t('upload')}
    </Button>
  )
  return (
    <FileDrop
      text={t('drop')}
      onDrop={(dropped) => void uploads.start(dropped)}
      className="min-h-full"
      testId="drag-files-component"
    >
      <Page title={t('title')} description={t('text')} testId="mainpage_title" actions={upload}>
        <UploadList uploads={uploads} />
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {isPending ? <TableSkeleton /> : null}
        {files.length > 0 ? (
          <SearchInput
            value={state.q}
            onChange={(q) => setState({ q })}
            label={t('search')}
            className="mb-3 max-w-md"
            testId="search-files-input"
          />
        ) : null}
        {!isPending && !error && files.length === 0 ? (
          <EmptyState icon={<Files size={36} />} title={t('empty.title')} hint={t('empty.hint')} actions={upload} />
        ) : null}
        {files.length > 0 && shown.length === 0 ? (
          <EmptyState
            icon={<SearchX size={32} />}
            title={t('none')}
            actions={<Button onClick={() => setState({ q: '' })}>{t('clear')}</Button>}
          />
        ) : null}
        {shown.length > 0 ? (
          <Table label={t('title')}>
            <HeadRow>
              <SelectAllHead selection={selection} ids={shown.map(({ id }) => id)} label={t('selectAll')} />
              <Head {...sortBy('name')}>{t('name')}</Head>
              <Head {...sortBy('size')}>{t('size')}</Head>
              <Head {...sortBy('modified')}>{t('modified')}</Head>
              <Head>{t('usedBy')}</Head>
              <Head label={t('actionsColumn')} />
            </HeadRow>
            <tbody>
              {shown.map((file) => (
                <FileRow key={file.id} file={file} selection={selection} actions={actions} />
              ))}
            </tbody>
          </Table>
        ) : null}
        <BulkBar count={selected.length} label={t('bulk')} onClear={selection.clear}>
          <Button data-testid="bulk-download-btn" onClick={() => void actions.download(selected)}>
            <Download size={14} />
            {t('download')}
          </Button>
          <Button
            look="danger"
            data-testid="bulk-delete-btn"
            onClick={() => void actions.remove(selected).then((yes) => yes && selection.clear())}
          >
            <Trash2 size={14} />
            {t('delete')}
          </Button>
        </BulkBar>
        <div className="h-6 shrink-0" />
      </Page>
    </FileDrop>
  )
}
