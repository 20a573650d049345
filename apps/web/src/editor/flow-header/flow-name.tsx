import type { FlowRead } from '@runnel/protocol/flows'
import { ChevronDown, Lock } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayEdit } from '../../projects/may.ts'
import { lazily } from '../../ui/lazily.ts'
import { usePageTitle } from '../../ui/page-title.ts'
import { Popover } from '../../ui/popover.tsx'
import { Spinner } from '../../ui/status.tsx'
import { useEditorState, useWorkspace } from '../editor-context.tsx'
import type { Autosave } from '../saving/autosave.ts'

const FlowSettingsForm = lazily(async () => (await import('../../flows/flow-settings-form.tsx')).FlowSettingsForm)

export interface FlowNameProps {
  readonly flow: FlowRead
  readonly autosave: Autosave
}

/** The name of the open flow, which opens its settings, and the title of the browser's tab. */
export function FlowName({ flow, autosave }: FlowNameProps): ReactNode {
  const { t } = useTranslation('workspace')
  const workspace = useWorkspace()
  const { editor } = workspace
  const isLocked = useEditorState((state) => state.isLocked)
  const [isOpen, setOpen] = useState(false)
  usePageTitle(flow.name)
  if (!mayEdit(workspace)) {
    return (
      <h1 className="min-w-20 truncate px-1.5 font-medium" data-testid="flow_name">
        {flow.name}
      </h1>
    )
  }
  return (
    <h1 className="flex min-w-20 items-center gap-1 font-medium">
      <Popover
        label={t('flow.settings')}
        align="start"
        open={isOpen}
        onOpenChange={setOpen}
        className="max-h-[80vh] w-90 overflow-y-auto p-4"
        trigger={
          <button
            type="button"
            title={t('flow.settings')}
            className="flex h-8 min-w-0 items-center gap-1 rounded-md px-1.5 hover:bg-surface-hover"
          >
            <span className="truncate" data-testid="flow_name">
              {flow.name}
            </span>
            <ChevronDown size={13} className="shrink-0 text-text-faint" aria-hidden="true" />
          </button>
        }
      >
        <Suspense fallback={<Spinner />}>
          <FlowSettingsForm
            flow={{ ...flow, locked: isLocked }}
            onClose={() => setOpen(false)}
            beforeSave={autosave.save}
            onSaved={({ locked }) => editor.setLocked(locked)}
          />
        </Suspense>
      </Popover>
      {isLocked ? <Lock size={13} className="shrink-0 text-text-muted" aria-label={t('flow.locked')} /> : null}
    </h1>
  )
}
