import { useQuery } from '@tanstack/react-query'
import { FileText, FolderOpen, X } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filesQuery } from '../../api/files.ts'
import { nameOf as shownName } from '../../pages/files/visible-files.ts'
import { lazily } from '../../ui/lazily.ts'
import { removeFile } from '../commands/remove-file.ts'
import { useWorkspace } from '../editor-context.tsx'
import { type FieldWidgetProps, labelOf, testIdOf, textOf } from './field-widget.ts'
import { OpenButton } from './open-button.tsx'

const FilePicker = lazily(async () => (await import('../editors/file-picker.tsx')).FilePicker)

const pathsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(textOf).filter((path) => path !== '')

/** Files the user has uploaded, by their paths. */
export function FileField({ name, field, onChange, isDisabled, labelId, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const { editor } = useWorkspace()
  const [isOpen, setOpen] = useState(false)
  const paths = pathsOf(field.file_path)
  const { data: files } = useQuery({ ...filesQuery, enabled: paths.length > 0 || isOpen })
  const isList = field.list === true
  const nameOf = (path: string): string => {
    const file = files?.find((one) => one.path === path)
    return file ? shownName(file) : (path.split('/').at(-1) ?? path)
  }
  const select = (chosen: readonly { readonly path: string; readonly name: string }[]): void => {
    const [first] = chosen
    onChange(
      isList
        ? { value: chosen.map((one) => one.name), file_path: chosen.map(({ path }) => path) }
        : { value: first?.name ?? '', file_path: first?.path ?? '' },
    )
  }
  const keep = (rest: readonly string[]): void => select(rest.map((path) => ({ path, name: nameOf(path) })))
  return (
    <div className="nodrag flex flex-col gap-1">
      {paths.map((path) => (
        <div key={path} className="flex h-8 items-center gap-2 rounded-md bg-surface-muted pl-2 text-sm">
          <FileText size={14} className="shrink-0 text-text-muted" />
          <span className="min-w-0 flex-1 truncate">{nameOf(path)}</span>
          <button
            type="button"
            disabled={isDisabled}
            aria-label={t('removeOne', { name: nameOf(path) })}
            onClick={() => keep(paths.filter((one) => one !== path))}
            className="grid size-8 place-items-center rounded-md text-text-muted hover:text-danger"
          >
            <X size={13} />
          </button>
        </div>
      ))}
      {isList || paths.length === 0 ? (
        <OpenButton
          icon={<FolderOpen size={14} />}
          label={isList ? t('files.selectMany') : t('files.selectOne')}
          labelId={labelId}
          onClick={() => setOpen(true)}
          testId={
            surface === 'node'
              ? 'button_open_file_management'
              : `button_open_file_management_${testIdOf(surface, name)}`
          }
        />
      ) : null}
      {isOpen ? (
        <Suspense fallback={null}>
          <FilePicker
            title={labelOf(name, field)}
            extensions={Array.isArray(field.fileTypes) ? field.fileTypes.map(String) : []}
            isMultiple={isList}
            chosen={paths}
            isDisabled={isDisabled}
            onSelect={select}
            onDeleted={(path) => editor.apply(removeFile, { path })}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
