import type { ModelOption, ModelType, ProviderRead } from '@runnel/protocol/models'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CornerDownLeft, KeyRound, RefreshCw } from 'lucide-react'
import { type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { modelOptionsQuery, modelsChanged, providersQuery } from '../../api/models.ts'
import { lazily } from '../../ui/lazily.ts'
import { OptionPicker, PickerAction, type PickerOption } from '../../ui/option-picker.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { fillModels } from '../model-setup/fill-models.ts'
import { type FieldWidgetProps, labelOf, testIdOf } from './field-widget.ts'
import { CONNECTED_MODEL, chosenModel, fitsFilters, wantsModelEdge } from './model-value.ts'
import { PickerButton } from './picker-button.tsx'

const ProviderDialog = lazily(async () => (await import('../editors/provider-dialog.tsx')).ProviderDialog)

/** Begins the values of entries that set a provider up instead of choosing a model. */
const SET_UP = 'set-up '

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
  const { data: providers = [] } = useQuery({ ...providersQuery, enabled: isOpen })
  const models = options.filter(({ metadata }) => fitsFilters(metadata, field.filters))

  const choose = (key: string): void => {
    const model = models.find((one) => keyOf(one) === key)
    if (key === CONNECTED_MODEL) onChange({ value: CONNECTED_MODEL })
    else if (key.startsWith(SET_UP)) setSetUp(providers.find(({ provider }) => key === SET_UP + provider))
    else if (model) onChange({ value: [model] })
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
          options={[...models.map(modelEntry(t)), ...providers.filter(needsSetUp).map(setUpEntry(t))]}
          chosen={new Set(chosen ? [`${chosen.provider ?? ''} ${chosen.name}`] : [])}
          onChoose={choose}
          searchLabel={t('model.search')}
          emptyText={t('noValues')}
          isLoading={isPending}
          onCreate={(text) => onChange({ value: [{ ...(chosen && { provider: chosen.provider }), name: text }] })}
          createLabel={(text) => t('useText', { text })}
          footer={
            <>
              <PickerAction icon={<RefreshCw size={14} />} onClick={() => void modelsChanged()}>
                {t('refreshList')}
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

const keyOf = ({ provider, name }: ModelOption): string => `${provider} ${name}`

type Translate = ReturnType<typeof useTranslation<'fields'>>['t']

const modelEntry =
  (t: Translate) =>
  (model: ModelOption): PickerOption => ({
    value: keyOf(model),
    label: model.name,
    icon: <ComponentIcon name={model.icon} size={14} />,
    group: model.provider,
    hint: abilities(t, model.metadata),
  })

/** What a model can do, in a few words. */
function abilities(t: Translate, metadata: Readonly<Record<string, unknown>>): string {
  const { context_length: context } = metadata
  const marks = [
    metadata.tool_calling === true && t('model.tools'),
    metadata.vision === true && t('model.vision'),
    metadata.reasoning === true && t('model.reasoning'),
    typeof context === 'number' && `${Math.round(context / 1000)}k`,
  ]
  return marks.filter(Boolean).join(' · ')
}

const needsSetUp = ({ is_configured, variables }: ProviderRead): boolean => !is_configured && variables.length > 0

const setUpEntry =
  (t: Translate) =>
  ({ provider, icon }: ProviderRead): PickerOption => ({
    value: `${SET_UP}${provider}`,
    label: provider,
    icon: <ComponentIcon name={icon} size={14} />,
    group: t('model.notSetUp'),
    hint: (
      <span className="flex items-center gap-1 text-accent">
        <KeyRound size={12} />
        {t('model.setUpShort')}
      </span>
    ),
  })
