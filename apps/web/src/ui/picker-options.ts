import type { ReactNode, RefObject } from 'react'

export interface PickerOption {
  readonly value: string
  readonly label: string
  readonly icon?: ReactNode
  /** What is said beside the name. */
  readonly hint?: ReactNode
  readonly group?: string
  readonly isDisabled?: boolean
}

export interface OptionPickerProps {
  /** What the list opens under, and gets the focus back. */
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly label: string
  readonly options: readonly PickerOption[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (value: string) => void
  /** Stays open, as more than one may be chosen. */
  readonly isMultiple?: boolean
  readonly searchLabel: string
  readonly emptyText: string
  readonly isLoading?: boolean
  /** What is waited for. */
  readonly loadingText?: string
  /** Takes what was typed although it is none of the options; as which of `createAs`, if there is a choice. */
  readonly onCreate?: (text: string, as?: string) => void
  readonly createLabel?: (text: string, as?: PickerOption) => string
  /** What it can be taken as: one entry for each, so none takes nothing. */
  readonly createAs?: readonly PickerOption[]
  /** Buttons below the list. */
  readonly footer?: ReactNode
  /** Pixels, where much is said beside the names. */
  readonly minWidth?: number
}

/** The id of the list that is open under a field of this id. */
export const optionsOf = (fieldId: string): string => `${fieldId}-options`
