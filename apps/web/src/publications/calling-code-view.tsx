import type { Publication } from '@runnel/protocol/publications'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/copy-button.tsx'
import { Segments } from '../ui/segments.tsx'
import { CALLS, type CalledFlow, type CallKind, callingCode } from './calling-code.ts'

const STORED = 'runnel.call'

/** The machine the browser runs on has PowerShell. */
export const isWindows = (): boolean => /win/i.test(navigator.platform)

/** How the user calls flows; remembered in this browser. */
export function useCallKind(): readonly [CallKind, (kind: CallKind) => void] {
  const [kind, setKind] = useState<CallKind>(
    () => CALLS.find((one) => one === localStorage.getItem(STORED)) ?? (isWindows() ? 'powershell' : 'curl'),
  )
  const choose = (chosen: CallKind): void => {
    localStorage.setItem(STORED, chosen)
    setKind(chosen)
  }
  return [kind, choose]
}

type CallingCodeOptions = Pick<CalledFlow, 'key' | 'version'>

/** Gives the code that calls a flow, in the language of the page. */
export function useCallingCode(): (kind: CallKind, flow: Publication, more?: CallingCodeOptions) => string {
  const { t } = useTranslation('api')
  return (kind, { endpoint, inputs }, more) =>
    callingCode(kind, { origin: location.origin, endpoint, inputs, text: t('call.text'), ...more })
}

export interface CallingCodeViewProps {
  readonly flow: Publication
  /** The newest unless one is named. */
  readonly version?: number | undefined
  /** A key to write into the code. */
  readonly apiKey?: string | undefined
}

/** The code that calls a flow, in each language, to be copied. */
export function CallingCodeView({ flow, version, apiKey }: CallingCodeViewProps): ReactNode {
  const { t } = useTranslation('api')
  const [kind, setKind] = useCallKind()
  const code = useCallingCode()(kind, flow, { key: apiKey, version })
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <Segments
          label={t('call.language')}
          value={kind}
          options={CALLS.map((value) => ({ value, label: t(`call.kind.${value}`), testId: `call-${value}` }))}
          onChange={setKind}
        />
        <CopyButton text={code} label={t('call.copy')} testId="btn-copy-code" />
      </div>
      <pre
        className="overflow-x-auto rounded-md border border-border bg-surface-muted p-3 font-mono text-xs leading-5"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        data-testid="calling-code"
      >
        {code}
      </pre>
      <p className="text-text-muted text-xs">{t('call.keyHint')}</p>
    </div>
  )
}
