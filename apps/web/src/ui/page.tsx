import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { usePageTitle } from './page-title.ts'

export interface PageProps {
  /** Also the name of the page in the tab of the browser. */
  readonly title: string
  readonly description?: ReactNode
  /** Buttons beside the title, the main one last. */
  readonly actions?: ReactNode
  /** Below the title, above the content: search, filters, tabs. */
  readonly toolbar?: ReactNode
  /** Takes the whole width, and leaves scrolling to the content. */
  readonly fills?: boolean
  readonly children: ReactNode
  readonly testId?: string
}

/** A page beside the rail: title, actions, tools, content. */
export function Page({ title, description, actions, toolbar, fills, children, testId }: PageProps): ReactNode {
  usePageTitle(title)
  return (
    <div className={classNames('mx-auto flex min-h-full flex-col px-4 pt-6 sm:px-6', fills ? 'h-full' : 'max-w-7xl')}>
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3 pb-4">
        <div className="min-w-0 flex-1 max-sm:basis-full">
          <h1 className="truncate font-semibold text-2xl leading-8" data-testid={testId}>
            {title}
          </h1>
          {description ? <p className="mt-1 max-w-3xl text-sm text-text-muted">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </header>
      {toolbar}
      {children}
    </div>
  )
}
