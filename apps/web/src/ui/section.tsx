import type { ReactNode } from 'react'

export interface SectionProps {
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of the settings: title, what it is for, content. */
export const Section = ({ title, description, actions, children }: SectionProps): ReactNode => (
  <section className="flex min-w-0 flex-col pb-8">
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 pb-4">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="font-semibold text-lg leading-8">{title}</h2>
        {description ? <p className="max-w-2xl text-sm text-text-muted">{description}</p> : null}
      </div>
      {actions}
    </header>
    {children}
  </section>
)
