import { Link } from '@tanstack/react-router'
import type { KeyboardEvent, ReactNode } from 'react'
import { classNames } from './class-names.ts'

export const TAB =
  'inline-flex h-9 items-center gap-2 whitespace-nowrap border-b-2 border-transparent px-3 text-sm text-text-muted hover:text-text disabled:pointer-events-none disabled:opacity-50'
const ACTIVE = 'border-accent! font-medium text-text!'

export interface LinkTab {
  readonly to: string
  readonly label: string
  readonly testId?: string
}

/** Tabs that are pages of their own. */
export const LinkTabs = ({ label, tabs }: { readonly label: string; readonly tabs: readonly LinkTab[] }): ReactNode => (
  <nav aria-label={label} className="mb-4 flex shrink-0 gap-1 overflow-x-auto border-border border-b">
    {tabs.map(({ to, label: name, testId }) => (
      <Link
        key={to}
        to={to}
        data-testid={testId}
        className={TAB}
        activeProps={{ className: ACTIVE, 'aria-current': 'page' }}
      >
        {name}
      </Link>
    ))}
  </nav>
)

export interface ChoiceTab<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  readonly testId?: string
  readonly isDisabled?: boolean
}

export interface ChoiceTabsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly tabs: readonly ChoiceTab<Value>[]
  readonly onChange: (value: Value) => void
  readonly className?: string
}

/** Tabs that show another part of the same page. */
export function ChoiceTabs<Value extends string>(props: ChoiceTabsProps<Value>): ReactNode {
  const { label, value, tabs, onChange, className } = props
  const step = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (by === 0) return
    const open = tabs.filter(({ isDisabled }) => !isDisabled)
    const at = open.findIndex((tab) => tab.value === value)
    const next = (at + by + open.length) % open.length
    const chosen = open[next]
    if (!chosen) return
    onChange(chosen.value)
    event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]:enabled')[next]?.focus()
  }
  return (
    <div
      role="tablist"
      aria-label={label}
      onKeyDown={step}
      className={classNames('flex gap-1 border-border border-b', className)}
    >
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          aria-selected={tab.value === value}
          disabled={tab.isDisabled}
          tabIndex={tab.value === value ? 0 : -1}
          data-testid={tab.testId}
          className={classNames(TAB, tab.value === value && ACTIVE)}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}
