import type { ComponentProps, ReactNode } from 'react'

export interface ScrollBoxProps extends ComponentProps<'section'> {
  /** Its accessible name. */
  readonly label: string
}

/** A part of a page that scrolls by itself; the keyboard reaches it so that it can scroll it too. */
export const ScrollBox = ({ label, children, ...rest }: ScrollBoxProps): ReactNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached to be scrolled
  <section aria-label={label} tabIndex={0} {...rest}>
    {children}
  </section>
)
