import { type ApprovalBody, decideApproval } from '@runnel/protocol/approvals'
import { ShieldQuestion } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea, TextInput } from '../../ui/input.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'
import type { ApprovalAction, AskedApproval } from '../run/asked-approvals.ts'
import { readArguments } from './arguments.ts'

const ROWS = { least: 2, most: 12 }

/** A call of a tool that waits: its arguments, which can be changed, and what may be decided about it. */
export function ApprovalCard({ asked }: { readonly asked: AskedApproval }): ReactNode {
  const { t } = useTranslation('workspace')
  const { editor } = useWorkspace()
  const [given] = useState(() => JSON.stringify(asked.input, null, 2))
  const [text, setText] = useState(given)
  const [reason, setReason] = useState('')
  const [isDeciding, setDeciding] = useState(false)
  const may = (action: ApprovalAction): boolean => asked.actions.includes(action)
  const input = readArguments(text)
  const isChanged = text !== given
  const name = componentText(nodeOf(editor.getDocument(), asked.nodeId)?.data.node.display_name ?? asked.nodeId)

  async function decide(body: ApprovalBody): Promise<void> {
    setDeciding(true)
    try {
      await client.call(decideApproval, { params: { request_id: asked.requestId }, body })
    } catch (error) {
      setDeciding(false)
      notifyError(t('approval.notDecided'), error)
    }
  }
  const allow = (): void => {
    if (input) void decide(isChanged ? { action_id: 'edit', input } : { action_id: 'approve' })
  }
  const canAllow = isChanged ? input !== undefined && may('edit') : may('approve')
  const reasonHint = t(may('respond') ? 'approval.reasonOrAnswer' : 'approval.reason')
  const lines = Math.min(ROWS.most, Math.max(ROWS.least, text.split('\n').length))
  return (
    <section
      role="alert"
      aria-label={t('approval.title', { tool: asked.tool })}
      data-testid="approval-card"
      className="flex flex-col gap-3 rounded-lg border border-state-waiting bg-surface p-3 text-sm shadow-2"
    >
      <div className="flex items-center gap-2 font-medium">
        <ShieldQuestion size={16} className="shrink-0 text-state-waiting" />
        <span className="wrap-anywhere">{t('approval.question', { tool: asked.tool, name })}</span>
      </div>
      <Field label={t('approval.arguments')} error={input ? undefined : t('approval.wrong')}>
        <TextArea
          rows={lines}
          value={text}
          readOnly={!may('edit')}
          aria-invalid={input === undefined}
          spellCheck={false}
          className="font-mono text-xs"
          data-testid="approval-arguments"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      {may('reject') || may('respond') ? (
        <TextInput
          value={reason}
          aria-label={reasonHint}
          placeholder={reasonHint}
          data-testid="approval-reason"
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <div className="flex flex-wrap justify-end gap-2">
        {may('respond') ? (
          <Button
            disabled={isDeciding || reason.trim() === ''}
            data-testid="approval-respond"
            onClick={() => void decide({ action_id: 'respond', text: reason.trim() })}
          >
            {t('approval.respond')}
          </Button>
        ) : null}
        {may('reject') ? (
          <Button
            disabled={isDeciding}
            data-testid="approval-reject"
            onClick={() => void decide({ action_id: 'reject', text: reason.trim() })}
          >
            {t('approval.reject')}
          </Button>
        ) : null}
        {may('approve') || may('edit') ? (
          <Button look="primary" disabled={isDeciding || !canAllow} data-testid="approval-approve" onClick={allow}>
            {isChanged ? t('approval.edit') : t('approval.approve')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
