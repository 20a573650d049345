import { X } from 'lucide-react'
import { Dialog as RadixDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { InDialog } from './in-dialog.ts'
import { stayOnEscape } from './input.tsx'
import { useReturnFocus } from './use-return-focus.ts'

const WIDTHS = {
  sm: 'max-w-md',
  md: 'max-w-xl',
  lg: 'max-w-3xl',
  xl: 'max-w-6xl',
  full: 'max-w-[calc(100vw-48px)]',
} as const

export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly width?: keyof typeof WIDTHS
  /** Fills the height of the window instead of growing with its content. */
  readonly tall?: boolean
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode
  readonly children?: ReactNode
  readonly testId?: string
}

/** A modal dialog: traps the focus, closes on Escape, gives the focus back. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  width = 'md',
  tall,
  footer,
  children,
  testId,
}: DialogProps): ReactNode {
  const { t } = useTranslation('common')
  const giveFocusBack = useReturnFocus(open)
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <InDialog value={true}>
        <RadixDialog.Portal>
          <RadixDialog.Overlay data-veil="" className="fixed inset-0 z-40 bg-black/45" />
          <RadixDialog.Content
            data-testid={testId}
            onOpenAutoFocus={(event) => {
              event.preventDefault()
              if (event.currentTarget instanceof HTMLElement) focusFirstField(event.currentTarget)
            }}
            onCloseAutoFocus={giveFocusBack}
            onEscapeKeyDown={stayOnEscape}
            {...(description ? {} : { 'aria-describedby': undefined })}
            className={classNames(
              'fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100vh-48px)] w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border border-border bg-surface shadow-3 outline-none',
              WIDTHS[width],
              tall && 'h-[calc(100vh-48px)]',
            )}
          >
            <header className="flex items-start gap-3 border-border border-b px-5 py-4">
              <div className="min-w-0 flex-1">
                <RadixDialog.Title className="truncate font-semibold text-lg" data-testid="modal-title">
                  {title}
                </RadixDialog.Title>
                {description ? (
                  <RadixDialog.Description className="text-sm text-text-muted">{description}</RadixDialog.Description>
                ) : null}
              </div>
              <RadixDialog.Close asChild>
                <IconButton label={t('close')} size="sm">
                  <X size={16} />
                </IconButton>
              </RadixDialog.Close>
            </header>
            <div data-dialog-body="" className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
              {children}
            </div>
            {footer ? (
              <footer className="flex justify-end gap-2 border-border border-t px-5 py-3">{footer}</footer>
            ) : null}
          </RadixDialog.Content>
        </RadixDialog.Portal>
      </InDialog>
    </RadixDialog.Root>
  )
}

const TEXT_FIELD = ['text', 'search', 'password', 'number', 'email', 'url']
  .map((type) => `input[type=${type}]`)
  .join(', ')
const FIRST_FIELD = `[data-dialog-body] :is(input:not([type]), ${TEXT_FIELD}, textarea, [data-focus-first]):not(:disabled, [readonly])`

/** Who opens a form means to type, or to press the button that its fields come after. Without one it is the dialog: the tooltip of its close button is not what is to be read. */
function focusFirstField(dialog: HTMLElement): void {
  if (dialog.contains(document.activeElement)) return
  const field = dialog.querySelector<HTMLElement>(FIRST_FIELD)
  ;(field ?? dialog).focus()
}
