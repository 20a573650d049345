import { CircleAlert, LoaderCircle, Plug, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { componentText } from '../../i18n/component-text.ts'
import { confirm } from '../../ui/confirm.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import { type FlowNode, nodeOf } from '../model/flow-document.ts'
import { accountField } from './account-answer.ts'
import { NodeButton } from './node-button.tsx'
import { useAccount } from './use-account.ts'

/** How the account of a node stands, and the way to connect it; nothing on a node that needs none. */
export function NodeAccount({ nodeId }: { readonly nodeId: string }): ReactNode {
  const { t } = useTranslation('fields')
  const { catalogue } = useWorkspace()
  const node = useEditorState((state) => nodeOf(state.document, nodeId))
  const known = useStore(catalogue.store, ({ of }) => node && of(node)?.component)
  const field = known && accountField(known)
  if (!node) return null
  if (field) return <KnownAccount node={node} field={field} />
  // A file says how the account stood where it was written, which is nothing this server could know.
  return (
    <NodeButton label={t('account.elsewhere')} aria-disabled data-testid="account-elsewhere">
      <Plug size={14} />
    </NodeButton>
  )
}

/** There is nothing to click, and all the more to see. */
const TELLS = 'aria-disabled:opacity-100!'

function KnownAccount({ node, field }: { readonly node: FlowNode; readonly field: string }): ReactNode {
  const { t } = useTranslation('fields')
  const isLocked = useEditorState((state) => state.isLocked)
  const { answer, isConnecting, connect, disconnect } = useAccount(node, field)
  const name = componentText(node.data.node.display_name)
  const testId = `account-${node.data.type.toLowerCase()}`
  const connecting = (): void => void connect().catch((error: unknown) => notifyError(t('account.notConnected'), error))
  async function disconnecting(): Promise<void> {
    const question = t('account.ask', { name })
    if (
      !(await confirm({ title: question, text: t('account.askText'), confirm: t('account.disconnect'), danger: true }))
    )
      return
    await disconnect().catch((error: unknown) => notifyError(t('account.notDisconnected'), error))
  }
  if (isConnecting) {
    return (
      <NodeButton label={t('account.connecting')} data-testid={testId} data-account="connecting" onClick={connecting}>
        <LoaderCircle size={14} className="animate-spin" />
      </NodeButton>
    )
  }
  switch (answer?.kind) {
    case undefined:
      return null
    case 'connected':
      return (
        <NodeButton
          label={t('account.connected')}
          className="group/account"
          aria-disabled={isLocked}
          data-testid={testId}
          data-account="connected"
          onClick={() => !isLocked && void disconnecting()}
        >
          <Plug size={14} className="text-success group-hover/account:hidden" />
          <Unplug size={14} className="hidden group-hover/account:block" />
        </NodeButton>
      )
    case 'error':
      return (
        <NodeButton
          label={answer.message || t('account.failed')}
          className={TELLS}
          aria-disabled
          data-testid={testId}
          data-account="error"
        >
          <CircleAlert size={14} className="text-danger" />
        </NodeButton>
      )
    case 'unknown':
      return (
        <NodeButton
          label={t('account.unknown')}
          className={TELLS}
          aria-disabled
          data-testid={testId}
          data-account="unknown"
        >
          <Plug size={14} className="text-warning" />
        </NodeButton>
      )
    case 'disconnected':
      return (
        <NodeButton
          label={t('account.disconnected')}
          aria-disabled={isLocked}
          data-testid={testId}
          data-account="disconnected"
          onClick={() => !isLocked && connecting()}
        >
          <Plug size={14} className="text-warning" />
        </NodeButton>
      )
    default:
      return answer satisfies never
  }
}
