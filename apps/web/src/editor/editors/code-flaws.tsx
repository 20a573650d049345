import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { readFlaw } from './code-flaw.ts'

export interface CodeFlawsProps {
  readonly title: string
  /** As the server says them. */
  readonly messages: readonly string[]
  readonly onGoTo: (line: number) => void
}

/** Why a source was not taken; each line that is named leads there. */
export function CodeFlaws({ title, messages, onGoTo }: CodeFlawsProps): ReactNode {
  const { t } = useTranslation('fields')
  return (
    <div role="alert" className="rounded-md bg-danger-soft p-3 text-danger text-sm">
      <p className="font-medium" data-testid="title_error_code_modal">
        {title}
      </p>
      {messages.map((message) => {
        const { line, text } = readFlaw(message)
        return (
          <p key={message} className="whitespace-pre-wrap font-mono text-xs">
            {line === undefined ? null : (
              <>
                <button
                  type="button"
                  className="cursor-pointer font-sans font-medium underline underline-offset-2"
                  onClick={() => onGoTo(line)}
                  data-testid="go-to-line"
                >
                  {t('code.line', { line })}
                </button>{' '}
              </>
            )}
            {text}
          </p>
        )
      })}
    </div>
  )
}
