import type { ModelType, ProviderRead } from '@runnel/protocol/models'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CornerDownLeft, RefreshCw, Settings2 } from 'lucide-react'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultModelQuery, modelOptionsQuery, modelsChanged, providersOf } from '../../api/models.ts'
import { lazily } from '../../ui/lazily.ts'
import { OptionPicker, PickerAction } from '../../ui/option-picker.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { fillModels } from '../model-setup/fill-models.ts'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'
import { keyOf, modelEntries, providersFor, SET_UP } from './model-entries.tsx'
import { CONNECTED_MODEL, chosenModel, fitsFilters, wantsModelEdge } from './model-value.ts'
import { PickerButton } from './picker-button.tsx'
import { recentModels, rememberModel } from './recent-models.ts'

const ProviderDialog = lazily(async () => (await import('../editors/provider-dialog.tsx')).ProviderDialog)

/** A model of one of the providers; providers without a key are set up in place. */
export function ModelField(props: FieldWidgetProps): ReactNode {
  const { name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const workspace = useWorkspace()
  const queryClient = useQueryClient()
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [setUp, setSetUp] = useState<ProviderRead>()
  const type: ModelType = String(field.model_type ?? '').startsWith('embedding') ? 'embeddings' : 'language'
  const chosen = chosenModel(field.value)
  const { data: options = [], isPending } = useQuery(modelOptionsQuery(type))
  const { data: providers = [] } = useQuery({ ...providersOf(type), enabled: isOpen })
  const { data: usual } = useQuery({ ...defaultModelQuery(type), enabled: isOpen })
  const navigate = useNavigate()
  const models = options.filter(({ metadata }) => fitsFilters(metadata, field.filters))

  const iconOf = (name: string) => providers.find(({ provider }) => provider === name)?.icon
  const choose = (key: string): void => {
    const model = models.find((one) => keyOf(one) === key)
    if (key === CONNECTED_MODEL) onChange({ value: CONNECTED_MODEL })
    else if (key.startsWith(SET_UP)) setSetUp(providers.find(({ provider }) => key === SET_UP + provider))
    else if (model) {
      rememberModel(key)
      onChange({ value: [model] })
    }
  }
  const isUnset = !chosen && !wantsModelEdge(field)
  return (
    <div className="nodrag">
      <PickerButton
        ref={anchor}
        labelId={labelId}
        isOpen={isOpen}
        isDisabled={isDisabled}
        isEmpty={isUnset}
        onClick={() => setOpen(!isOpen)}
        testId={`model_${testIdOf(surface, name)}`}
      >
        {chosen ? (
          <>
            <ComponentIcon name={chosen.icon ?? chosen.provider} size={14} />
            <span className="truncate">{chosen.name}</span>
            {chosen.provider ? <span className="truncate text-text-muted text-xs">{chosen.provider}</span> : null}
          </>
        ) : wantsModelEdge(field) ? (
          <>
            <CornerDownLeft size={14} />
            <span className="truncate">{t('model.connected')}</span>
          </>
        ) : (
          <span className="truncate">
            {!isPending && options.length === 0 ? t('model.setUp') : t('model.useDefault')}
          </span>
        )}
      </PickerButton>
      {isOpen ? (
        <OptionPicker
          anchor={anchor}
          onClose={() => setOpen(false)}
          label={labelOf(name, field)}
          options={modelEntries(t, { models, providers, usual, recent: recentModels() })}
          chosen={new Set(chosen ? [`${chosen.provider ?? ''} ${chosen.name}`] : [])}
          onChoose={choose}
          searchLabel={t('model.search')}
          emptyText={t('noValues')}
          isLoading={isPending}
          minWidth={380}
          onCreate={(name, provider = '') => onChange({ value: [{ name, provider, icon: iconOf(provider) }] })}
          createLabel={(text, of) => t('model.use', { text, provider: of?.label })}
          createAs={providersFor(chosen, providers)}
          footer={
            <>
              <PickerAction icon={<RefreshCw size={14} />} onClick={() => void modelsChanged()}>
                {t('refreshList')}
              </PickerAction>
              <PickerAction
                icon={<Settings2 size={14} />}
                testId="manage-model-providers"
                onClick={() => void navigate({ to: '/settings/$section', params: { section: 'model-providers' } })}
              >
                {t('model.manage')}
              </PickerAction>
              {(field.input_types?.length ?? 0) > 0 ? (
                <PickerAction
                  icon={<CornerDownLeft size={14} />}
                  testId="connect-other-models"
                  onClick={() => {
                    choose(CONNECTED_MODEL)
                    setOpen(false)
                  }}
                >
                  {t('model.connectOther')}
                </PickerAction>
              ) : null}
            </>
          }
        />
      ) : null}
      {setUp ? (
        <Suspense fallback={null}>
          <ProviderDialog
            provider={setUp}
            onClose={() => setSetUp(undefined)}
            onSaved={() => void fillModels(workspace, queryClient, setUp.provider)}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
