import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ComponentIcon } from '../../editor/component-icon.tsx'
import { useRunState } from '../../editor/editor-context.tsx'
import { useFromFlow } from '../../editor/from-flow.ts'
import { type FlowDocument, isNote } from '../../editor/model/flow-document.ts'
import { canInspect, shownOutputOf } from '../../editor/output-inspector/shown-output.ts'
import { ValueView } from '../../editor/output-inspector/value-view.tsx'
import { componentText } from '../../i18n/component-text.ts'

/** The nodes a flow ends in: nothing goes on from them. */
function endsOf({ nodes, edges }: FlowDocument) {
  const left = new Set(edges.map(({ source }) => source))
  return nodes
    .filter((node) => !isNote(node) && !left.has(node.id))
    .map(({ id, data: { node } }) => {
      const { display_name, icon, outputs = [] } = node
      return { id, display_name, icon, outputs }
    })
}

/** What the last run gave at the ends of the flow, a card for each. */
export function OutputCards(): ReactNode {
  const { t } = useTranslation('playground')
  const ends = useFromFlow(endsOf)
  const runs = useRunState((state) => state.nodes)
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      {ends.map(({ id, display_name, icon, outputs }) => {
        const run = runs.get(id)
        if (!run || (run.status !== 'done' && run.status !== 'failed')) return null
        const shown = outputs.flatMap((output) => {
          const value = shownOutputOf(run, output)
          return value && canInspect(value)
            ? [{ name: output.name, label: componentText(output.display_name ?? output.name), value }]
            : []
        })
        return (
          <section
            key={id}
            aria-label={componentText(display_name)}
            data-testid="output-card"
            className="flex flex-col gap-2 rounded-md border border-border p-3"
          >
            <h3 className="flex items-center gap-2 font-medium text-sm">
              <ComponentIcon name={icon} size={14} />
              <span className="flex-1">{componentText(display_name)}</span>
              {run.duration ? <span className="text-text-muted text-xs">{run.duration}</span> : null}
            </h3>
            {run.status === 'failed' ? (
              <p role="alert" className="wrap-anywhere text-danger text-sm">
                {run.message}
              </p>
            ) : null}
            {run.status === 'done' && shown.length === 0 ? (
              <p className="text-sm text-text-muted">{t('form.noValue')}</p>
            ) : null}
            {run.status === 'done'
              ? shown.map(({ name, label, value }) => (
                  <div key={name} className="flex max-h-96 flex-col gap-2">
                    {shown.length > 1 ? <h4 className="text-text-muted text-xs">{label}</h4> : null}
                    <ValueView name={label} output={value} result={run.results[name]} />
                  </div>
                ))
              : null}
          </section>
        )
      })}
    </div>
  )
}
