import { useQuery } from '@tanstack/react-query'
import {
  Bookmark,
  BookmarkPlus,
  BookOpen,
  File as FileIcon,
  MessageSquarePlus,
  SlidersHorizontal,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { filesQuery, readFile } from '../../api/files.ts'
import { knowledgeBasesQuery } from '../../api/knowledge.ts'
import { sessionQuery } from '../../api/session.ts'
import { nameOf } from '../../pages/files/visible-files.ts'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { useChatPlace, usePlaygroundState, useThread } from '../playground-context.tsx'
import { useSessions } from '../sessions/use-sessions.ts'
import { forgetPrompt, savePrompt, useSavedPrompts } from './saved-prompts.ts'
import type { Trigger } from './trigger.ts'

/** Something to choose for a trigger. */
export interface Suggestion {
  readonly key: string
  readonly label: string
  readonly hint?: string
  readonly icon: ReactNode
  /** What takes the place of the trigger; the whole text when `isWhole`. */
  readonly text: string
  readonly isWhole?: boolean
  readonly perform?: () => void
  /** Takes it off the list. */
  readonly remove?: () => void
}

export interface SuggestionSources {
  readonly trigger: Trigger | undefined
  /** All that is written. */
  readonly text: string
  /** Sends files with the message; undefined where none can be sent. */
  readonly attach: ((files: readonly File[]) => void) | undefined
  /** Opens the values of the session; undefined where there are none. */
  readonly onValues: (() => void) | undefined
}

const SHOWN = 30

/** What can be chosen for what is being typed: commands and saved prompts, or files and knowledge. */
export function useSuggestions({ trigger, text, attach, onValues }: SuggestionSources): readonly Suggestion[] {
  const commands = useCommands(trigger?.kind === 'command' ? text.slice(trigger.to).trim() : '', onValues)
  const mentions = useMentions(trigger?.kind === 'mention', attach)
  if (!trigger) return []
  const wanted = trigger.query.toLowerCase()
  const all = trigger.kind === 'command' ? commands : mentions
  return all.filter(({ key, label }) => `${key} ${label}`.toLowerCase().includes(wanted)).slice(0, SHOWN)
}

/** `rest`: what is written behind the command. */
function useCommands(rest: string, onValues: (() => void) | undefined): readonly Suggestion[] {
  const { t } = useTranslation('playground')
  const { showNode } = useChatPlace()
  const { data: session } = useQuery({ ...sessionQuery, enabled: showNode !== undefined })
  const userId = session?.user?.id ?? ''
  const prompts = useSavedPrompts(userId)
  const sessions = useSessions()
  const current = usePlaygroundState((state) => state.current)
  const hasStored = usePlaygroundState((state) => state.sessions.some(({ id }) => id === current))
  const { messages } = useThread()
  const savable = rest || messages.findLast(({ sender }) => sender === 'user')?.text.trim() || ''
  const isOwn = showNode !== undefined && userId !== ''
  return [
    ...(isOwn
      ? prompts.map((prompt) => ({
          key: `prompt ${prompt}`,
          label: prompt,
          icon: <Bookmark size={14} />,
          text: prompt,
          isWhole: true,
          remove: () => forgetPrompt(userId, prompt),
        }))
      : []),
    ...(isOwn && savable !== ''
      ? [
          {
            key: 'save',
            label: t(rest === '' ? 'commands.saveLast' : 'commands.save'),
            hint: savable.slice(0, 60),
            icon: <BookmarkPlus size={14} />,
            text: '',
            perform: () => {
              savePrompt(userId, savable)
              notify('success', t('commands.saved'))
            },
          },
        ]
      : []),
    ...(onValues
      ? [
          {
            key: 'model values',
            label: t('commands.values'),
            hint: t('commands.valuesHint'),
            icon: <SlidersHorizontal size={14} />,
            text: '',
            perform: onValues,
          },
        ]
      : []),
    {
      key: 'new',
      label: t('sessions.new'),
      icon: <MessageSquarePlus size={14} />,
      text: '',
      perform: sessions.begin,
    },
    ...(hasStored
      ? [
          {
            key: 'clear',
            label: t('commands.clear'),
            hint: t('commands.clearHint'),
            icon: <Trash2 size={14} />,
            text: '',
            perform: () => sessions.remove([current]),
          },
        ]
      : []),
  ]
}

function useMentions(isWanted: boolean, attach: SuggestionSources['attach']): readonly Suggestion[] {
  const { t } = useTranslation('playground')
  const { showNode } = useChatPlace()
  const enabled = isWanted && showNode !== undefined
  const { data: files = [] } = useQuery({ ...filesQuery, enabled: enabled && attach !== undefined })
  const { data: bases = [] } = useQuery({ ...knowledgeBasesQuery, enabled })
  /** The message gets a copy of its own: it stays when the file is deleted. */
  const send = async (file: (typeof files)[number]): Promise<void> => {
    try {
      attach?.([new File([await readFile(file)], nameOf(file))])
    } catch (error) {
      notifyError(t('files.failed'), error)
    }
  }
  if (!enabled) return []
  return [
    ...(attach
      ? files.map((file) => ({
          key: `file ${file.path}`,
          label: nameOf(file),
          hint: t('commands.file'),
          icon: <FileIcon size={14} />,
          text: `@${nameOf(file)} `,
          perform: () => void send(file),
        }))
      : []),
    ...bases.map(({ name }) => ({
      key: `knowledge ${name}`,
      label: name,
      hint: t('commands.knowledge'),
      icon: <BookOpen size={14} />,
      text: `@${name} `,
    })),
  ]
}
