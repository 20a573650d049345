import { useQuery } from '@tanstack/react-query'
import { Bookmark, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../../api/session.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/input.tsx'
import { Popover } from '../../ui/popover.tsx'
import { readViews, type SavedView } from './stored-views.ts'

export interface SavedViewsProps {
  /** Where this browser keeps them, each user's apart. */
  readonly storedAs: string
  /** What the list shows now. */
  readonly state: SavedView['state']
  readonly onChoose: (state: SavedView['state']) => void
}

/** Filters that are asked for often, under names. */
export function SavedViews({ storedAs, state, onChoose }: SavedViewsProps): ReactNode {
  const { t } = useTranslation('monitor')
  // Nobody sees what who used this browser before looks for.
  const { data: session } = useQuery(sessionQuery)
  const key = `${storedAs}.${session?.user?.id ?? ''}`
  const [views, setViews] = useState(() => readViews(localStorage.getItem(key)))
  const [name, setName] = useState('')
  const [isOpen, setOpen] = useState(false)
  const keep = (next: readonly SavedView[]): void => {
    localStorage.setItem(key, JSON.stringify(next))
    setViews(next)
  }
  return (
    <Popover
      label={t('views.title')}
      open={isOpen}
      onOpenChange={setOpen}
      className="flex w-72 flex-col gap-2 p-2"
      trigger={
        <Button data-testid="saved-views">
          <Bookmark size={14} />
          {t('views.title')}
        </Button>
      }
    >
      {views.length === 0 ? <p className="px-2 py-1 text-sm text-text-muted">{t('views.none')}</p> : null}
      <ul className="flex flex-col empty:hidden">
        {views.map((view) => (
          <li key={view.name} className="flex items-center gap-1">
            <button
              type="button"
              className="h-8 min-w-0 flex-1 truncate rounded-sm px-2 text-left text-sm hover:bg-surface-hover"
              onClick={() => {
                onChoose(view.state)
                setOpen(false)
              }}
            >
              {view.name}
            </button>
            <IconButton
              label={t('views.forget', { name: view.name })}
              size="sm"
              onClick={() => keep(views.filter((one) => one !== view))}
            >
              <X size={14} />
            </IconButton>
          </li>
        ))}
      </ul>
      <form
        className="flex gap-2 border-border border-t pt-2"
        onSubmit={(event) => {
          event.preventDefault()
          const called = name.trim()
          if (called === '') return
          keep([...views.filter((view) => view.name !== called), { name: called, state }])
          setName('')
        }}
      >
        <TextInput
          value={name}
          maxLength={100}
          aria-label={t('views.name')}
          placeholder={t('views.name')}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {t('views.save')}
        </Button>
      </form>
    </Popover>
  )
}
