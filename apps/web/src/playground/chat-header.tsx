import { Maximize2, MessageSquarePlus, Minimize2, PanelLeft, Settings2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { SessionTitle } from './sessions/session-title.tsx'
import { useSessions } from './sessions/use-sessions.ts'
import { setPlaygroundSettings, usePlaygroundSettings } from './settings.ts'

export interface ChatHeaderProps {
  readonly areSessionsShown: boolean
  readonly onToggleSessions: () => void
  /** Given where the chat can fill the window and be closed. */
  readonly panel?: PanelButtonsProps
  readonly children?: ReactNode
}

/** Which session this is, and how the chat is shown. */
export function ChatHeader({ areSessionsShown, onToggleSessions, panel, children }: ChatHeaderProps): ReactNode {
  const { t } = useTranslation('playground')
  const { begin } = useSessions()
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-0.5 border-border border-b px-2">
      <IconButton label={t('sessions.label')} aria-pressed={areSessionsShown} onClick={onToggleSessions}>
        <PanelLeft size={16} />
      </IconButton>
      <SessionTitle />
      {children}
      <IconButton label={t('sessions.new')} onClick={begin} data-testid="header-new-chat">
        <MessageSquarePlus size={16} />
      </IconButton>
      <SettingsMenu />
      {panel ? <PanelButtons {...panel} /> : null}
    </header>
  )
}

export interface PanelButtonsProps {
  readonly isFull: boolean
  /** Undefined where it fills a window of its own. */
  readonly onFull: (() => void) | undefined
  readonly onClose: () => void
}

/** Makes the panel fill the window, and closes it. */
export function PanelButtons({ isFull, onFull, onClose }: PanelButtonsProps): ReactNode {
  const { t } = useTranslation('playground')
  return (
    <>
      {onFull ? (
        <IconButton label={isFull ? t('smaller') : t('fullScreen')} onClick={onFull}>
          {isFull ? <Minimize2 size={16} /> : <Maximize2 size={16} />}
        </IconButton>
      ) : null}
      <IconButton label={t('close')} onClick={onClose} data-testid="playground-close-button">
        <X size={16} />
      </IconButton>
    </>
  )
}

function SettingsMenu(): ReactNode {
  const { t } = useTranslation('playground')
  const { showTimes, showFigures, openSteps, sendBy } = usePlaygroundSettings()
  return (
    <Menu
      items={[
        {
          label: t('settings.times'),
          checked: showTimes,
          onSelect: () => setPlaygroundSettings({ showTimes: !showTimes }),
        },
        {
          label: t('settings.figures'),
          checked: showFigures,
          onSelect: () => setPlaygroundSettings({ showFigures: !showFigures }),
        },
        {
          label: t('settings.steps'),
          checked: openSteps,
          onSelect: () => setPlaygroundSettings({ openSteps: !openSteps }),
        },
        'separator',
        {
          label: t('settings.sendByEnter'),
          checked: sendBy === 'enter',
          onSelect: () => setPlaygroundSettings({ sendBy: sendBy === 'enter' ? 'mod+enter' : 'enter' }),
        },
      ]}
    >
      <IconButton label={t('settings.label')}>
        <Settings2 size={16} />
      </IconButton>
    </Menu>
  )
}
