import { ArrowRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Badge, EmptyState } from '../../ui/status.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useRunState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import { useFromFlow } from '../from-flow.ts'
import { outlineRows } from './outline-rows.ts'

/** The flow as a list, in the order it runs: for reading without the canvas. */
export function Outline(): ReactNode {
  const { t } = useTranslation('editor')
  const { ui } = useWorkspace()
  const isOpen = useWorkspaceUi(({ dialog }) => dialog === 'outline')
  return (
    <Dialog
      open={isOpen}
      onOpenChange={() => ui.setState({ dialog: undefined })}
      title={t('actions.outline')}
      width="lg"
    >
      {isOpen ? <GoingToNodes /> : null}
    </Dialog>
  )
}

function GoingToNodes(): ReactNode {
  const { editor, ui } = useWorkspace()
  const { context } = useActions()
  return (
    <OutlineList
      onChoose={(id) => {
        ui.setState({ dialog: undefined })
        editor.select({ nodes: new Set([id]), edges: new Set() })
        requestAnimationFrame(() => context.view.fit([id]))
      }}
    />
  )
}

/** The same in place of a canvas that has no room; a node opens in the inspector. */
export function OutlineView(): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, ui } = useWorkspace()
  return (
    <section aria-label={t('actions.outline')} className="h-full overflow-y-auto p-3" data-testid="outline-view">
      <OutlineList
        onChoose={(id) => {
          editor.select({ nodes: new Set([id]), edges: new Set() })
          ui.setState({ rightPanel: 'inspector' })
        }}
      />
    </section>
  )
}

function OutlineList({ onChoose }: { readonly onChoose: (id: string) => void }): ReactNode {
  const { t } = useTranslation('editor')
  const rows = useFromFlow(outlineRows)
  const runs = useRunState((state) => state.nodes)
  if (rows.length === 0) return <EmptyState title={t('outline.empty')} />
  return (
    <ol className="flex flex-col gap-2">
      {rows.map(({ id, icon, title, frame, leaving }, index) => {
        const status = runs.get(id)?.status ?? 'idle'
        return (
          <li key={id} className="rounded-md border border-border p-3">
            <button
              type="button"
              className="flex min-h-6 w-full flex-wrap items-center gap-2 text-left"
              onClick={() => onChoose(id)}
            >
              <span className="w-6 text-text-faint text-xs">{index + 1}</span>
              <ComponentIcon name={icon} size={15} />
              <span className="wrap-anywhere font-medium">{componentText(title)}</span>
              <span className="text-text-muted text-xs">{t(`status.${status}`)}</span>
              {frame === undefined ? null : <Badge>{t('outline.inFrame', { frame })}</Badge>}
            </button>
            <ul className="mt-1 pl-8 text-sm text-text-muted">
              {leaving.map(({ id: edgeId, output, to, field }) => (
                <li key={edgeId} className="wrap-anywhere flex flex-wrap items-center gap-x-1.5">
                  {labelOf(output.name, output)}
                  <ArrowRight size={12} aria-label={t('outline.to')} />
                  {componentText(to)}: {labelOf(field.name, field)}
                </li>
              ))}
            </ul>
          </li>
        )
      })}
    </ol>
  )
}
