import { PROJECT_ROLES, type ProjectRole } from '@runnel/protocol/roles'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../ui/select.tsx'

export interface RoleSelectProps {
  readonly value: ProjectRole
  readonly onChange: (role: ProjectRole) => void
  readonly label: string
  readonly disabled?: boolean
}

/** What somebody may do in a project, to choose. */
export function RoleSelect(props: RoleSelectProps): ReactNode {
  const { t } = useTranslation('common')
  const options = PROJECT_ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))
  return <Select {...props} options={options} className="w-28 shrink-0" />
}
