import { FileUp, Play, RotateCcw, Square, Table2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useWorkspace } from '../../editor/editor-context.tsx'
import { useFromFlow } from '../../editor/from-flow.ts'
import { useComponentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { csvField } from '../../ui/csv-field.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { chooseFiles, FileDrop, saveFile } from '../../ui/file-drop.tsx'
import { Menu } from '../../ui/menu.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { EmptyState } from '../../ui/status.tsx'
import { ModelSetup } from '../model-setup.tsx'
import { type Batch, createBatch } from './batch.ts'
import { batchOf } from './batch-of.ts'
import { BatchResults } from './batch-results.tsx'
import { ColumnMapping } from './column-mapping.tsx'
import { type InputTable, MAX_ROWS, readTable, TABLE_FILES } from './input-table.ts'
import { resultsFile } from './results-file.ts'
import { batchInputs, guessMapping, rowDocument } from './row-document.ts'
import { runRow } from './run-row.ts'

/** Runs the flow once for each row of a file, and shows what came of each. */
export function BatchDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation('batch')
  useComponentText()
  const workspace = useWorkspace()
  const setup = batchOf(workspace)
  const { table, batch, mapping } = useStore(setup)
  const inputs = useFromFlow((document) => batchInputs(document))

  async function take([file]: readonly File[]): Promise<void> {
    if (!file) return
    try {
      const read = readTable(file.name, await file.text())
      if (read.rows.length === 0) notify('error', t('noRows', { name: file.name }))
      else if (read.rows.length > MAX_ROWS) notify('error', t('tooMany', { count: MAX_ROWS }))
      else {
        setup.getState().batch?.stop()
        setup.setState({ table: read, mapping: guessMapping(inputs, read), batch: undefined })
      }
    } catch (error) {
      notifyError(t('unreadable', { name: file.name }), error)
    }
  }
  function begin(rows: InputTable): void {
    const { parallel } = setup.getState()
    // The flow as it is now: what is edited meanwhile is for the next batch.
    const flow = workspace.editor.getDocument()
    const made = createBatch({
      count: rows.rows.length,
      parallel,
      runRow: async (index, signal) =>
        runRow(workspace.flowId, rowDocument(flow, mapping, rows.rows[index] ?? {}), signal),
    })
    setup.setState({ batch: made })
    void made.run()
  }
  const template = (): void =>
    saveFile(new Blob([`\uFEFF${inputs.map(({ label }) => csvField(label)).join(',')}\r\n`]), 'batch.csv')
  const choose = (): void => chooseFiles(TABLE_FILES, (files) => void take(files))
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      description={t('text')}
      width="xl"
      tall
      testId="batch-dialog"
      footer={table ? <Footer table={table} batch={batch} onBegin={() => begin(table)} /> : undefined}
    >
      <FileDrop text={t('drop')} onDrop={(files) => void take(files)} className="flex min-h-full flex-col gap-5">
        <ModelSetup onReady={() => undefined} />
        {table ? (
          <>
            <ColumnMapping setup={setup} table={table} inputs={inputs} onReplace={choose} />
            <BatchResults table={table} mapping={mapping} inputs={inputs} batch={batch} />
          </>
        ) : (
          <EmptyState
            icon={<Table2 size={32} />}
            title={t('empty')}
            hint={t('emptyHint')}
            actions={
              <>
                <Button look="primary" onClick={choose} data-testid="choose-batch-file">
                  <FileUp size={14} />
                  {t('choose')}
                </Button>
                <Button onClick={template} disabled={inputs.length === 0}>
                  {t('template')}
                </Button>
              </>
            }
          />
        )}
      </FileDrop>
    </Dialog>
  )
}

interface FooterProps {
  readonly table: InputTable
  readonly batch: Batch | undefined
  readonly onBegin: () => void
}

function Footer({ table, batch, onBegin }: FooterProps): ReactNode {
  const { t } = useTranslation('batch')
  const begin = (
    <Button look="primary" onClick={onBegin} data-testid="run-batch">
      <Play size={14} />
      {t('run', { count: table.rows.length })}
    </Button>
  )
  return batch ? <BatchButtons table={table} batch={batch} begin={begin} /> : begin
}

interface BatchButtonsProps {
  readonly table: InputTable
  readonly batch: Batch
  readonly begin: ReactNode
}

function BatchButtons({ table, batch, begin }: BatchButtonsProps): ReactNode {
  const { t } = useTranslation('batch')
  const { rows, isRunning } = useStore(batch.store)
  const count = (wanted: string): number => rows.filter(({ status }) => status === wanted).length
  const [failed, waiting] = [count('failed'), count('waiting')]
  const save = (format: 'csv' | 'jsonl') => () =>
    saveFile(new Blob([resultsFile(table, rows, format)]), `${table.name.replace(/\.\w+$/, '')}.results.${format}`)
  return (
    <>
      <Menu
        items={[
          { label: 'CSV', onSelect: save('csv'), testId: 'download-batch-csv' },
          { label: 'JSON Lines', onSelect: save('jsonl') },
        ]}
      >
        <Button data-testid="download-batch">{t('download')}</Button>
      </Menu>
      {failed > 0 && !isRunning ? (
        <Button onClick={() => void batch.retry()} data-testid="retry-batch">
          <RotateCcw size={14} />
          {t('retry', { count: failed })}
        </Button>
      ) : null}
      {isRunning ? (
        <Button onClick={batch.stop} data-testid="stop-batch">
          <Square size={14} />
          {t('stop')}
        </Button>
      ) : waiting > 0 ? (
        <Button look="primary" onClick={() => void batch.run()}>
          <Play size={14} />
          {t('goOn', { count: waiting })}
        </Button>
      ) : (
        begin
      )}
    </>
  )
}
