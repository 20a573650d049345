import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listed } from '../../i18n/listed.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextArea, TextInput } from '../../ui/input.tsx'
import { NoMatch } from '../../ui/no-match.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ToolArguments } from './tool-arguments.tsx'
import { askingTool, asksFirst, describedTool, renamedTool, type ToolRow, toolName } from './tool-rows.ts'

export interface ToolsEditorProps {
  readonly title: string
  readonly rows: readonly ToolRow[]
  readonly isDisabled: boolean
  readonly onSave: (rows: readonly ToolRow[]) => void
  readonly onClose: () => void
}

/** The actions of a node that is a tool: which are on, what a model calls them and reads of them. Closing keeps them. */
export function ToolsEditor({ title, rows: given, isDisabled, onSave, onClose }: ToolsEditorProps): ReactNode {
  const { t } = useTranslation('fields')
  const [rows, setRows] = useState(given)
  const [open, setOpen] = useState(0)
  const [search, setSearch] = useState('')
  const chosen = rows[open]
  const set = (index: number, row: ToolRow): void => setRows(rows.with(index, row))
  const close = (): void => {
    if (rows !== given && !isDisabled) onSave(rows)
    onClose()
  }
  const wanted = search.trim().toLowerCase()
  const isShown = (row: ToolRow): boolean => `${row.name} ${row.description}`.toLowerCase().includes(wanted)
  const shown = rows.filter(isShown)
  return (
    <Dialog
      open
      onOpenChange={close}
      title={title}
      description={t('tools.hint')}
      width="xl"
      tall
      testId="tools-editor"
      footer={
        <Button look="primary" onClick={close} data-testid="tools-close">
          {t('done')}
        </Button>
      }
    >
      <div className="flex h-full gap-4">
        <div className="flex min-w-0 flex-1 flex-col gap-2">
          <TextInput
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t('tools.search')}
            aria-label={t('tools.search')}
          />
          <div className="min-h-0 flex-1 overflow-auto rounded-md border border-border">
            <table className="w-full table-fixed text-left text-sm">
              <thead className="sticky top-0 bg-surface-muted">
                <tr>
                  <th scope="col" className="w-10 px-3 py-2">
                    <Checkbox
                      label={t('tools.all')}
                      disabled={isDisabled || shown.length === 0}
                      checked={shown.length > 0 && shown.every(isOn) ? true : shown.some(isOn) && 'indeterminate'}
                      onChange={(status) => setRows(rows.map((row) => (isShown(row) ? { ...row, status } : row)))}
                    />
                  </th>
                  <th scope="col" className="w-2/5 px-2 py-2 font-medium">
                    {t('tools.name')}
                  </th>
                  <th scope="col" className="px-2 py-2 font-medium">
                    {t('tools.description')}
                  </th>
                  <th scope="col" className="w-28 px-2 py-2 font-medium" title={t('tools.askHint')}>
                    {t('tools.ask')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, index) =>
                  isShown(row) ? (
                    <tr
                      key={row.tags[0] ?? index}
                      title={row.description}
                      className={classNames(
                        'relative border-border border-t',
                        index === open ? 'bg-accent-soft' : 'hover:bg-surface-hover',
                      )}
                    >
                      <td className="px-3 py-2">
                        <Checkbox
                          label={t('tools.enable', { name: row.name })}
                          disabled={isDisabled}
                          checked={isOn(row)}
                          onChange={(status) => set(index, { ...row, status })}
                          className="relative z-1"
                        />
                      </td>
                      <td className="px-2 py-2">
                        <button
                          type="button"
                          aria-pressed={index === open}
                          onClick={() => setOpen(index)}
                          // As large as its row, but for what is switched in it.
                          className="max-w-full truncate text-left font-mono text-xs after:absolute after:inset-0"
                        >
                          {row.name}
                        </button>
                        <div className="truncate text-text-muted text-xs">{listed(row.tags)}</div>
                      </td>
                      <td className="truncate px-2 py-2 text-text-muted">{row.description}</td>
                      <td className="px-2 py-2">
                        <Switch
                          checked={asksFirst(row)}
                          onChange={(asks) => set(index, askingTool(row, asks))}
                          label={t('tools.askOf', { name: row.name })}
                          disabled={isDisabled}
                          testId={`ask_${row.name}`}
                        />
                      </td>
                    </tr>
                  ) : null,
                )}
              </tbody>
            </table>
            {rows.length === 0 ? (
              <p className="p-6 text-center text-sm text-text-muted">{t('tools.none')}</p>
            ) : shown.length === 0 ? (
              <NoMatch onClear={() => setSearch('')} />
            ) : null}
          </div>
        </div>
        {chosen ? (
          <ToolForm
            key={open}
            row={chosen}
            isDisabled={isDisabled || chosen.readonly === true}
            onChange={(row) => set(open, row)}
          />
        ) : null}
      </div>
    </Dialog>
  )
}

const isOn = ({ status }: ToolRow): boolean => status !== false

function ToolForm({
  row,
  isDisabled,
  onChange,
}: {
  readonly row: ToolRow
  readonly isDisabled: boolean
  readonly onChange: (row: ToolRow) => void
}): ReactNode {
  const { t } = useTranslation('fields')
  const [name, setName] = useState(row.name)
  const [description, setDescription] = useState(row.description)
  const takeName = (): void => {
    const next = renamedTool(row, name)
    setName(next.name)
    if (next.name !== row.name) onChange(next)
  }
  return (
    <form
      className="flex w-80 shrink-0 flex-col gap-4 overflow-y-auto"
      onSubmit={(event) => {
        event.preventDefault()
        takeName()
      }}
    >
      <Field label={t('tools.slug')} hint={t('tools.slugHint')}>
        <TextInput
          value={name}
          disabled={isDisabled}
          onChange={(event) => setName(event.target.value)}
          onBlur={takeName}
          data-testid="input_update_name"
        />
      </Field>
      {name !== row.name && toolName(name) ? (
        <p className="text-text-muted text-xs">{t('tools.willBe', { name: toolName(name) })}</p>
      ) : null}
      <Field label={t('tools.description')} hint={t('tools.descriptionHint')}>
        <TextArea
          rows={6}
          value={description}
          disabled={isDisabled}
          onChange={(event) => {
            setDescription(event.target.value)
            onChange(describedTool(row, event.target.value))
          }}
          onBlur={() => setDescription(describedTool(row, description).description)}
          data-testid="input_update_description"
        />
      </Field>
      {Object.keys(row.args ?? {}).length > 0 ? (
        <ToolArguments row={row} isDisabled={isDisabled} onChange={onChange} />
      ) : null}
    </form>
  )
}
