import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { useWorkspace } from '../editor-context.tsx'
import { nodeTitle } from '../model/groups.ts'
import { createAnnouncements } from './announcements.ts'
import { documentNews } from './document-news.ts'

/** What is spoken, and which of all it is: the same words again are news again. */
const useAnnounced = create<{ readonly text: string; readonly turn: number }>(() => ({ text: '', turn: 0 }))

/** Says something to a screen reader: at most one thing in 0.7 s, the newest of its topic. */
export const { announce } = createAnnouncements({
  say: (text) => useAnnounced.setState(({ turn }) => ({ text, turn: turn + 1 })),
})

/** Where announcements are spoken from; once, in the workspace. */
export function Announcer(): ReactNode {
  useTold()
  const { text, turn } = useAnnounced()
  return (
    <p aria-live="polite" className="sr-only" data-testid="announcer">
      <span key={turn}>{text}</span>
    </p>
  )
}

/** Tells what becomes of the flow and how its runs go. How a run ended is said where it stands, with what to do. */
function useTold(): void {
  const { t } = useTranslation('editor')
  const { editor, runner } = useWorkspace()
  useEffect(() => {
    const stopEditor = editor.store.subscribe(({ document }, before) => {
      if (document === before.document) return
      for (const { key, names } of documentNews(before.document, document)) {
        // Of where a node goes step by step, only the last is worth telling.
        if (key === 'moved') {
          const [name = ''] = names
          announce(
            names.length > 1 ? t('announce.movedMany', { count: names.length }) : t('announce.moved', { name }),
            key,
          )
          continue
        }
        for (const name of names)
          announce(t(`announce.${key}`, { name }), key, (count) => t(`announce.${key}Many`, { count }))
      }
    })
    const stopRuns = runner.store.subscribe(({ running }, before) => {
      if (running && !before.running) announce(t('announce.runStarted'), 'run')
    })
    const stopNodes = runner.listen((event) => {
      if (event.event !== 'end_vertex' || !event.data.build_data.valid) return
      const { id, data } = event.data.build_data
      const name = nodeTitle(editor.getDocument(), id)
      announce(t('announce.finished', { name, duration: data.duration ?? '' }), 'finished', (count) =>
        t('announce.finishedMany', { count, name }),
      )
    })
    return () => {
      stopEditor()
      stopRuns()
      stopNodes()
    }
  }, [t, editor, runner])
}
