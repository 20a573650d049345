import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { labelOf } from '../fields/field-widget.ts'
import type { FlowNode, NodeOutput } from '../model/flow-document.ts'
import type { NodeRun } from '../run/node-run.ts'
import { shownOutputOf } from './shown-output.ts'
import { ValueView } from './value-view.tsx'
import { isCut, wholeOutput } from './whole-output.ts'

export interface OutputValueProps {
  readonly node: Pick<FlowNode, 'id' | 'data'>
  readonly output: NodeOutput
  readonly run: NodeRun
}

/** What the last run gave at an output; of a long value the beginning, and the rest when it is asked for. */
export function OutputValue({ node, output, run }: OutputValueProps): ReactNode {
  const { t } = useTranslation('fields')
  const { flowId } = useWorkspace()
  const { data: config } = useQuery(configQuery)
  const [whole, setWhole] = useState<{ readonly run: NodeRun; readonly value: ReturnType<typeof shownOutputOf> }>()
  const told = shownOutputOf(run, output)
  if (!told) return null
  const isWhole = whole?.run === run
  const shown = (isWhole ? whole.value : undefined) ?? told
  const maxLength = config?.serialization_max_text_length ?? Number.POSITIVE_INFINITY
  const open = async (): Promise<void> => {
    try {
      setWhole({ run, value: await wholeOutput(flowId, node.id, output) })
    } catch (error) {
      notifyError(t('output.notWhole'), error)
    }
  }
  return (
    <>
      {!isWhole && isCut(told.message, maxLength) ? (
        <div className="flex items-center gap-2 rounded-md bg-info-soft px-3 py-1.5 text-info text-sm">
          <span className="flex-1">{t('output.truncated')}</span>
          <Button size="sm" onClick={() => void open()} data-testid="open-whole-output">
            {t('output.openWhole')}
          </Button>
        </div>
      ) : null}
      <ValueView
        name={`${componentText(node.data.node.display_name)} ${labelOf(output.name, output)}`}
        output={shown}
        result={run.results[output.name]}
      />
    </>
  )
}
