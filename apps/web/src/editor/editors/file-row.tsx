import type { UserFileRead } from '@runnel/protocol/files'
import { FileText, MoreVertical } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFileActions } from '../../pages/files/file-actions.ts'
import { nameOf } from '../../pages/files/visible-files.ts'
import { IconButton } from '../../ui/button.tsx'
import { bytesText } from '../../ui/bytes.ts'
import { GIVEN_UP_FIRST, isComposing, TextInput } from '../../ui/input.tsx'
import { Menu } from '../../ui/menu.tsx'

export interface FileRowProps {
  readonly file: UserFileRead
  readonly isChosen: boolean
  readonly isMultiple: boolean
  /** The component reads files of this kind. */
  readonly isFitting: boolean
  readonly onToggle: (isRange: boolean) => void
  readonly onDeleted: () => void
}

/** A file of the user, to choose, rename, download, copy or delete. */
export function FileRow({ file, isChosen, isMultiple, isFitting, onToggle, onDeleted }: FileRowProps): ReactNode {
  const { t, i18n } = useTranslation('fields')
  const actions = useFileActions()
  const [draft, setDraft] = useState<string>()
  const shown = nameOf(file)

  const rename = (): void => {
    const name = draft?.trim()
    setDraft(undefined)
    if (name && name !== file.name) void actions.rename(file, name)
  }
  const remove = async (): Promise<void> => {
    if (await actions.remove([file])) onDeleted()
  }
  return (
    <li
      className="flex h-10 items-center gap-2 rounded-sm px-1 hover:bg-surface-hover"
      data-testid={`file-item-${file.name}`}
      title={isFitting ? undefined : t('files.notSupported')}
    >
      <input
        type={isMultiple ? 'checkbox' : 'radio'}
        aria-label={shown}
        checked={isChosen}
        disabled={!isFitting}
        data-testid={`checkbox-${file.name}`}
        onClick={(event) => onToggle(event.shiftKey)}
        onChange={() => undefined}
      />
      <FileText size={15} className="shrink-0 text-text-muted" />
      {draft === undefined ? (
        <button
          type="button"
          disabled={!isFitting}
          onClick={(event) => onToggle(event.shiftKey)}
          onDoubleClick={() => setDraft(file.name)}
          className="min-w-0 flex-1 truncate text-left text-sm disabled:text-text-faint"
        >
          {shown}
        </button>
      ) : (
        <TextInput
          autoFocus
          value={draft}
          aria-label={t('files.rename')}
          onChange={(event) => setDraft(event.target.value)}
          {...GIVEN_UP_FIRST}
          onEnter={rename}
          onBlur={rename}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !isComposing(event)) setDraft(undefined)
          }}
          className="h-7 flex-1"
        />
      )}
      <span className="text-text-muted text-xs tabular-nums">{bytesText(file.size, i18n.language)}</span>
      <Menu
        items={[
          { label: t('files.rename'), onSelect: () => setTimeout(() => setDraft(file.name)) },
          { label: t('files.download'), onSelect: () => void actions.download([file]) },
          {
            label: t('files.duplicate'),
            onSelect: () => void actions.duplicate(file),
          },
          'separator',
          { label: t('files.deleteShort'), danger: true, onSelect: () => void remove() },
        ]}
      >
        <IconButton label={t('files.menu', { name: shown })} size="sm" data-testid={`context-menu-button-${file.name}`}>
          <MoreVertical size={14} />
        </IconButton>
      </Menu>
    </li>
  )
}
