import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isWindows } from '../publications/calling-code-view.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { ChoiceTabs } from '../ui/tabs.tsx'
import type { Call, CodeLanguage, Mode } from './call.ts'
import { snippetsOf } from './snippets/snippets.ts'
import { useRemembered } from './use-remembered.ts'

type Family = 'python' | 'javascript' | 'curl'
type Shell = 'unix' | 'windows'

const FAMILIES: readonly { readonly value: Family; readonly label: string; readonly testId: string }[] = [
  { value: 'python', label: 'Python', testId: 'api_tab_python' },
  { value: 'javascript', label: 'JavaScript', testId: 'api_tab_javascript' },
  { value: 'curl', label: 'cURL', testId: 'api_tab_curl' },
]

/** The shell of the machine the browser runs on. */
const ownShell = (): Shell => (isWindows() ? 'windows' : 'unix')

/** The code of one way to call, in the language chosen last. */
export function SnippetView({ call, mode }: { readonly call: Call; readonly mode: Mode }): ReactNode {
  const { t } = useTranslation('api-access')
  const [remembered, setFamily] = useRemembered<Family>('runnel.apiLanguage', mode === 'webhook' ? 'curl' : 'python')
  const [shell, setShell] = useRemembered<Shell>('runnel.apiShell', ownShell())
  const family = FAMILIES.find(({ value }) => value === remembered)?.value ?? 'python'
  const language: CodeLanguage = family === 'curl' ? (shell === 'windows' ? 'powershell' : 'curl') : family
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <ChoiceTabs label={t('language')} value={family} tabs={FAMILIES} onChange={setFamily} />
        {family === 'curl' ? (
          <ChoiceTabs
            label={t('shell')}
            value={shell}
            tabs={[
              { value: 'unix', label: 'macOS/Linux', testId: 'api_tab_unix' },
              { value: 'windows', label: 'Windows PowerShell', testId: 'api_tab_windows' },
            ]}
            onChange={setShell}
          />
        ) : null}
      </div>
      {snippetsOf(call, language, mode).map(({ step, code }) => (
        <CodeBlock
          key={step ?? 'all'}
          label={t('code')}
          title={step ? t(`step.${step}`) : undefined}
          code={code}
          testId={step ? `api-code-${step}` : 'api-code'}
        />
      ))}
    </div>
  )
}
