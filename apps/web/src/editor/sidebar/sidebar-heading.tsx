import { ChevronRight, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'

export interface SidebarHeadingProps {
  readonly icon: LucideIcon
  readonly name: string
  readonly isOpen: boolean
  readonly onToggle: () => void
  readonly testId: string
}

/** What opens and closes a part of the sidebar. */
export const SidebarHeading = ({ icon: Icon, name, isOpen, onToggle, testId }: SidebarHeadingProps): ReactNode => (
  <button
    type="button"
    aria-expanded={isOpen}
    data-sidebar-stop=""
    data-testid={testId}
    onClick={onToggle}
    className="flex h-8 w-full items-center gap-2 rounded-md px-2 font-medium text-sm hover:bg-surface-hover"
  >
    <Icon size={15} className="text-text-muted" />
    <span className="flex-1 truncate text-left">{name}</span>
    <ChevronRight size={14} className={classNames('text-text-faint transition-transform', isOpen && 'rotate-90')} />
  </button>
)
