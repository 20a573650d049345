import { ClientError } from '@runnel/client'
import { readPublicFlow } from '@runnel/protocol/example-flows'
import { useQuery } from '@tanstack/react-query'
import { Languages, SunMoon } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { configQuery } from '../../api/server-info.ts'
import { setTheme, useTheme } from '../../app/theme.ts'
import { readDocument } from '../../editor/model/flow-document.ts'
import { type Language, setLanguage } from '../../i18n/i18n.ts'
import { chatEnds } from '../../playground/chat-ends.ts'
import { ChatHeader } from '../../playground/chat-header.tsx'
import { ChatView } from '../../playground/chat-view.tsx'
import { createPlayground } from '../../playground/model/playground.ts'
import { createVisitStore } from '../../playground/model/visit-store.ts'
import { createVisitorBackend } from '../../playground/model/visitor-backend.ts'
import { ChatPlaceProvider } from '../../playground/playground-context.tsx'
import { IconButton } from '../../ui/button.tsx'
import { durationText } from '../../ui/duration.ts'
import { EmptyState, ErrorState, Spinner } from '../../ui/status.tsx'
import { rememberVisitor } from './visitor-id.ts'
import { watchSharing } from './watch-sharing.ts'

/** What the server answers about a flow that is not shared any more, or never was. */
const GONE: ReadonlySet<number> = new Set([403, 404])

/** Narrower windows show the sessions over the messages only when asked. */
const WIDE_PX = 1024

interface SharedChatProps {
  readonly flowId: string
  /** It stands inside of another site's page, and is nothing but the chat. */
  readonly isEmbedded: boolean
}

/** The chat with a shared flow, for whoever has its address. */
export function SharedChat({ flowId, isEmbedded }: SharedChatProps): ReactNode {
  const { t } = useTranslation('playground')
  const {
    data: flow,
    error,
    refetch,
  } = useQuery({
    queryKey: ['public-flow', flowId],
    retry: false,
    refetchOnWindowFocus: 'always',
    queryFn: ({ signal }) => client.call(readPublicFlow, { params: { flow_id: flowId }, signal }),
  })
  useEffect(() => {
    rememberVisitor()
  }, [])
  useEffect(() => {
    if (flow) document.title = flow.name
    if (flow && isEmbedded) parent.postMessage({ type: 'runnel:ready', flowId }, '*')
  }, [flow, isEmbedded, flowId])
  useToldSize(flow !== undefined && isEmbedded, flowId)
  const isGone = error instanceof ClientError && GONE.has(error.status)
  const isThere = flow !== undefined && !isGone
  useEffect(() => (isThere ? watchSharing(flowId, refetch) : undefined), [isThere, flowId, refetch])
  useEffect(() => {
    // Whom nothing is shared with is sent away at once.
    if (isGone && !isEmbedded) location.replace('/')
  }, [isGone, isEmbedded])
  if (isGone) return isEmbedded ? <EmptyState title={t('public.gone')} hint={t('public.goneHint')} /> : null
  if (!flow) {
    return (
      <div className="grid h-full place-items-center">
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Spinner size={24} />}
      </div>
    )
  }
  const { hasInput } = chatEnds(readDocument(flow.data))
  return (
    <Chat
      flowId={flowId}
      name={flow.name}
      takesText={hasInput}
      saysBuiltWith={flow.built_with}
      isEmbedded={isEmbedded}
      onTrouble={() => void refetch()}
    />
  )
}

/** Tells the page around an embedded chat how high all that was said is, in pixels, as it grows. */
function useToldSize(isOn: boolean, flowId: string): void {
  useEffect(() => {
    const log = isOn ? document.querySelector('[role="log"]') : null
    const content = log?.firstElementChild
    if (!log || !content) return
    const tell = (): void => {
      const around = document.documentElement.clientHeight - log.clientHeight
      parent.postMessage({ type: 'runnel:size', flowId, height: Math.ceil(content.scrollHeight + around) }, '*')
    }
    const watch = new ResizeObserver(tell)
    watch.observe(content)
    return () => watch.disconnect()
  }, [isOn, flowId])
}

interface ChatProps extends SharedChatProps {
  readonly name: string
  readonly takesText: boolean
  readonly saysBuiltWith: boolean
  /** Called when a message could not be sent. */
  readonly onTrouble: () => void
}

function Chat({ flowId, name, takesText, saysBuiltWith, isEmbedded, onTrouble }: ChatProps): ReactNode {
  const [playground] = useState(() =>
    createPlayground({ backend: createVisitorBackend(flowId, createVisitStore(flowId, sessionStorage)) }),
  )
  useEffect(
    () =>
      playground.store.subscribe(({ trouble }, before) => {
        if (trouble && trouble !== before.trouble) onTrouble()
      }),
    [playground, onTrouble],
  )
  const [areSessionsShown, setSessionsShown] = useState(!isEmbedded && innerWidth >= WIDE_PX)
  const place = useMemo(
    () => ({
      playground,
      showNode: undefined,
      saveAsTest: undefined,
      takesText,
      fileTypes: undefined,
      refusal: undefined,
      takesValues: false,
    }),
    [playground, takesText],
  )
  return (
    <ChatPlaceProvider place={place}>
      <div className="flex h-full flex-col">
        {isEmbedded ? null : <PageHeader name={name} saysBuiltWith={saysBuiltWith} />}
        <main className="flex min-h-0 flex-1 flex-col">
          <ChatView
            showSessions={areSessionsShown}
            onHideSessions={() => setSessionsShown(false)}
            header={
              <ChatHeader
                areSessionsShown={areSessionsShown}
                onToggleSessions={() => setSessionsShown(!areSessionsShown)}
              />
            }
          />
        </main>
      </div>
    </ChatPlaceProvider>
  )
}

function PageHeader({ name, saysBuiltWith }: Pick<ChatProps, 'name' | 'saysBuiltWith'>): ReactNode {
  const { t, i18n } = useTranslation('playground')
  const { data: config } = useQuery(configQuery)
  const shown = useTheme((state) => state.shown)
  const other: Language = i18n.language === 'zh-CN' ? 'en' : 'zh-CN'
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-border border-b px-4">
      <h1 className="min-w-0 truncate font-semibold max-sm:flex-1">{name}</h1>
      <p className="min-w-0 flex-1 truncate text-text-muted text-xs max-sm:sr-only">
        {config && t('public.kept', { time: durationText(config.public_flow_expiration * 1000, i18n.language) })}
      </p>
      <IconButton label={t('public.language')} onClick={() => void setLanguage(other)} lang={other}>
        <Languages size={16} />
      </IconButton>
      <IconButton label={t('public.theme')} onClick={() => setTheme(shown === 'dark' ? 'light' : 'dark')}>
        <SunMoon size={16} />
      </IconButton>
      {saysBuiltWith ? (
        <a
          href="/"
          className="flex min-h-6 min-w-6 items-center justify-center gap-1 text-text-muted text-xs hover:text-text"
        >
          <img src="/runnel.svg" alt="" width={16} height={16} />
          <span className="max-sm:sr-only">{t('public.builtWith')}</span>
        </a>
      ) : null}
    </header>
  )
}
