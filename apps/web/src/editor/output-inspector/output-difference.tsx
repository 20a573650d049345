import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clockTime } from '../../ui/time.tsx'
import { TextDifference } from '../editors/text-difference.tsx'
import type { NodeOutput } from '../model/flow-document.ts'
import type { NodeRun } from '../run/node-run.ts'
import { shownOutputOf } from './shown-output.ts'

export interface OutputDifferenceProps {
  readonly output: NodeOutput
  readonly run: NodeRun
}

/** What an output gave in the run before and in the last one, side by side. */
export function OutputDifference({ output, run }: OutputDifferenceProps): ReactNode {
  const { t, i18n } = useTranslation('fields')
  const before = textOf(run.before && shownOutputOf(run.before, output)?.message)
  const after = textOf(shownOutputOf(run, output)?.message)
  const ended = run.before?.endedAt
  const time = ended === undefined ? '' : clockTime(ended, i18n.language)
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-2" data-testid="output-difference">
      <div className="grid grid-cols-2 text-text-muted text-xs">
        <span>{t('output.before', { time })}</span>
        <span>{t('output.now')}</span>
      </div>
      {before === after ? <p className="text-sm">{t('output.same')}</p> : null}
      <TextDifference before={before} after={after} className="flex-1" />
    </div>
  )
}

const textOf = (message: unknown): string =>
  typeof message === 'string' ? message : (JSON.stringify(message, null, 2) ?? '')
