import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field, TextInput } from './input.tsx'

export interface Question {
  readonly title: string
  readonly text: ReactNode
  /** The verb and its object: "Delete 3 flows". */
  readonly confirm: string
  readonly danger?: boolean
  /** What has to be typed first, for what others depend on: the name of what goes. */
  readonly typed?: string | undefined
}

interface Asked {
  readonly question: Question | undefined
  readonly answer: (yes: boolean) => void
}

const useAsked = create<Asked>(() => ({ question: undefined, answer: () => undefined }))

/** Asks before something that cannot be taken back. True when the user says yes. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise((resolve) => {
    useAsked.getState().answer(false)
    useAsked.setState({
      question,
      answer(yes) {
        useAsked.setState({ question: undefined, answer: () => undefined })
        resolve(yes)
      },
    })
  })

/** Where `confirm` asks; once, in the shell. */
export function ConfirmDialog(): ReactNode {
  const { question, answer } = useAsked()
  return question ? <Asking key={question.title} question={question} answer={answer} /> : null
}

function Asking({ question, answer }: { readonly question: Question; readonly answer: Asked['answer'] }): ReactNode {
  const { t } = useTranslation('common')
  const [text, setText] = useState('')
  const { typed } = question
  const isSure = typed === undefined || text.trim() === typed.trim()
  return (
    <Dialog
      open
      onOpenChange={() => answer(false)}
      title={question.title}
      width="sm"
      footer={
        <>
          <Button onClick={() => answer(false)}>{t('cancel')}</Button>
          <Button
            look={question.danger ? 'danger' : 'primary'}
            onClick={() => answer(true)}
            autoFocus={typed === undefined}
            disabled={!isSure}
            data-testid="btn_delete_delete_confirmation_modal"
          >
            {question.confirm}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <div>{question.text}</div>
        {typed === undefined ? null : (
          <Field label={t('typeToConfirm', { text: typed })}>
            <TextInput
              value={text}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
              onEnter={() => isSure && answer(true)}
              data-testid="type-to-confirm"
            />
          </Field>
        )}
      </div>
    </Dialog>
  )
}
