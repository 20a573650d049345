import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

export interface Question {
  readonly title: string
  readonly text: ReactNode
  /** The verb and its object: "Delete 3 flows". */
  readonly confirm: string
  readonly danger?: boolean
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
  const { t } = useTranslation('common')
  if (!question) return null
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
            autoFocus
            data-testid="btn_delete_delete_confirmation_modal"
          >
            {question.confirm}
          </Button>
        </>
      }
    >
      <div className="text-sm">{question.text}</div>
    </Dialog>
  )
}
