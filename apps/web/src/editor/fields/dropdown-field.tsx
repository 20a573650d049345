import { Plus, RefreshCw } from 'lucide-react'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { lazily } from '../../ui/lazily.ts'
import { OptionPicker, PickerAction } from '../../ui/option-picker.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { type FieldWidgetProps, labelOf, placeholderOf, testIdOf, textOf } from './field-widget.ts'
import { refreshKey } from './node-refresh.ts'
import { optionsOf } from './option-names.ts'
import { PickerButton } from './picker-button.tsx'

const NewOptionDialog = lazily(async () => (await import('../editors/new-option-dialog.tsx')).NewOptionDialog)

/** One of the options the component offers; a combobox also takes another. */
export function DropdownField(props: FieldWidgetProps): ReactNode {
  const { nodeId, name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const { refresh } = useWorkspace()
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isCreating, setCreating] = useState(false)
  const value = textOf(field.value)
  const options = optionsOf(field)
  const chosen = options.find((option) => option.name === value)
  const creates = hasFields(field.dialog_inputs)
  const isLoading = useStore(refresh.store, (states) => states.get(refreshKey(nodeId, name))?.kind === 'loading')
  const isOff = field.toggle === true && field.toggle_value === false
  const choose = (name: string): void => onChange({ value: name, ...metadataOf(field, name) })
  return (
    <div className="nodrag flex flex-col gap-1">
      {field.toggle === true ? (
        <Switch
          checked={!isOff}
          onChange={(toggle_value) => onChange({ toggle_value })}
          label={labelOf(name, field)}
          disabled={isDisabled || field.toggle_disable === true}
        />
      ) : null}
      <PickerButton
        ref={anchor}
        labelId={labelId}
        isOpen={isOpen}
        isDisabled={isDisabled || isOff}
        isEmpty={value === ''}
        onClick={() => setOpen(!isOpen)}
        testId={`dropdown_str_${testIdOf(surface, name)}`}
      >
        {chosen?.icon ? <ComponentIcon name={chosen.icon} size={14} /> : null}
        <span className="truncate" data-testid={`value-dropdown-dropdown_str_${testIdOf(surface, name)}`}>
          {isLoading && value === '' ? t('loading') : value || placeholderOf(field, t('choose'))}
        </span>
      </PickerButton>
      <Suspense fallback={null}>
        {isOpen ? (
          <OptionPicker
            anchor={anchor}
            onClose={() => setOpen(false)}
            label={labelOf(name, field)}
            options={options.map((option) => ({
              value: option.name,
              label: option.name,
              hint: option.facts,
              ...(option.icon && { icon: <ComponentIcon name={option.icon} size={14} /> }),
            }))}
            chosen={new Set([value])}
            onChoose={choose}
            searchLabel={t('searchOptions')}
            isLoading={isLoading}
            loadingText={t('loading')}
            emptyText={options.length === 0 ? t('noParameters') : t('noValues')}
            {...(field.combobox === true && { onCreate: choose, createLabel: (text) => t('useText', { text }) })}
            footer={
              creates || field.refresh_button === true ? (
                <>
                  {field.refresh_button === true ? (
                    <PickerAction
                      icon={<RefreshCw size={14} />}
                      onClick={() => void refresh.refresh(nodeId, name)}
                      testId={`refresh-dropdown-list-${name}`}
                    >
                      {t('refreshList')}
                    </PickerAction>
                  ) : null}
                  {creates ? (
                    <PickerAction
                      icon={<Plus size={14} />}
                      onClick={() => {
                        setOpen(false)
                        setCreating(true)
                      }}
                    >
                      {t('createNew')}
                    </PickerAction>
                  ) : null}
                </>
              ) : null
            }
          />
        ) : null}
        {isCreating ? <NewOptionDialog {...props} onClose={() => setCreating(false)} /> : null}
      </Suspense>
    </div>
  )
}

const hasFields = (dialog: unknown): boolean =>
  typeof dialog === 'object' && dialog !== null && Object.keys(dialog).length > 0

/** What the options say of the chosen one, where the field keeps it. */
function metadataOf(field: FieldWidgetProps['field'], name: string): { readonly selected_metadata?: unknown } {
  if (!('selected_metadata' in field) || !Array.isArray(field.options_metadata)) return {}
  const index = (field.options ?? []).indexOf(name)
  return { selected_metadata: field.options_metadata[index] ?? {} }
}
