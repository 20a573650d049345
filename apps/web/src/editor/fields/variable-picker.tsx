import { deleteVariable } from '@runnel/protocol/variables'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, Globe, Plus, X } from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { variablesChanged, variablesQuery } from '../../api/variables.ts'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { confirm } from '../../ui/confirm.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { OptionPicker, PickerAction } from '../../ui/option-picker.tsx'
import { VariableDialog } from '../../variables/variable-dialog.tsx'

export interface VariablePickerProps {
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
  readonly onlyCredentials: boolean
  readonly chosen: string | undefined
  readonly suggestedName: string
  readonly onChoose: (name: string) => void
}

/** The user's global variables, to put one in place of a value. */
export function VariablePicker(props: VariablePickerProps): ReactNode {
  const { anchor, onClose, onlyCredentials, chosen, suggestedName, onChoose } = props
  const { t } = useTranslation('fields')
  const { data: variables = [], isPending } = useQuery(variablesQuery)
  const [isAdding, setAdding] = useState(false)
  const offered = variables.filter(({ type }) => !onlyCredentials || type === 'Credential')

  async function remove(id: string, name: string): Promise<void> {
    const isMeant = await confirm({
      title: t('variables.delete', { name }),
      text: t('variables.deleteText'),
      confirm: t('variables.delete', { name }),
      danger: true,
    })
    if (!isMeant) return
    try {
      await client.call(deleteVariable, { params: { variable_id: id } })
      await variablesChanged()
    } catch (error) {
      notifyError(t('variables.notDeleted'), error)
    }
  }

  if (isAdding) {
    return (
      <VariableDialog
        initial={{ type: onlyCredentials ? 'Credential' : 'Generic', name: suggestedName }}
        onClose={onClose}
        onSaved={onChoose}
      />
    )
  }
  return (
    <OptionPicker
      anchor={anchor}
      onClose={onClose}
      label={t('variables.title')}
      options={offered.map(({ id, name, type }) => ({
        value: name,
        label: name,
        icon: <Globe size={13} />,
        hint: (
          <span className="flex items-center gap-1">
            {t(`variables.${type}`)}
            <button
              type="button"
              tabIndex={-1}
              aria-label={t('variables.delete', { name })}
              onClick={(event) => {
                event.stopPropagation()
                void remove(id, name)
              }}
              className="grid size-6 place-items-center rounded-sm hover:text-danger"
            >
              <X size={12} />
            </button>
          </span>
        ),
      }))}
      chosen={new Set(chosen === undefined ? [] : [chosen])}
      onChoose={onChoose}
      searchLabel={t('variables.search')}
      emptyText={t('variables.none')}
      isLoading={isPending}
      footer={
        <PickerAction icon={<Plus size={14} />} onClick={() => setAdding(true)} testId="add-new-variable">
          {t('variables.add')}
        </PickerAction>
      }
    />
  )
}

export interface VariableBadgeProps {
  readonly name: string
  readonly onClear: () => void
  readonly isDisabled: boolean
}

/** The name of a variable where a value would be; marked when there is no such variable any more. */
export function VariableBadge({ name, onClear, isDisabled }: VariableBadgeProps): ReactNode {
  const { t } = useTranslation('fields')
  const { data: variables } = useQuery({ ...variablesQuery, staleTime: 60_000 })
  const isBroken = variables !== undefined && !variables.some((variable) => variable.name === name)
  return (
    <div
      className={classNames(
        'flex h-8 w-full min-w-0 items-center rounded-md border bg-surface pr-8 pl-1',
        isBroken ? 'border-danger' : 'border-border',
      )}
    >
      <span
        data-testid={`variable-badge-${name}`}
        title={isBroken ? t('variables.broken', { name }) : undefined}
        className={classNames(
          'flex min-w-0 items-center gap-1 rounded-sm pl-1.5 font-mono text-xs',
          isBroken ? 'bg-danger-soft text-danger' : 'bg-accent-soft text-accent',
        )}
      >
        {isBroken ? <CircleAlert size={12} className="shrink-0" /> : <Globe size={12} className="shrink-0" />}
        <span className="truncate">{name}</span>
        {isBroken ? <span className="sr-only">{t('variables.broken', { name })}</span> : null}
        <IconButton label={t('variables.clear')} size="sm" disabled={isDisabled} onClick={onClear}>
          <X size={12} />
        </IconButton>
      </span>
    </div>
  )
}
