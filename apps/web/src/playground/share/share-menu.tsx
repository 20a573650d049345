import { type FlowRead, updateFlow } from '@runnel/protocol/flows'
import { listProjectTools } from '@runnel/protocol/project-tools'
import { Link } from '@tanstack/react-router'
import { AppWindow, Check, ChevronDown, Code, Copy, Download, ExternalLink, Server, Share2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { flowsChanged } from '../../api/flows.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../../editor/editor-context.tsx'
import { mayCall, mayEdit, mayRun } from '../../projects/may.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { notifyError } from '../../ui/notifications.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Switch } from '../../ui/switch.tsx'
import { chatEnds } from '../chat-ends.ts'
import { useCopied } from '../use-copied.ts'
import { embedFrame } from './embed-frame.ts'
import { VisitorView } from './visitor-view.tsx'

/** How others get at the flow: as a file, as a chat behind a link, inside of another page. */
export function ShareMenu({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('playground')
  const workspace = useWorkspace()
  const { ui } = workspace
  const canChat = useEditorState(({ document }) => {
    const { hasInput, hasOutput } = chatEnds(document)
    return hasInput || hasOutput
  })
  const isOpen = useWorkspaceUi(({ dialog }) => dialog === 'share')
  const setOpen = (isWanted: boolean): void => ui.setState({ dialog: isWanted ? 'share' : undefined })
  const [isShared, setShared] = useState(flow.access_type === 'PUBLIC')
  const [isSaving, setSaving] = useState(false)
  const address = `${location.origin}/playground/${flow.id}`
  const frame = embedFrame(flow, location.origin)

  async function share(wanted: boolean): Promise<void> {
    setSaving(true)
    try {
      await client.call(updateFlow, {
        params: { flow_id: flow.id },
        body: { access_type: wanted ? 'PUBLIC' : 'PRIVATE' },
      })
      setShared(wanted)
      void flowsChanged()
    } catch (error) {
      notifyError(t('share.failed'), error)
    } finally {
      setSaving(false)
    }
  }
  return (
    <Popover
      label={t('share.title')}
      open={isOpen}
      onOpenChange={setOpen}
      className="w-80 p-1"
      trigger={
        <Button data-testid="publish-button">
          <Share2 size={14} />
          <span className="max-xl:sr-only">{t('share.title')}</span>
          <ChevronDown size={14} />
        </Button>
      }
    >
      {mayRun(workspace) ? (
        <button
          type="button"
          className={ROW}
          data-testid="api-access-item"
          onClick={() => {
            setOpen(false)
            ui.setState({ dialog: 'api' })
          }}
        >
          <Code size={14} />
          {t('share.api')}
        </button>
      ) : null}
      <button
        type="button"
        className={ROW}
        onClick={() => {
          setOpen(false)
          ui.setState({ dialog: 'export' })
        }}
      >
        <Download size={14} />
        {t('share.export')}
      </button>
      {flow.folder_id === null || !mayCall(listProjectTools, flow.role) ? null : (
        <Link
          to="/projects/$projectId"
          params={{ projectId: flow.folder_id }}
          search={{ kind: 'mcp' }}
          className={ROW}
          data-testid="mcp-server-item"
        >
          <Server size={14} />
          {t('share.mcp')}
        </Link>
      )}
      {mayEdit(workspace) ? (
        <>
          <button
            type="button"
            className={classNames(ROW, 'disabled:text-text-muted disabled:hover:bg-transparent')}
            disabled={!canChat}
            title={canChat ? undefined : t('noChat')}
            data-testid="embed-item"
            onClick={() => {
              setOpen(false)
              ui.setState({ dialog: 'embed' })
            }}
          >
            <AppWindow size={14} />
            {t('share.embed')}
          </button>
          <div className={ROW} data-testid="shareable-playground">
            <ExternalLink size={14} />
            <span className="flex-1">{t('share.playground')}</span>
            <Switch
              label={t('share.playground')}
              checked={isShared}
              disabled={isSaving || (!canChat && !isShared)}
              onChange={(wanted) => void share(wanted)}
              testId="publish-switch"
            />
          </div>
          <p className="px-2 pb-2 text-text-muted text-xs">
            {canChat ? (isShared ? t('share.on') : t('share.off')) : t('noChat')}
          </p>
        </>
      ) : null}
      {isShared && canChat && mayEdit(workspace) ? <VisitorView flowId={flow.id} /> : null}
      {isShared && canChat ? (
        <div className="flex flex-col gap-1 border-border border-t p-2">
          <div className="flex items-center gap-1">
            <a
              href={address}
              target="_blank"
              rel="noopener"
              className="min-w-0 flex-1 truncate text-accent text-xs underline"
              data-testid="shared-link"
            >
              {address}
            </a>
            <CopyButton label={t('share.copyLink')} text={address} />
          </div>
          <div className="flex items-center gap-1 text-xs">
            <Code size={14} className="text-text-muted" />
            <code className="min-w-0 flex-1 truncate font-mono">{frame}</code>
            <CopyButton label={t('share.copyFrame')} text={frame} />
          </div>
        </div>
      ) : null}
    </Popover>
  )
}

const ROW = 'flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-surface-hover'

function CopyButton({ label, text }: { readonly label: string; readonly text: string }): ReactNode {
  const { t } = useTranslation('playground')
  const { isCopied, copy } = useCopied()
  return (
    <IconButton size="sm" label={isCopied ? t('copied') : label} onClick={() => copy(text)}>
      {isCopied ? <Check size={14} className="text-success" /> : <Copy size={14} />}
    </IconButton>
  )
}
