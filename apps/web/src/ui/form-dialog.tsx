import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button.tsx'
import { Dialog, type DialogProps } from './dialog.tsx'

export interface FormDialogProps extends Pick<DialogProps, 'title' | 'description' | 'width' | 'testId'> {
  /** The user closes it, or the form was sent. */
  readonly onClose: () => void
  /** Instead of closing, once the form was sent. */
  readonly onDone?: () => void
  /** The verb of the main button. */
  readonly submit: string
  /** Does what the form is for; what it throws is shown in the form, and the dialog stays. */
  readonly onSubmit: () => Promise<void>
  /** Why it cannot be sent yet. */
  readonly disabled?: boolean
  readonly submitTestId?: string
  readonly children: ReactNode
}

/** A form in a dialog: Enter sends it, a refusal of the server is said at its foot. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { onClose, onDone = onClose, submit, onSubmit, disabled, submitTestId, children, ...dialog } = props
  const { t } = useTranslation('common')
  const form = useId()
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function send(): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      await onSubmit()
      onDone()
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      {...dialog}
      open
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} disabled={isBusy || disabled} data-testid={submitTestId}>
            {submit}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          // A form of a dialog inside a dialog must not send the outer one too.
          event.stopPropagation()
          void send()
        }}
      >
        {children}
        {error ? (
          <p role="alert" className="text-danger text-sm">
            {error}
          </p>
        ) : null}
      </form>
    </Dialog>
  )
}
