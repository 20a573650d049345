import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ComponentIcon } from '../../editor/component-icon.tsx'
import { useEditorState, useRunState } from '../../editor/editor-context.tsx'
import { type FlowDocument, type FlowNode, isNote } from '../../editor/model/flow-document.ts'
import { canInspect, shownOutputOf } from '../../editor/output-inspector/shown-output.ts'
import { ValueView } from '../../editor/output-inspector/value-view.tsx'
import { componentText } from '../../i18n/component-text.ts'

/** The nodes a flow ends in: nothing goes on from them. */
const endsOf = ({ nodes, edges }: FlowDocument): readonly FlowNode[] =>
  nodes.filter((node) => !isNote(node) && !edges.some(({ source }) => source === node.id))

/** What the last run gave at the ends of the flow, a card for each. */
export function OutputCards(): ReactNode {
  const { t } = useTranslation('playground')
  const document = useEditorState((state) => state.document)
  const runs = useRunState((state) => state.nodes)
  return (
    <div className="flex flex-col gap-3" aria-live="polite">
      {endsOf(document).map((node) => {
        const run = runs.get(node.id)
        if (!run || (run.status !== 'done' && run.status !== 'failed')) return null
        const { display_name, icon, outputs = [] } = node.data.node
        const shown = outputs.flatMap((output) => {
          const value = shownOutputOf(run, output)
          return value && canInspect(value)
            ? [{ name: output.name, label: componentText(output.display_name ?? output.name), value }]
            : []
        })
        return (
          <section
            key={node.id}
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
