import { type ReactNode, Suspense } from 'react'
import { lateModule } from './late-module.ts'
import type { OptionPickerProps } from './picker-options.ts'

const list = lateModule(() => import('./option-list.tsx'))
const OptionList = list.component(({ OptionList }) => OptionList)

/** Begins to load the list, which most visits never open: when somebody comes near what opens it. */
export const loadOptions = (): void => void list.load()

/** A searchable list under a field. Mounted while it is open. */
export const OptionPicker = (props: OptionPickerProps): ReactNode => (
  <Suspense fallback={null}>
    <OptionList {...props} />
  </Suspense>
)

/** A button at the foot of a picker. */
export const PickerAction = ({
  icon,
  children,
  onClick,
  testId,
}: {
  readonly icon: ReactNode
  readonly children: ReactNode
  readonly onClick: () => void
  readonly testId?: string
}): ReactNode => (
  <button
    type="button"
    onClick={onClick}
    data-testid={testId}
    className="flex h-8 items-center gap-2 rounded-sm px-2 text-left text-sm hover:bg-surface-hover"
  >
    {icon}
    {children}
  </button>
)
