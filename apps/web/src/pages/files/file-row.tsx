import type { UserFileRead } from '@runnel/protocol/files'
import { Copy, Download, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usersOf } from '../../api/flow-uses.ts'
import { UsedByButton } from '../../flows/used-by-button.tsx'
import { IconButton } from '../../ui/button.tsx'
import { bytesText } from '../../ui/bytes.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { InlineName } from '../../ui/inline-name.tsx'
import { Menu } from '../../ui/menu.tsx'
import type { Selection } from '../../ui/selection.ts'
import { Cell, Row } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import type { FileActions } from './file-actions.ts'
import { iconOf } from './file-type.ts'
import { nameOf } from './visible-files.ts'

export interface FileRowProps {
  readonly file: UserFileRead
  readonly selection: Selection
  readonly actions: FileActions
}

/** One file of the list. */
export function FileRow({ file, selection, actions }: FileRowProps): ReactNode {
  const { t, i18n } = useTranslation('files')
  const [isEdited, setEdited] = useState(false)
  const name = nameOf(file)
  const Icon = iconOf(file.path)
  return (
    <Row aria-selected={selection.has(file.id)} data-testid={`file-item-${file.name}`}>
      <Cell className="w-10 pr-0">
        <Checkbox
          checked={selection.has(file.id)}
          label={t('select', { name })}
          onClick={(event) => selection.toggle(file.id, event)}
        />
      </Cell>
      <Cell className="w-full min-w-36 max-w-0">
        {isEdited ? (
          <InlineName
            name={file.name}
            label={t('name')}
            testId={`rename-input-${file.name}`}
            onDone={(next) => {
              setEdited(false)
              if (next !== undefined && next !== file.name) void actions.rename(file, next)
            }}
          />
        ) : (
          <button
            type="button"
            className="flex min-h-6 max-w-full items-center gap-2 rounded-sm text-left"
            title={t('renameHint')}
            onDoubleClick={() => setEdited(true)}
            onClick={(event) => selection.toggle(file.id, event)}
          >
            <Icon size={16} className="shrink-0 text-text-muted" />
            <span className="truncate font-medium">{name}</span>
          </button>
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-text-muted">{bytesText(file.size, i18n.language)}</Cell>
      <Cell className="text-text-muted">
        <Time at={file.updated_at} />
      </Cell>
      <Cell className="w-24">
        <UsedByButton name={name} users={usersOf('file', file.path)} />
      </Cell>
      <Cell className="w-12">
        <Menu
          items={[
            { label: t('rename'), icon: <Pencil size={14} />, onSelect: () => setEdited(true) },
            { label: t('download'), icon: <Download size={14} />, onSelect: () => void actions.download([file]) },
            { label: t('duplicate'), icon: <Copy size={14} />, onSelect: () => void actions.duplicate(file) },
            'separator',
            {
              label: t('delete'),
              icon: <Trash2 size={14} />,
              danger: true,
              onSelect: () => void actions.remove([file]),
            },
          ]}
        >
          <IconButton label={t('actions', { name })} data-testid={`context-menu-button-${file.name}`}>
            <Ellipsis size={16} />
          </IconButton>
        </Menu>
      </Cell>
    </Row>
  )
}
