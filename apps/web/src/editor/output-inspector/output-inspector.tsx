import { Columns2 } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { lazily } from '../../ui/lazily.ts'
import { Segments } from '../../ui/segments.tsx'
import { Spinner } from '../../ui/status.tsx'
import { useEditorState, useRunState } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import { nodeOf } from '../model/flow-document.ts'
import { idleNode } from '../run/node-run.ts'
import { OutputLogs } from './output-logs.tsx'
import { OutputValue } from './output-value.tsx'
import { canInspect, shownOutputOf } from './shown-output.ts'

const OutputDifference = lazily(async () => (await import('./output-difference.tsx')).OutputDifference)

export interface OutputInspectorProps {
  readonly nodeId: string
  /** The output that is shown first. */
  readonly output: string
  readonly onClose: () => void
}

/** What the last run gave at the outputs of a node, and what it wrote to its log. */
export function OutputInspector({ nodeId, output: first, onClose }: OutputInspectorProps): ReactNode {
  const { t } = useTranslation('fields')
  const flowNode = useEditorState((state) => nodeOf(state.document, nodeId))
  const node = flowNode?.data.node
  const run = useRunState((state) => state.nodes.get(nodeId)) ?? idleNode
  const [tab, setTab] = useState<'output' | 'logs'>('output')
  const [name, setName] = useState(first)
  const outputs = (node?.outputs ?? []).filter((output) => canInspect(shownOutputOf(run, output)))
  const output = outputs.find((one) => one.name === name) ?? outputs[0]
  const shown = output && shownOutputOf(run, output)
  const [isComparing, setComparing] = useState(false)
  const canCompare = output !== undefined && canInspect(run.before && shownOutputOf(run.before, output))
  const logs = Object.entries(run.logs)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('output.title', { name: componentText(node?.display_name ?? nodeId) })}
      description={run.duration ? t('node.duration', { duration: run.duration }) : undefined}
      width="xl"
      tall
      testId="output-inspector"
      footer={
        <Button onClick={onClose} data-testid="close-output">
          {t('close')}
        </Button>
      }
    >
      <div className="flex h-full flex-col gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <Segments
            label={t('output.tabs')}
            value={tab}
            options={[
              { value: 'output', label: t('output.outputs') },
              { value: 'logs', label: t('output.logs') },
            ]}
            onChange={setTab}
          />
          {tab === 'output' && output && outputs.length > 1 ? (
            <Segments
              label={t('output.outputs')}
              value={output.name}
              options={outputs.map((one) => ({ value: one.name, label: labelOf(one.name, one) }))}
              onChange={setName}
            />
          ) : null}
          {tab === 'output' && canCompare ? (
            <Button
              size="sm"
              aria-pressed={isComparing}
              onClick={() => setComparing(!isComparing)}
              data-testid="compare-outputs"
            >
              <Columns2 size={13} />
              {t('output.compare')}
            </Button>
          ) : null}
        </div>
        {tab === 'logs' ? (
          <OutputLogs logs={logs} />
        ) : output && canCompare && isComparing ? (
          <Suspense fallback={<Spinner />}>
            <OutputDifference output={output} run={run} />
          </Suspense>
        ) : flowNode && shown && output ? (
          <OutputValue key={output.name} node={flowNode} output={output} run={run} />
        ) : (
          <p className="py-12 text-center text-sm text-text-muted">{t('output.nothing')}</p>
        )}
      </div>
    </Dialog>
  )
}
