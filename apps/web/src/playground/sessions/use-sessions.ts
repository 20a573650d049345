import { useTranslation } from 'react-i18next'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { momentOf } from '../dates.ts'
import type { SessionRow } from '../model/chat-backend.ts'
import { threadOf } from '../model/playground-state.ts'
import { usePlayground, usePlaygroundState } from '../playground-context.tsx'
import { changePins } from './pinned-sessions.ts'
import { removeLater } from './remove-later.ts'

export interface Sessions {
  /** What is listed: those with messages, and the open one. */
  readonly rows: readonly SessionRow[]
  readonly titleOf: (id: string) => string
  /** Opens a chat nothing has been said in; it is stored with its first message. */
  readonly begin: () => void
  readonly open: (id: string) => void
  /** @returns why not */
  readonly refusalOf: (from: string, to: string) => string | undefined
  readonly rename: (from: string, to: string) => Promise<void>
  readonly remove: (ids: readonly string[]) => void
}

/** The sessions of the chat, and what can be done with them. */
export function useSessions(): Sessions {
  const { t, i18n } = useTranslation('playground')
  const playground = usePlayground()
  const { flowId } = playground.backend
  const stored = usePlaygroundState((state) => state.sessions)
  const current = usePlaygroundState((state) => state.current)
  const rows = stored.some(({ id }) => id === current) ? stored : [{ id: current, lastAt: undefined }, ...stored]
  const titleOf = (id: string): string => (id === flowId ? t('sessions.default') : id)

  const begin = (): void => {
    const state = playground.store.getState()
    // An empty chat is new enough.
    if (
      threadOf(state, state.current).messages.length === 0 &&
      !state.sessions.some(({ id }) => id === state.current)
    ) {
      return
    }
    playground.open(t('sessions.newName', { moment: momentOf(Date.now(), i18n.language) }))
  }
  const openAnother = (gone: readonly string[]): void => {
    if (!gone.includes(current)) return
    const next = stored.find(({ id }) => !gone.includes(id))
    if (next) playground.open(next.id)
    else begin()
  }
  return {
    rows,
    titleOf,
    begin,
    open: playground.open,
    refusalOf(from, to) {
      if (to.trim() === '') return t('sessions.nameEmpty')
      const isTaken = rows.some(({ id }) => id !== from && (id === to.trim() || titleOf(id) === to.trim()))
      return isTaken ? t('sessions.nameTaken') : undefined
    },
    async rename(from, to) {
      try {
        await playground.rename(from, to.trim())
        changePins(flowId, (pinned) => pinned.map((id) => (id === from ? to.trim() : id)))
      } catch (error) {
        notifyError(t('sessions.renameFailed'), error)
      }
    },
    remove(ids) {
      const back = ids.map(playground.hideSession)
      openAnother(ids)
      const undo = removeLater(playground.backend, ids, (error) => {
        for (const restore of back) restore()
        notifyError(t('sessions.deleteFailed'), error)
      })
      notify('notice', t('sessions.deleted', { count: ids.length }), {
        action: {
          label: t('undo'),
          perform() {
            undo()
            for (const restore of back) restore()
            const [first] = ids
            if (first !== undefined) playground.open(first)
          },
        },
      })
    },
  }
}
