import { ChevronDown } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { lazily } from '../../ui/lazily.ts'
import { Popover } from '../../ui/popover.tsx'
import { Spinner } from '../../ui/status.tsx'
import { useWorkspaceUi } from '../editor-context.tsx'
import { isChanged } from '../run/run-settings.ts'

const RunSettingsForm = lazily(async () => (await import('./run-settings-form.tsx')).RunSettingsForm)

/** Beside the button that runs the flow: what it is given. A dot says that something was set. */
export function RunSettingsButton(): ReactNode {
  const { t } = useTranslation('workspace')
  const isSet = useWorkspaceUi(({ runSettings }) => isChanged(runSettings))
  return (
    <Popover
      label={t('runSettings.label')}
      className="max-h-[80vh] w-88 overflow-y-auto p-4"
      trigger={
        <button
          type="button"
          aria-label={t(isSet ? 'runSettings.changed' : 'runSettings.label')}
          title={t('runSettings.label')}
          data-testid="run-settings"
          className="relative inline-flex size-8 shrink-0 items-center justify-center rounded-md border border-border text-text-muted hover:bg-surface-hover"
        >
          <ChevronDown size={15} />
          {isSet ? <span className="absolute top-1 right-1 size-2 rounded-full bg-accent" /> : null}
        </button>
      }
    >
      <Suspense fallback={<Spinner />}>
        <RunSettingsForm />
      </Suspense>
    </Popover>
  )
}
