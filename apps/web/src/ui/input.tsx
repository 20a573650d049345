import type { ComponentProps, KeyboardEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

const LOOK =
  'w-full min-w-0 rounded-md border border-border bg-surface px-2.5 text-sm text-text hover:border-border-strong focus-visible:border-accent disabled:cursor-not-allowed disabled:bg-surface-muted disabled:text-text-muted aria-invalid:border-danger'

/** True while an input method is still composing, when Enter chooses a candidate and must not submit. */
export const isComposing = (event: KeyboardEvent): boolean => composes(event.nativeEvent)

/** The same of an event of the browser. Some browsers end the composition first, and tell it by this code alone. */
export const composes = (event: globalThis.KeyboardEvent): boolean => event.isComposing || event.keyCode === 229

/** On a text that is given up by Escape, before what is around it closes. */
export const GIVEN_UP_FIRST = { 'data-given-up-first': '' } as const

/** An Escape that gives up a composition, or what is written where it is pressed, closes nothing. */
export const stayOnEscape = (event: globalThis.KeyboardEvent): void => {
  const isFirst = event.target instanceof Element && event.target.hasAttribute('data-given-up-first')
  if (isFirst || composes(event)) event.preventDefault()
}

export interface TextInputProps extends ComponentProps<'input'> {
  /** Enter, but not the Enter that ends a composition. */
  readonly onEnter?: () => void
}

/** One line of text. */
export function TextInput({ className, onEnter, onKeyDown, ...rest }: TextInputProps): ReactNode {
  return (
    <input
      className={classNames(LOOK, 'h-8', className)}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        if (onEnter && event.key === 'Enter' && !isComposing(event) && !event.defaultPrevented) onEnter()
      }}
      {...rest}
    />
  )
}

/** Several lines of text. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>): ReactNode {
  return <textarea className={classNames(LOOK, 'py-1.5', className)} {...rest} />
}

export interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: ReactNode
  readonly required?: boolean
  readonly children: ReactNode
}

/** A labelled control of a form: label above, hint or error below. */
export const Field = ({ label, hint, error, required, children }: FieldProps): ReactNode => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
  <label className="flex flex-col gap-1">
    <span className="font-medium text-sm">
      {label}
      {required ? <span className="text-danger"> *</span> : null}
    </span>
    {children}
    <Foot hint={hint} error={error} />
  </label>
)

/** Looks as a field does, around what names itself: the label is only for the eye. */
export const Labelled = ({ label, hint, error, children }: Omit<FieldProps, 'required'>): ReactNode => (
  <div className="flex flex-col gap-1">
    <span className="font-medium text-sm">{label}</span>
    {children}
    <Foot hint={hint} error={error} />
  </div>
)

function Foot({ hint, error }: Pick<FieldProps, 'hint' | 'error'>): ReactNode {
  if (error) {
    return (
      <span role="alert" className="text-danger text-xs">
        {error}
      </span>
    )
  }
  return hint ? <span className="text-text-muted text-xs">{hint}</span> : null
}
