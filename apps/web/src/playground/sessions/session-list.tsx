import { useQuery } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { type MouseEvent, type ReactNode, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../ui/button.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { ErrorState, Skeleton } from '../../ui/status.tsx'
import { ageOf } from '../dates.ts'
import type { SessionRow as Row } from '../model/chat-backend.ts'
import { isRunningIn, threadOf } from '../model/playground-state.ts'
import { useChatPlace, usePlayground, usePlaygroundState } from '../playground-context.tsx'
import { usePinnedSessions } from './pinned-sessions.ts'
import { SessionRow } from './session-row.tsx'
import { useSessions } from './use-sessions.ts'

/** Lists of fewer are seen at a glance. */
const SEARCH_FROM = 6

/** The second of two clicks comes within this time; a list that went before would not be there for it. */
const DOUBLE_CLICK_MS = 400

/** The conversations with this flow. */
export function SessionList({ onOpen }: { readonly onOpen?: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const { refusal } = useChatPlace()
  const sessions = useSessions()
  const load = usePlaygroundState((state) => state.sessionsLoad)
  const isEmpty = usePlaygroundState((state) => state.sessions.length === 0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const isAnyRunning = usePlaygroundState((state) => [...chosen].some((id) => isRunningIn(state, id)))
  const [renaming, setRenaming] = useState<string>()
  const clicked = useRef<{ readonly id: string; readonly timer: ReturnType<typeof setTimeout> }>(undefined)
  const [search, setSearch] = useState('')
  const words = useDeferredValue(search.trim())
  const { data: said } = useQuery({
    queryKey: ['sessions-said', playground.backend.flowId, words],
    enabled: words !== '',
    queryFn: () => playground.backend.findSessions(words),
  })
  const groups = useGroups(sessions.rows.filter((row) => isFound(row, search)))
  const shown = groups.flatMap(({ rows }) => rows)
  const ids = shown.map(({ id }) => id).join('\n')
  // What is gone is no longer chosen.
  useEffect(() => setChosen((before) => new Set([...before].filter((id) => ids.split('\n').includes(id)))), [ids])

  function isFound({ id }: Row, text: string): boolean {
    const wanted = text.trim().toLowerCase()
    if (wanted === '' || sessions.titleOf(id).toLowerCase().includes(wanted)) return true
    const { messages } = threadOf(playground.store.getState(), id)
    return said?.has(id) === true || messages.some((message) => message.text.toLowerCase().includes(wanted))
  }
  const select = (row: Row, event: MouseEvent): void => {
    const next = chosenBy(event, row.id)
    setChosen(next ?? new Set())
    if (next) return
    if (event.detail > 1) return
    sessions.open(row.id)
    clearTimeout(clicked.current?.timer)
    // By the keyboard there is no second click to wait for.
    const timer = setTimeout(forgetClick, event.detail === 0 ? 0 : DOUBLE_CLICK_MS)
    clicked.current = { id: row.id, timer }
  }
  const forgetClick = (): void => {
    clicked.current = undefined
    onOpen?.()
  }
  /** The row of the first click may lie elsewhere by the second: an empty chat that is left is no longer listed. */
  const renameClicked = (): void => {
    const { id, timer } = clicked.current ?? {}
    clearTimeout(timer)
    clicked.current = undefined
    if (refusal !== undefined) return
    if (id !== undefined && !isRunningIn(playground.store.getState(), id)) setRenaming(id)
  }
  /** What is chosen after a click: a range with Shift, one more or less with Ctrl or ⌘; undefined: it just opens. */
  function chosenBy(event: MouseEvent, id: string): ReadonlySet<string> | undefined {
    const all = shown.map((row) => row.id)
    if (event.shiftKey && chosen.size > 0) {
      const ends = [all.findIndex((one) => chosen.has(one)), all.indexOf(id)]
      return new Set(all.slice(Math.min(...ends), Math.max(...ends) + 1))
    }
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey) return undefined
    return chosen.has(id) ? chosen.difference(new Set([id])) : new Set([...chosen, id])
  }
  const begin = (): void => {
    sessions.begin()
    onOpen?.()
  }
  return (
    <nav aria-label={t('sessions.label')} className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-2 p-2">
        <Button className="flex-1" onClick={begin} data-testid="new-chat">
          <Plus size={14} />
          {t('sessions.new')}
        </Button>
      </div>
      {sessions.rows.length >= SEARCH_FROM ? (
        <div className="px-2 pb-2">
          <SearchInput value={search} onChange={setSearch} label={t('sessions.search')} />
        </div>
      ) : null}
      {chosen.size > 0 ? (
        <div className="flex items-center gap-2 px-3 pb-1 text-text-muted text-xs">
          <span className="flex-1">{t('sessions.chosen', { count: chosen.size })}</span>
          <IconButton
            size="sm"
            label={t('sessions.delete')}
            disabled={isAnyRunning || refusal !== undefined}
            onClick={() => sessions.remove([...chosen])}
          >
            <Trash2 size={14} />
          </IconButton>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the menu of a session renames it by the keyboard */}
      <div
        className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
        data-testid="session-selector"
        onDoubleClick={renameClicked}
      >
        {load === 'failed' ? (
          <ErrorState error={t('sessions.failed')} onRetry={() => void playground.loadSessions()} />
        ) : load === 'loading' && isEmpty ? (
          <div className="flex flex-col gap-2 p-1">
            {[1, 2, 3].map((row) => (
              <Skeleton key={row} className="h-8" />
            ))}
          </div>
        ) : (
          <>
            <Groups groups={groups} chosen={chosen} renaming={renaming} onSelect={select} onRename={setRenaming} />
            {isEmpty ? <p className="px-2 py-3 text-text-muted text-xs">{t('sessions.none')}</p> : null}
          </>
        )}
      </div>
    </nav>
  )
}

interface Group {
  readonly age: 'pinned' | ReturnType<typeof ageOf>
  readonly rows: readonly Row[]
}

/** Sessions as they are listed: the pinned ones, then by the days they were last used on. */
function useGroups(rows: readonly Row[]): readonly Group[] {
  const { backend } = usePlayground()
  const pinned = usePinnedSessions(backend.flowId)
  const now = Date.now()
  // One that nothing was said in yet is of today.
  const ageOfRow = ({ id, lastAt }: Row): Group['age'] =>
    pinned.includes(id) ? 'pinned' : lastAt === undefined ? 'today' : ageOf(lastAt, now)
  const ages = new Set<Group['age']>(['pinned', ...rows.map(ageOfRow)])
  return [...ages]
    .map((age) => ({ age, rows: rows.filter((row) => ageOfRow(row) === age) }))
    .filter((group) => group.rows.length > 0)
}

interface GroupsProps {
  readonly groups: readonly Group[]
  readonly chosen: ReadonlySet<string>
  /** The session whose name is being changed. */
  readonly renaming: string | undefined
  readonly onSelect: (row: Row, event: MouseEvent) => void
  readonly onRename: (id: string | undefined) => void
}

function Groups({ groups, chosen, renaming, onSelect, onRename }: GroupsProps): ReactNode {
  const { t } = useTranslation('playground')
  return groups.map(({ age, rows }) => (
    <section key={age} aria-label={t(`ages.${age}`)}>
      <h3 className="px-2 pt-2 pb-1 text-text-muted text-xs">{t(`ages.${age}`)}</h3>
      <ul className="flex flex-col gap-0.5">
        {rows.map((row) => (
          <SessionRow
            key={row.id}
            row={row}
            isChosen={chosen.has(row.id)}
            isRenaming={renaming === row.id}
            onSelect={(event) => onSelect(row, event)}
            onRenaming={(isRenaming) => onRename(isRenaming ? row.id : undefined)}
          />
        ))}
      </ul>
    </section>
  ))
}
