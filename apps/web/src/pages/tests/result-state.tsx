import type { FlowTestResult } from '@runnel/protocol/flow-tests'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { STATES, type State, StateIcon } from '../../ui/state-icon.tsx'

const STATE_OF: Readonly<Record<FlowTestResult['state'], State>> = {
  waiting: 'waiting',
  running: 'running',
  passed: 'ok',
  failed: 'error',
  skipped: 'stopped',
}

/** How a test went. */
export function ResultState({ state }: { readonly state: FlowTestResult['state'] }): ReactNode {
  const { t } = useTranslation('tests')
  const shown = STATE_OF[state]
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1.5 whitespace-nowrap', STATES[shown].text)}>
      <StateIcon state={shown} />
      {t(`states.${state}`)}
    </span>
  )
}
