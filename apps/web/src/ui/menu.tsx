import { type ReactNode, Suspense } from 'react'
import { lateModule } from './late-module.ts'
import { LateTrigger } from './late-trigger.tsx'

/** One line of a menu; `separator` draws a rule, `items` opens a menu of its own. */
export type MenuItem =
  | 'separator'
  | {
      readonly label: string
      readonly icon?: ReactNode
      readonly keys?: string | undefined
      readonly onSelect?: () => void
      readonly disabled?: boolean
      readonly danger?: boolean
      /** Given for an entry that can be on or off. */
      readonly checked?: boolean
      readonly items?: readonly MenuItem[]
      readonly testId?: string
    }

export interface MenuProps {
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** The button that opens it. */
  readonly children: ReactNode
  readonly onOpenChange?: (open: boolean) => void
}

const panel = lateModule(() => import('./menu-panel.tsx'))
const OpenedMenu = panel.component(({ OpenedMenu }) => OpenedMenu)
const OpenMenuAt = panel.component(({ OpenMenuAt }) => OpenMenuAt)

/** Loads what a menu is made of, which no page begins with. */
export const loadMenus = panel.load

/** A menu under a button. */
export const Menu = (props: MenuProps): ReactNode => (
  <LateTrigger
    opens="menu"
    load={panel.load}
    onOpen={() => props.onOpenChange?.(true)}
    opened={(isByKeys) => <OpenedMenu {...props} isByKeys={isByKeys} />}
  >
    {props.children}
  </LateTrigger>
)

export interface MenuAtProps {
  /** Where it opens, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number }
  readonly items: readonly MenuItem[]
  readonly onClose: () => void
}

/** A menu at a place of the window; mounted while it is open. For what there are too many of to give each a menu. */
export const MenuAt = (props: MenuAtProps): ReactNode => (
  <Suspense fallback={null}>
    <OpenMenuAt {...props} />
  </Suspense>
)
