import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { usePageTitle } from '../../ui/page-title.ts'

export interface VisitorFormProps {
  readonly title: string
  readonly submit: string
  /** What it throws is said in the form. */
  readonly onSubmit: (form: FormData) => Promise<void>
  readonly children: ReactNode
  /** The way to the other form. */
  readonly footer?: ReactNode
}

/** The form in the middle of a page for visitors. */
export function VisitorForm({ title, submit, onSubmit, children, footer }: VisitorFormProps): ReactNode {
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function send(form: FormData): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      await onSubmit(form)
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }

  usePageTitle(title)
  return (
    <main className="flex h-full items-center justify-center bg-canvas p-4">
      <form
        className="flex w-full max-w-sm flex-col gap-4 rounded-lg border border-border bg-surface p-6 shadow-2"
        onSubmit={(event) => {
          event.preventDefault()
          void send(new FormData(event.currentTarget))
        }}
      >
        <img src="/runnel.svg" alt="" width={40} height={40} />
        <h1 className="font-semibold text-xl">{title}</h1>
        {children}
        {error ? (
          <p role="alert" className="text-danger text-sm">
            {error}
          </p>
        ) : null}
        <Button type="submit" look="primary" disabled={isBusy}>
          {submit}
        </Button>
        {footer ? <p className="text-center text-sm text-text-muted">{footer}</p> : null}
      </form>
    </main>
  )
}
