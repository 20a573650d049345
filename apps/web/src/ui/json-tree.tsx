import { Copy, X } from 'lucide-react'
import { type MouseEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MenuAt } from './menu.tsx'

export interface JsonTreeProps {
  readonly value: unknown
  /** All parts begin open. */
  readonly isOpen?: boolean
  /** Given, each part can be removed. */
  readonly onRemove?: (path: readonly string[]) => void
  /** Given, the path of each part can be copied. */
  readonly onCopyPath?: (path: readonly string[]) => void
}

/** How many entries of one list or object are drawn at once; more on demand. */
const SHOWN = 100

/** JSON as a tree that opens part by part. */
export const JsonTree = (props: JsonTreeProps): ReactNode => (
  <ul className="font-mono text-xs">
    <Branch {...props} name={undefined} path={[]} isOpen isAllOpen={props.isOpen ?? false} />
  </ul>
)

function Branch({
  value,
  name,
  path,
  isOpen: startsOpen,
  isAllOpen,
  onRemove,
  onCopyPath,
}: JsonTreeProps & {
  readonly name: string | undefined
  readonly path: readonly string[]
  readonly isOpen: boolean
  readonly isAllOpen: boolean
}): ReactNode {
  const { t } = useTranslation('fields')
  const [isOpen, setOpen] = useState(startsOpen)
  const [shown, setShown] = useState(SHOWN)
  const [menuAt, setMenuAt] = useState<{ readonly x: number; readonly y: number }>()
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : undefined
  const onContextMenu = (event: MouseEvent): void => {
    if (!onRemove || path.length === 0) return
    event.preventDefault()
    setMenuAt({ x: event.clientX, y: event.clientY })
  }
  const menu =
    menuAt && onRemove ? (
      <MenuAt
        at={menuAt}
        onClose={() => setMenuAt(undefined)}
        items={[
          { label: t('json.remove', { path: path.join('.') }), icon: <X size={14} />, onSelect: () => onRemove(path) },
        ]}
      />
    ) : null
  const label = name === undefined ? null : <span className="text-info">{name}: </span>
  const tools =
    path.length === 0 ? null : (
      <span className="ml-2 inline-flex opacity-0 focus-within:opacity-100 group-hover/row:opacity-100">
        {onCopyPath ? (
          <Tool label={t('json.copyPath', { path: path.join('.') })} onClick={() => onCopyPath(path)}>
            <Copy size={11} />
          </Tool>
        ) : null}
        {onRemove ? (
          <Tool label={t('json.remove', { path: path.join('.') })} onClick={() => onRemove(path)}>
            <X size={11} />
          </Tool>
        ) : null}
      </span>
    )
  if (!entries) {
    return (
      <li className="group/row whitespace-pre-wrap break-words py-0.5 pl-4" onContextMenu={onContextMenu}>
        {label}
        <span className={typeof value === 'string' ? 'text-success' : 'text-warning'}>{JSON.stringify(value)}</span>
        {tools}
        {menu}
      </li>
    )
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return (
    <li className="py-0.5">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu's entry is a button beside it as well */}
      <span className="group/row" onContextMenu={onContextMenu}>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="rounded-sm">
          <span className="inline-block w-4 text-text-muted">{isOpen ? '▾' : '▸'}</span>
          {label}
          <span className="text-text-muted">
            {isOpen ? open : `${open}${entries.length > 0 ? '…' : ''}${close} ${entries.length}`}
          </span>
        </button>
        {tools}
        {menu}
      </span>
      {isOpen ? (
        <>
          <ul className="ml-2 border-border border-l pl-1">
            {entries.slice(0, shown).map(([key, one]) => (
              <Branch
                key={key}
                value={one}
                name={key}
                path={[...path, key]}
                isOpen={isAllOpen || (path.length < 1 && entries.length < 20)}
                isAllOpen={isAllOpen}
                {...(onRemove && { onRemove })}
                {...(onCopyPath && { onCopyPath })}
              />
            ))}
          </ul>
          {entries.length > shown ? (
            <button type="button" onClick={() => setShown(shown + SHOWN)} className="ml-4 text-accent underline">
              {t('json.more', { count: entries.length - shown })}
            </button>
          ) : null}
          <span className="pl-4 text-text-muted">{close}</span>
        </>
      ) : null}
    </li>
  )
}

const Tool = ({
  label,
  onClick,
  children,
}: {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}): ReactNode => (
  <button
    type="button"
    aria-label={label}
    title={label}
    onClick={onClick}
    className="grid size-6 place-items-center rounded-sm text-text-muted hover:bg-surface-hover hover:text-text"
  >
    {children}
  </button>
)
