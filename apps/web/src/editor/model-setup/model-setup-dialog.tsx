import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProviderForm } from '../../models/provider-form.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { WHOLE } from '../model/topology.ts'
import { fillModels } from './fill-models.ts'
import { useModelSetup } from './use-model-setup.ts'

/** Sets a model up for the flow; a run that waits for it goes on. */
export function ModelSetupDialog(): ReactNode {
  const { t } = useTranslation('editor')
  const workspace = useWorkspace()
  const { context } = useActions()
  const queryClient = useQueryClient()
  const waiting = useWorkspaceUi((state) => state.waiting)
  const { lacked, providers } = useModelSetup(waiting ?? WHOLE)
  const [name, setName] = useState<string>()
  const chosen = providers.find(({ provider }) => provider === name)
  const close = (): void => workspace.ui.setState({ dialog: undefined, waiting: undefined })

  async function goOn(provider: string): Promise<void> {
    await fillModels(workspace, queryClient, provider)
    close()
    if (waiting) context.runFlow(waiting)
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t(lacked === 'embeddings' ? 'modelSetup.embeddings' : 'modelSetup.title')}
      description={t(waiting ? 'modelSetup.text' : 'modelSetup.quietly')}
      testId="model-setup-dialog"
    >
      <div className="flex flex-col gap-4">
        <div className="flex max-h-48 flex-wrap gap-2 overflow-y-auto">
          {providers.map(({ provider, icon }) => (
            <Button key={provider} aria-pressed={provider === name} onClick={() => setName(provider)}>
              <ComponentIcon name={icon} size={14} />
              {provider}
            </Button>
          ))}
        </div>
        {chosen ? (
          <ProviderForm key={chosen.provider} provider={chosen} onSaved={() => void goOn(chosen.provider)} />
        ) : null}
      </div>
    </Dialog>
  )
}
